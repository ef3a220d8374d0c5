using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>What the tables need beside the migrations: the database's own refusal to change insert-only rows.</summary>
public static class Guards
{
    /// <summary>Brings the schema up to date and sets the guards. Safe to run again and from several nodes.</summary>
    /// <exception cref="Refused">database.superuser: on PostgreSQL nothing can be withheld from a superuser.</exception>
    public static async Task Prepare(this HallDb db, CancellationToken ct = default)
    {
        // Asked first: migrating compares the whole model with its snapshot each time, a good part of a start.
        if ((await db.Database.GetPendingMigrationsAsync(ct)).Any()) await db.Database.MigrateAsync(ct);
        var insertOnly = db.Model.GetEntityTypes().Where(e => e.IsInsertOnly()).Select(e => e.GetTableName()!).Distinct().ToList();
        if (!db.IsSqlite && await db.Database.SqlQueryRaw<string>("select current_setting('is_superuser') as \"Value\"").SingleAsync(ct) == "on")
            throw new Refused("database.superuser");
        foreach (var table in insertOnly)
            await db.Database.ExecuteSqlRawAsync(db.IsSqlite ? SqliteGuard(table) : PostgresGuard(table), ct);
    }

    /// <summary>PostgreSQL checks a foreign key by locking the parent's row, which needs the right to update it: so an
    /// insert-only table is never a parent. Called when the model is finished.</summary>
    public static void NoChildrenOfInsertOnly(Microsoft.EntityFrameworkCore.Metadata.IMutableModel model)
    {
        var foreign = model.GetEntityTypes().SelectMany(e => e.GetForeignKeys()).FirstOrDefault(f => f.PrincipalEntityType.IsInsertOnly());
        if (foreign is not null) throw new InvalidOperationException($"{foreign.DeclaringEntityType.Name} has a foreign key to the insert-only {foreign.PrincipalEntityType.Name}.");
    }

    private static string SqliteGuard(string table) => $"""
        create trigger if not exists {table}_no_update before update on {table} begin select raise(abort, '{table} is insert-only'); end;
        create trigger if not exists {table}_no_delete before delete on {table} begin select raise(abort, '{table} is insert-only'); end;
        """;

    private static string PostgresGuard(string table) => $"revoke update, delete, truncate on {table} from current_user, public";
}
