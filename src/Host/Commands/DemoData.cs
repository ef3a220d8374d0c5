using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using OpenHall.App;
using OpenHall.Demo;

namespace OpenHall.Host.Commands;

/// <summary>The demo's database: filled once; one whose filling was cut off is made anew.</summary>
static class DemoData
{
    private const int WaitForPostgresSeconds = 10;

    /// <summary>On SQLite history grows in a file beside the database, which it becomes when it is complete and on the disk.</summary>
    /// <returns>Commands carried out; 0 when the database was there already.</returns>
    /// <exception cref="Kernel.Refused">demo.database_is_real</exception>
    public static async Task<int> Fill(HallOptions hall, SimulatedClock clock, DemoSize size, CancellationToken ct)
    {
        using var held = hall.Postgres is null ? DataLock.Take(hall.DataFolder) : null;
        var making = hall with { Port = 0, RunsBackground = false, IsBeingMade = true };
        if (hall.Postgres is null ? File.Exists(hall.DatabaseFile) : await IsMade(hall.Postgres, ct)) return 0;
        if (hall.Postgres is null) Forget(making.DatabaseFile);
        int commands;
        // The application itself, without a server: history is made by its own handlers.
        await using (var app = HallApp.Build(making, clock, services => services.AddSingleton<IPasswordHasher<StaffUser>, OneHash>()))
        {
            await HallApp.Prepare(app, ct);
            await new DemoHistory(app.Services, clock, size, new Lines()).Make(ct);
            await using var db = await app.Services.GetRequiredService<IDbContextFactory<HallDb>>().CreateDbContextAsync(ct);
            commands = await db.Set<AuditLine>().CountAsync(ct);
            // From here on each commit waits for the disk, and this one for all before it.
            if (hall.Postgres is not null) await db.Database.ExecuteSqlRawAsync("set synchronous_commit = on; update installation set is_ready = true", ct);
            else await db.Set<Installation>().ExecuteUpdateAsync(set => set.SetProperty(i => i.IsReady, true), ct);
        }

        if (hall.Postgres is null) await Keep(making, hall.DatabaseFile, ct);
        return commands;
    }

    public static Province Province()
    {
        var errors = new PackErrors();
        var province = Demo.Province.Read(errors);
        return errors.All.Count == 0 ? province : throw new InvalidOperationException(string.Join(Environment.NewLine, errors.All));
    }

    /// <summary>Everything on the disk, then under its own name.</summary>
    private static async Task Keep(HallOptions making, string file, CancellationToken ct)
    {
        await using (var connection = new SqliteConnection(making.ConnectionString + ";Pooling=False"))
        {
            SqliteConnection.ClearPool(new SqliteConnection(making.ConnectionString));
            await connection.OpenAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = "pragma synchronous = full; pragma wal_checkpoint(truncate);";
            await command.ExecuteNonQueryAsync(ct);
        }

        await using (var whole = new FileStream(making.DatabaseFile, FileMode.Open, FileAccess.ReadWrite)) whole.Flush(flushToDisk: true);
        File.Move(making.DatabaseFile, file);
    }

    private static void Forget(string file)
    {
        if (File.Exists(file)) Console.WriteLine("The demo's last start was cut off; its database is made anew.");
        foreach (var part in new[] { file, file + "-wal", file + "-shm" }) File.Delete(part);
    }

    /// <summary>Whether the database needs no filling. One that was cut off while it was filled is emptied; one that isn't the demo's is left as it is.</summary>
    private static async Task<bool> IsMade(string postgres, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false, Timeout = WaitForPostgresSeconds }.ConnectionString);
        await connection.OpenAsync(ct);
        if (await Ask("select to_regclass('installation') is not null") is not true) return false;
        if (await Ask("select is_ready or not is_demo from installation") is not false) return await Ask("select exists (select from installation)") is true;
        Console.WriteLine("The demo's last start was cut off; its database is made anew.");
        await Ask("drop schema public cascade; create schema public");
        return false;

        async Task<object?> Ask(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync(ct);
        }
    }

    /// <summary>A line for each step, so that logs and terminals show the same.</summary>
    private sealed class Lines : IProgress<(string What, int Percent)>
    {
        public void Report((string What, int Percent) value) => Console.WriteLine($"making the demo: {value.Percent,3} %  {value.What}");
    }

    /// <summary>All demo people have the same published password: its hash is worked out once.</summary>
    private sealed class OneHash(IOptions<PasswordHasherOptions> options) : PasswordHasher<StaffUser>(options)
    {
        private static readonly Dictionary<string, string> Known = [];

        public override string HashPassword(StaffUser user, string password)
        {
            lock (Known) return Known.TryGetValue(password, out var hash) ? hash : Known[password] = base.HashPassword(user, password);
        }
    }
}
