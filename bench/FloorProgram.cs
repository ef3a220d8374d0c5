using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenHall.App;

namespace OpenHall.Bench;

/// <summary>The least that has to be done for a payment: one endpoint, one transaction, the rows that a payment of ours writes, into tables of the same
/// columns without index or rule. What kinds of rows those are is found out by taking one payment.</summary>
sealed class FloorProgram : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FloorProgram(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    private sealed record Rows(string Table, string[] Columns, List<object?[]> Values);

    /// <param name="payOnce">Takes one payment in the hall.</param>
    public static async Task<FloorProgram> Start(BenchHall hall, Func<Task> payOnce)
    {
        var isPostgres = hall.Options.Postgres is not null;
        var rows = await WhatAPaymentWrites(hall, payOnce);
        Measure.Print($"floor.{(isPostgres ? "postgres" : "sqlite")}.rows", rows.Sum(r => r.Values.Count), "rows_each");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        if (isPostgres)
        {
            var source = NpgsqlDataSource.Create(hall.Options.ConnectionString);
            app.Lifetime.ApplicationStopped.Register(source.Dispose);
            app.MapPost("/", async (FloorRequest request) => await InPostgres(source, rows, request));
        }
        else
        {
            var sqlite = new SqliteFloor(Path.Combine(hall.Options.DataFolder, "floor.db"), rows);
            app.Lifetime.ApplicationStopped.Register(sqlite.Dispose);
            app.MapPost("/", async (FloorRequest request) => await sqlite.Insert(request));
        }

        if (isPostgres) await MakeTables(hall, rows);
        await app.StartAsync();
        return new(app);
    }

    public sealed record FloorRequest(Guid RequestId, long AmountFen);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task<List<Rows>> WhatAPaymentWrites(BenchHall hall, Func<Task> payOnce)
    {
        await using var db = await hall.App.Services.GetRequiredService<IDbContextFactory<HallDb>>().CreateDbContextAsync();
        var connection = db.Database.GetDbConnection();
        await connection.OpenAsync();
        var tables = db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct().ToList();
        var before = new Dictionary<string, long>();
        foreach (var table in tables) before[table] = await Count(connection, table);
        await payOnce();
        var written = new List<Rows>();
        foreach (var table in tables)
        {
            var more = await Count(connection, table) - before[table];
            if (more > 0) written.Add(await Last(connection, table, more, isSqlite: db.IsSqlite));
        }

        return written;
    }

    private static async Task<long> Count(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from {table}";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<Rows> Last(DbConnection connection, string table, long count, bool isSqlite)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"select * from {table} {(isSqlite ? "" : "order by ctid desc ")}limit {count}";
        await using var reader = await command.ExecuteReaderAsync();
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        var values = new List<object?[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            values.Add(row);
        }

        return new(table, columns, values);
    }

    private static string InsertInto(Rows rows, string prefix) =>
        $"insert into {prefix}{rows.Table} ({string.Join(", ", rows.Columns.Select(c => $"\"{c}\""))}) values ({string.Join(", ", rows.Columns.Select((_, i) => $"${i + 1}"))})";

    private static async Task MakeTables(BenchHall hall, List<Rows> rows)
    {
        await using var connection = new NpgsqlConnection(hall.Options.ConnectionString);
        await connection.OpenAsync();
        foreach (var table in rows)
        {
            await using var make = new NpgsqlCommand($"create table floor_{table.Table} as select * from {table.Table} where false", connection);
            await make.ExecuteNonQueryAsync();
        }
    }

    private static async Task<FloorRequest> InPostgres(NpgsqlDataSource source, List<Rows> rows, FloorRequest request)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var table in rows)
        {
            foreach (var row in table.Values)
            {
                var insert = new NpgsqlBatchCommand(InsertInto(table, "floor_"));
                foreach (var value in row) insert.Parameters.Add(new NpgsqlParameter { Value = value });
                batch.BatchCommands.Add(insert);
            }
        }

        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return request;
    }

    /// <summary>One prepared connection; callers wait for their turn, as SQLite has one writer.</summary>
    private sealed class SqliteFloor : IDisposable
    {
        private readonly SemaphoreSlim _turn = new(1, 1);
        private readonly SqliteConnection _connection;
        private readonly List<SqliteCommand> _inserts = [];

        public SqliteFloor(string path, List<Rows> rows)
        {
            _connection = new SqliteConnection($"Data Source={path};Pooling=False");
            _connection.Open();
            Execute("pragma journal_mode = wal; pragma synchronous = full;");
            foreach (var table in rows)
            {
                Execute($"create table {table.Table} ({string.Join(", ", table.Columns.Select(c => $"\"{c}\""))})");
                foreach (var row in table.Values)
                {
                    var insert = _connection.CreateCommand();
                    insert.CommandText = InsertInto(table, "");
                    for (var i = 0; i < row.Length; i++) insert.Parameters.AddWithValue($"${i + 1}", row[i] ?? DBNull.Value);
                    insert.Prepare();
                    _inserts.Add(insert);
                }
            }
        }

        public async Task<FloorRequest> Insert(FloorRequest request)
        {
            await _turn.WaitAsync();
            try
            {
                using var transaction = _connection.BeginTransaction();
                foreach (var insert in _inserts)
                {
                    insert.Transaction = transaction;
                    insert.ExecuteNonQuery();
                }

                transaction.Commit();
                return request;
            }
            finally
            {
                _turn.Release();
            }
        }

        public void Dispose()
        {
            _inserts.ForEach(i => i.Dispose());
            _connection.Dispose();
            _turn.Dispose();
        }

        private void Execute(string sql)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
