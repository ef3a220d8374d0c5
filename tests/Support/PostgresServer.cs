using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace OpenHall.Tests.Support;

/// <summary>A PostgreSQL of the tests' own: made in a temporary folder on a free port at first use, gone with the process.</summary>
public sealed class PostgresServer
{
    private static readonly Lazy<Task<PostgresServer?>> Started = new(() => Start(isDurable: false));
    private static readonly Lazy<Task<PostgresServer?>> StartedDurable = new(() => Start(isDurable: true));

    private PostgresServer(int port) => Port = port;

    public int Port { get; }

    /// <summary>The running server, or null where none is installed (allowed on a laptop, a failure in CI).</summary>
    public static Task<PostgresServer?> Shared => Started.Value;

    /// <summary>Another one that has each commit on the disk, as in service: for measuring.</summary>
    public static Task<PostgresServer?> Durable => StartedDurable.Value;

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Database={database};Username=openhall;Password=openhall;Maximum Pool Size=40;Connection Idle Lifetime=5;Connection Pruning Interval=2;Include Error Detail=true";

    /// <summary>Makes a database, empty or as a copy of <paramref name="template"/>.</summary>
    public async Task<string> CreateDatabase(string name, string? template = null)
    {
        await using var admin = new NpgsqlConnection(ConnectionString("postgres"));
        await admin.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name}" + (template is null ? "" : $" template {template}"), admin);
        await create.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    private static async Task<PostgresServer?> Start(bool isDurable)
    {
        var bin = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order().LastOrDefault() + "/bin" : null;
        if (bin is null || !File.Exists(bin + "/initdb")) return null;
        var folder = Directory.CreateTempSubdirectory("openhall-pg-").FullName;
        // initdb refuses to run as root.
        var asPostgres = Environment.UserName == "root";
        if (asPostgres) await Run("chown", "postgres", folder);
        var port = FreePort();
        await RunAs(asPostgres, $"{bin}/initdb", "-D", $"{folder}/data", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        // fsync off: these are tests of rules, not of disks; the crash tests bring their own server.
        await RunAs(asPostgres, $"{bin}/pg_ctl", "-D", $"{folder}/data", "-w", "-l", $"{folder}/log", "-o",
            $"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=1000" + (isDurable ? "" : " -c fsync=off -c full_page_writes=off"), "start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            RunAs(asPostgres, $"{bin}/pg_ctl", "-D", $"{folder}/data", "-m", "immediate", "stop").Wait();
            Directory.Delete(folder, true);
        };
        await using var superuser = new NpgsqlConnection($"Host=127.0.0.1;Port={port};Database=postgres;Username=postgres");
        await superuser.OpenAsync();
        await using var role = new NpgsqlCommand("create role openhall login createdb password 'openhall'", superuser);
        await role.ExecuteNonQueryAsync();
        return new(port);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task RunAs(bool asPostgres, string program, params string[] arguments) =>
        asPostgres ? Run("runuser", ["-u", "postgres", "--", program, .. arguments]) : Run(program, arguments);

    private static async Task Run(string program, params string[] arguments)
    {
        // The server inherits the streams of pg_ctl, so they are not read: reading would wait for the server's end.
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = false, WorkingDirectory = "/", UseShellExecute = false })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
