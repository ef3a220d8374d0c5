using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Host.Commands;

/// <summary>What the commands have in common.</summary>
static class CommandLine
{
    /// <summary>The hall's application for one command: not started, no background work.</summary>
    public static WebApplication Open(HallOptions options) => HallApp.Build(options with { Port = 0, RunsBackground = false }, TimeProvider.System);

    /// <exception cref="CannotDo">There is no database yet.</exception>
    public static void NeedDatabase(HallOptions options)
    {
        if (options.Postgres is null && !File.Exists(Path.Combine(options.DataFolder, "openhall.db")))
            throw new CannotDo($"There is no database in {options.DataFolder}. Give its folder with --data, or --postgres.");
    }

    /// <summary>The refusal in both languages: a terminal has no language of its own.</summary>
    public static string Sentence(Refused refusal)
    {
        var texts = new Texts(new Modules(HallApp.Modules));
        return $"{refusal.Code}: {texts.Sentence(refusal)}";
    }
}

/// <summary>A command can't be done as asked; the message says what to do.</summary>
sealed class CannotDo(string message) : Exception(message);
