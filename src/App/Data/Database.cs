using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace OpenHall.App;

/// <summary>Which database the program stands on: a path of a SQLite file, or a PostgreSQL connection string.</summary>
/// <param name="ConnectionString">Has "Host=" in it: PostgreSQL. Anything else: SQLite (<c>Data Source=…</c>).</param>
public sealed record Database(string ConnectionString)
{
    public bool IsPostgres => ConnectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>Each commit is on the disk before it returns. Only a database that is thrown away unless it is finished may do without.</summary>
    public bool WaitsForDisk { get; init; } = true;

    public void Configure(DbContextOptionsBuilder options)
    {
        options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        if (IsPostgres) options.UseNpgsql(ConnectionString, o => o.MigrationsAssembly("OpenHall.Migrations.Postgres")).AddInterceptors(new HoldInterceptor(), new SharedStaysShut());
        else options.UseSqlite(ConnectionString, o => o.MigrationsAssembly("OpenHall.Migrations.Sqlite")).AddInterceptors(new SqliteSettings(WaitsForDisk)).ReplaceService<IMigrationsSqlGenerator, TablesByKey>();
    }
}

/// <summary>Every SQLite connection waits for locks, checks foreign keys, and has each commit on the disk before it returns.</summary>
sealed class SqliteSettings(bool waitsForDisk) : DbConnectionInterceptor
{
    // WAL is kept in the file; synchronous and foreign_keys belong to the connection. NORMAL loses acknowledged payments at a power cut.
    private const string Wal = "pragma journal_mode = wal; ";
    /// <summary>Pages of the log (32 MB) after which they go to the file. The thousand of SQLite's own would come every thirty payments, and write the same
    /// pages at the trees' ends again each time.</summary>
    private const int CheckpointPages = 8_000;
    private readonly ConditionalWeakTable<SQLitePCL.sqlite3, SqliteSettings> _set = [];
    private readonly string _pragmas = $"pragma synchronous = {(waitsForDisk ? "full" : "off")}; pragma foreign_keys = on; pragma busy_timeout = 10000; pragma cache_size = -2000; pragma wal_autocheckpoint = {CheckpointPages}; pragma temp_store = memory;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData data) => Set(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData data, CancellationToken ct = default)
    {
        Set(connection);
        return Task.CompletedTask;
    }

    private void Set(DbConnection connection)
    {
        // The pool gives the same one out again and again; what was set on it once stays set.
        if (connection is SqliteConnection { Handle: { } handle } && !_set.TryAdd(handle, this)) return;
        using var command = connection.CreateCommand();
        // A connection that only reads (EF looks so whether the file is there) can't turn a file that came from elsewhere to WAL; the next one does.
        command.CommandText = connection.ConnectionString.Contains("Mode=ReadOnly", StringComparison.OrdinalIgnoreCase) ? _pragmas : Wal + _pragmas;
        command.ExecuteNonQuery();
    }
}

public static class DatabaseRegistration
{
    /// <summary>Registers <see cref="HallDb"/> for reading and its factory for commands.</summary>
    public static IServiceCollection AddHallDb(this IServiceCollection services, Database database)
    {
        services.AddSingleton(database);
        services.AddSingleton<Writers>();
        // The model asks these options which shape its tables have; passkeys came with the third.
        services.Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddDbContextFactory<HallDb>((provider, options) =>
        {
            database.Configure(options);
            // Tests look over every statement's shoulder.
            options.AddInterceptors(provider.GetServices<IInterceptor>());
        });
        // One for each that asks: the parts of a page read at the same time, which one context does not allow.
        services.AddTransient(provider =>
        {
            var db = provider.GetRequiredService<IDbContextFactory<HallDb>>().CreateDbContext();
            db.EndsByItself = true;
            return db;
        });
        // For those who hardly ever read: making a context costs more than many a request does without.
        services.AddTransient(provider => new Lazy<HallDb>(provider.GetRequiredService<HallDb>));
        return services;
    }
}
