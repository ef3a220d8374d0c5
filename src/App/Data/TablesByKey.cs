using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace OpenHall.App;

/// <summary>On SQLite a table whose key is not one whole number is kept in the order of that key (<c>without rowid</c>), as PostgreSQL can't and SQL Server does: the row stands
/// in its key's tree instead of in a second one beside it, so that a payment touches about a third fewer pages.</summary>
/// <remarks>Rows that may be long stay out: they would stand in the inner pages too and make every search deeper (https://sqlite.org/withoutrowid.html, "When to use").</remarks>
sealed class TablesByKey(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    /// <summary>Characters of a text column from which on a row counts as long.</summary>
    private const int LongText = 2_000;

    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate: false);
        if (IsKeptByKey(operation)) builder.Append(" WITHOUT ROWID");
        if (!terminate) return;
        builder.AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
        EndStatement(builder);
    }

    private static bool IsKeptByKey(CreateTableOperation table)
    {
        if (table.PrimaryKey is not { Columns: var key }) return false;
        if (key is [var only] && table.Columns.Single(c => c.Name == only).ColumnType == "INTEGER") return false;
        // Bytes without a limit are files; texts all have one.
        return table.Columns.All(c => c.ColumnType == "BLOB" ? c.MaxLength is not null : c.MaxLength is null or < LongText);
    }
}
