using Npgsql;

namespace OpenHall.Host;

/// <summary>What a running hall needs to know; read from <c>openhall.json</c>, <c>OPENHALL_*</c> variables and the command line
/// (<see cref="HallConfiguration"/>).</summary>
public sealed record HallOptions
{
    /// <summary>Folder of everything that is kept: database, keys, certificate, attachments, exports.</summary>
    public required string DataFolder { get; init; }
    /// <summary>Folder of the packs.</summary>
    public required string PacksFolder { get; init; }
    /// <summary>Packs in use beside <c>base</c>.</summary>
    public IReadOnlyList<string> Packs { get; init; } = ["power"];
    /// <summary>PostgreSQL connection string; null: a SQLite file in the data folder.</summary>
    public string? Postgres { get; init; }
    /// <summary>Demo mode: made-up people with published passwords. Refuses a database that the demo did not make.</summary>
    public bool IsDemo { get; init; }
    /// <summary>Port of HTTPS (HTTP/2); plain HTTP listens on the next one, on loopback only. 0: any free port, plain HTTP only (tests).</summary>
    public int Port { get; init; } = 5080;
    /// <summary>Address that HTTPS listens on: <c>0.0.0.0</c> opens it to the hall's network.</summary>
    public string ListenOn { get; init; } = "127.0.0.1";
    /// <summary>Log lines as JSON, one a line; else for reading on a terminal.</summary>
    public bool LogsAsJson { get; init; }
    /// <summary>OTLP collector that traces and metrics are sent to; null: nowhere.</summary>
    public Uri? Otlp { get; init; }
    /// <summary>Calls a minute that one caller of the API may make; 0: no limit.</summary>
    public int ApiCallsPerMinute { get; init; } = 6000;
    /// <summary>Whether this process does background work and warms itself up (off in tests and in commands).</summary>
    public bool RunsBackground { get; init; } = true;

    /// <summary>The demo's history is being made: commits don't wait for the disk, and on SQLite it grows in a file of its own.</summary>
    internal bool IsBeingMade { get; init; }

    /// <summary>Statements that a connection to PostgreSQL keeps prepared.</summary>
    private const int PreparedStatements = 250;

    /// <summary>The SQLite file, when that is used.</summary>
    public string DatabaseFile => Path.Combine(DataFolder, IsBeingMade ? "openhall.db.making" : "openhall.db");

    public string ConnectionString => Postgres is null ? $"Data Source={DatabaseFile}" : PostgresConnection(Postgres, IsBeingMade);

    private static string PostgresConnection(string given, bool isBeingMade)
    {
        var connection = new NpgsqlConnectionStringBuilder(given);
        // A hall sends the same few hundred statements all day: the server reads and plans each of them once a connection.
        if (connection.MaxAutoPrepare == 0) connection.MaxAutoPrepare = PreparedStatements;
        if (isBeingMade) connection.Options = $"{connection.Options} -c synchronous_commit=off".Trim();
        return connection.ConnectionString;
    }
}
