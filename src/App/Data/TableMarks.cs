using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenHall.App;

/// <summary>What a map says of its table beyond columns: insert-only, account-side, limits.</summary>
public static class TableMarks
{
    private const string InsertOnlyMark = "OpenHall:InsertOnly";
    private const string AccountSideMark = "OpenHall:AccountSide";

    /// <summary>The database itself refuses update and delete: triggers on SQLite, revoked rights on PostgreSQL.</summary>
    public static EntityTypeBuilder<T> InsertOnly<T>(this EntityTypeBuilder<T> entity) where T : class
    {
        entity.Metadata.SetAnnotation(InsertOnlyMark, true);
        return entity;
    }

    /// <summary>Grows with customers × time: <c>Bucket</c> (account id mod 1024) leads its keys, and every statement names it.</summary>
    public static EntityTypeBuilder<T> AccountSide<T>(this EntityTypeBuilder<T> entity) where T : class
    {
        entity.Metadata.SetAnnotation(AccountSideMark, true);
        return entity;
    }

    /// <summary>A condition that every row keeps, in SQL that both databases read; columns in snake case.</summary>
    public static EntityTypeBuilder<T> Check<T>(this EntityTypeBuilder<T> entity, string name, string sql) where T : class =>
        entity.ToTable(t => t.HasCheckConstraint($"ck_{Conventions.Snake(entity.Metadata.ClrType.Name)}_{name}", sql));

    public static bool IsInsertOnly(this IReadOnlyEntityType entity) => entity.FindAnnotation(InsertOnlyMark) is not null;

    public static bool IsAccountSide(this IReadOnlyEntityType entity) => entity.FindAnnotation(AccountSideMark) is not null;
}
