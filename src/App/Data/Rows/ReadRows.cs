using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace OpenHall.App;

/// <summary>Reading many rows by a statement written by hand, for runs: past EF, in the running transaction.</summary>
public static class ReadRows
{
    extension(HallDb db)
    {
        /// <summary>Whole rows that keep a condition.</summary>
        /// <param name="condition">SQL that both databases read, with values as <c>@name</c>; on account-side tables it names the bucket.</param>
        public Task<List<T>> RowsWhere<T>(string condition, IReadOnlyList<(string Name, object Value)> values, CancellationToken ct = default) where T : class
        {
            var shape = RowShape.Of(db.Model, typeof(T));
            return db.RowsOf(shape.Select(condition), values, reader => (T)shape.Read(reader), ct);
        }

        /// <summary>What a statement answers, each row read as the caller says.</summary>
        public async Task<List<T>> RowsOf<T>(string sql, IReadOnlyList<(string Name, object Value)> values, Func<DbDataReader, T> read, CancellationToken ct = default)
        {
            await using var open = await db.Open(ct);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            (command.CommandText, command.Transaction) = (sql, db.Database.CurrentTransaction?.GetDbTransaction());
            foreach (var (name, value) in values)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, ByHand.Stored(db.IsSqlite, value));
                command.Parameters.Add(parameter);
            }

            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) rows.Add(read(reader));
            return rows;
        }
    }
}
