using System.CommandLine;

namespace OpenHall.Host.Commands;

/// <summary>The options that every command working on a hall takes.</summary>
static class HallArguments
{
    public static Func<ParseResult, HallOptions> AddTo(Command command)
    {
        var data = new Option<string>("--data") { Description = "Folder where everything is kept.", DefaultValueFactory = _ => "data" };
        var packsFolder = new Option<string>("--packs-folder") { Description = "Folder of the packs.", DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "packs") };
        var packs = new Option<string[]>("--packs") { Description = "Packs in use beside 'base'.", DefaultValueFactory = _ => ["power"], AllowMultipleArgumentsPerToken = true };
        var postgres = new Option<string?>("--postgres") { Description = "PostgreSQL connection string (Host=…); without it a SQLite file in the data folder. Also OPENHALL_POSTGRES.", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("OPENHALL_POSTGRES") };
        var port = new Option<int>("--port") { Description = "HTTPS port; plain HTTP listens on the next one, on this machine only.", DefaultValueFactory = _ => 5080 };
        foreach (var option in new Option[] { data, packsFolder, packs, postgres, port }) command.Options.Add(option);
        return result => new HallOptions
        {
            DataFolder = Path.GetFullPath(result.GetValue(data)!), PacksFolder = result.GetValue(packsFolder)!, Packs = result.GetValue(packs)!,
            Postgres = result.GetValue(postgres), Port = result.GetValue(port),
        };
    }
}
