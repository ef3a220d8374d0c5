using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OpenHall.Host.Commands;

namespace OpenHall.Host.Backups;

/// <summary>PostgreSQL's own pg_dump and pg_restore.</summary>
static class PostgresTools
{
    public static Task Dump(string connection, string file, CancellationToken ct) => Run("pg_dump", connection, ["--format=custom", "--no-owner", "--no-privileges", "--file=" + file], ct);

    /// <summary>All or nothing; what is there before is dropped first.</summary>
    public static Task Restore(string connection, string file, CancellationToken ct) =>
        Run("pg_restore", connection, ["--no-owner", "--no-privileges", "--clean", "--if-exists", "--single-transaction", "--exit-on-error", file], ct);

    /// <summary>Reads the dump's table of contents; fails when it is damaged.</summary>
    public static Task Check(string file, CancellationToken ct) => Run("pg_restore", null, ["--list", file], ct);

    public static async Task<bool> HasTables(string connection, CancellationToken ct)
    {
        await using var database = new NpgsqlConnection(connection);
        await database.OpenAsync(ct);
        await using var count = new NpgsqlCommand("select exists (select 1 from pg_tables where schemaname = 'public')", database);
        return (bool)(await count.ExecuteScalarAsync(ct))!;
    }

    private static async Task Run(string tool, string? connection, IEnumerable<string> arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Find(tool), arguments) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        if (connection is not null)
        {
            var to = new NpgsqlConnectionStringBuilder(connection);
            // By the environment: what stands on a command line is seen by everybody on the machine.
            start.Environment["PGHOST"] = to.Host;
            start.Environment["PGPORT"] = to.Port.ToString(CultureInfo.InvariantCulture);
            start.Environment["PGDATABASE"] = to.Database;
            start.Environment["PGUSER"] = to.Username;
            start.Environment["PGPASSWORD"] = to.Password;
            if (tool == "pg_restore") start.ArgumentList.Insert(0, "--dbname=" + to.Database);
        }

        using var process = Process.Start(start) ?? throw new CannotDo($"{tool} does not start.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = await process.StandardError.ReadToEndAsync(ct);
        await output;
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new CannotDo($"{tool} ended with {process.ExitCode}: {errors.Trim()}");
    }

    private static string Find(string tool)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).ToList();
        // Debian keeps the newest version's tools here.
        if (Directory.Exists("/usr/lib/postgresql"))
            folders.InsertRange(0, Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var version) ? version : 0).Select(d => d + "/bin"));
        return folders.Select(f => Path.Combine(f, tool)).FirstOrDefault(File.Exists) ?? throw new CannotDo($"{tool} is missing: install the PostgreSQL client tools.");
    }
}
