using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
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
            var shape = BulkShape<T>.Of(db.Model);
            await using var open = await db.Open(ct);
            try
            {
                return db.IsSqlite ? IntoSqlite(db, shape, rows, ct) : await IntoPostgres(db, shape, rows, ct);
            }
            catch (DbException e) when (e.IsKeyTaken)
            {
                throw new Refused("request.changed_meanwhile");
            }
        }
    }

    private static async Task<long> IntoPostgres<T>(HallDb db, BulkShape<T> shape, IEnumerable<T> rows, CancellationToken ct) where T : class
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        long written = 0;
        await using var copy = await connection.BeginRawBinaryCopyAsync($"copy {shape.Table} ({string.Join(", ", shape.Columns)}) from stdin (format binary)", ct);
        try
        {
            var sink = new CopySink(copy, (short)shape.Columns.Length);
            foreach (var row in rows)
            {
                if (written++ % 1000 == 0) ct.ThrowIfCancellationRequested();
                sink.Begin();
                shape.Write(row, sink);
            }

            sink.End();
        }
        catch
        {
            // Without this, leaving would tell the server that all rows have come.
            await copy.CancelAsync();
            throw;
        }

        return written;
    }

    private static long IntoSqlite<T>(HallDb db, BulkShape<T> shape, IEnumerable<T> rows, CancellationToken ct) where T : class
    {
        var places = string.Join(", ", Enumerable.Range(1, shape.Columns.Length).Select(n => $"?{n}"));
        using var sink = new StepSink((SqliteConnection)db.Database.GetDbConnection(), $"insert into {shape.Table} ({string.Join(", ", shape.Columns)}) values ({places})");
        long written = 0;
        foreach (var row in rows)
        {
            if (written++ % 1000 == 0) ct.ThrowIfCancellationRequested();
            shape.Write(row, sink);
            sink.Step();
        }

        return written;
    }
}
