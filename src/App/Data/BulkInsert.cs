using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Many new rows at once, past EF's tracking: binary COPY on PostgreSQL, one prepared insert on SQLite. Rows are read one by
/// one as they are written, so memory stays flat whatever their number.</summary>
public static class BulkInsert
{
    extension(HallDb db)
    {
        /// <summary>Writes the rows in the running transaction, in the order given (sorted by key is fastest).</summary>
        /// <returns>Number of rows.</returns>
        /// <exception cref="Refused">request.changed_meanwhile: a row with such a key is there already.</exception>
        public async Task<long> InsertMany<T>(IEnumerable<T> rows, CancellationToken ct = default) where T : class
        {
            var table = TableOf<T>(db);
            await using var open = await db.Open(ct);
            try
            {
                return db.IsSqlite ? IntoSqlite(db, table, rows, ct) : await IntoPostgres(db, table, rows, ct);
            }
            catch (DbException e) when (e is PostgresException { SqlState: "23505" } or SqliteException { SqliteExtendedErrorCode: 2067 or 1555 })
            {
                throw new Refused("request.changed_meanwhile");
            }
        }
    }

    private sealed record Table(string Name, string[] Columns, Func<object, object?>[] Values);

    private static Table TableOf<T>(HallDb db)
    {
        var entity = db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is no table.");
        var columns = entity.GetProperties().ToArray();
        return new(entity.GetTableName()!, [.. columns.Select(c => c.GetColumnName())], [.. columns.Select(Reader)]);
    }

    private static Func<object, object?> Reader(IProperty property)
    {
        var getter = property.GetGetter();
        return property.GetTypeMapping().Converter is { } converter
            ? row => getter.GetClrValue(row) is { } value ? converter.ConvertToProvider(value) : null
            : getter.GetClrValue;
    }

    private static async Task<long> IntoPostgres<T>(HallDb db, Table table, IEnumerable<T> rows, CancellationToken ct) where T : class
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var copy = await connection.BeginBinaryImportAsync($"copy {table.Name} ({string.Join(", ", table.Columns)}) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            copy.StartRow();
            foreach (var value in table.Values)
            {
                if (value(row) is { } filled) copy.Write(filled);
                else copy.WriteNull();
            }
        }

        return (long)await copy.CompleteAsync(ct);
    }

    private static long IntoSqlite<T>(HallDb db, Table table, IEnumerable<T> rows, CancellationToken ct) where T : class
    {
        using var insert = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
        insert.Transaction = (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        insert.CommandText = $"insert into {table.Name} ({string.Join(", ", table.Columns)}) values ({string.Join(", ", table.Columns.Select((_, i) => "$" + i))})";
        foreach (var i in Enumerable.Range(0, table.Columns.Length)) insert.Parameters.Add(new SqliteParameter("$" + i, null));
        insert.Prepare();
        long written = 0;
        foreach (var row in rows)
        {
            if (written % 1000 == 0) ct.ThrowIfCancellationRequested();
            for (var i = 0; i < table.Values.Length; i++) insert.Parameters[i].Value = table.Values[i](row) ?? DBNull.Value;
            insert.ExecuteNonQuery();
            written++;
        }

        return written;
    }
}
