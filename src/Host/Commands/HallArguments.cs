using System.CommandLine;
using System.Globalization;

namespace OpenHall.Host.Commands;

/// <summary>The options that every command working on a hall takes. Each can also stand in <c>openhall.json</c> ("data") or in the
/// environment (OPENHALL_DATA); the command line goes first.</summary>
static class HallArguments
{
    /// <summary>Options of commands that open the hall's data.</summary>
    public static Func<ParseResult, HallOptions> AddTo(Command command) => Add(command, serves: false);

    /// <summary>Options of commands that also answer requests.</summary>
    public static Func<ParseResult, HallOptions> AddServingTo(Command command) => Add(command, serves: true);

    private static Func<ParseResult, HallOptions> Add(Command command, bool serves)
    {
        var config = Text("config", "openhall.json", "File of options; without it openhall.json in the current folder, where there is one.");
        var texts = new List<Option<string?>>
        {
            Text("data", "folder", "Folder where everything is kept: database, certificate, attachments, backups. Default: data"),
            Text("postgres", "Host=…;Database=…", "PostgreSQL connection; without it a SQLite file in the data folder."),
            Text("packs", "power,telecom", "Industry packs in use beside 'base', separated by commas. Default: power"),
            Text("packs-folder", "folder", "Folder of the packs. Default: the one beside the program"),
        };
        if (serves)
        {
            texts.AddRange(
            [
                Text("port", "5080", "HTTPS port (HTTP/2); plain HTTP listens on the next one, on this machine only. Default: 5080"),
                Text("listen", "127.0.0.1", "Address that HTTPS listens on; 0.0.0.0 opens it to the hall's network. Default: 127.0.0.1"),
                Text("logs", "json|plain", "Shape of the log lines. Default: json when they go to a file or service"),
                Text("otlp", "http://…:4317", "OpenTelemetry collector that traces and metrics are sent to. Default: none"),
                Text("api-calls-per-minute", "6000", "Calls a minute that one caller of the API may make; 0: no limit. Default: 6000"),
            ]);
        }

        command.Options.Add(config);
        foreach (var option in texts) command.Options.Add(option);
        return result => HallConfiguration.Read(result.GetValue(config), texts.ToDictionary(o => o.Name[2..], o => result.GetValue(o))) with { RunsBackground = serves };
    }

    private static Option<string?> Text(string name, string shape, string description) => new("--" + name) { Description = description, HelpName = shape };

    /// <summary>A figure the same on every machine.</summary>
    public static string Figure(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);
}
