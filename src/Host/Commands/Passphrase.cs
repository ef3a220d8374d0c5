using System.CommandLine;

namespace OpenHall.Host.Commands;

/// <summary>The words that seal a backup: from a file or the environment, never from the command line, which others can see.</summary>
static class Passphrase
{
    public const string Variable = "OPENHALL_BACKUP_PASSPHRASE";
    private const int MinLength = 12;

    public static Func<ParseResult, string?> AddTo(Command command)
    {
        var file = new Option<string?>("--passphrase-file") { Description = $"File whose first line is the passphrase. Also {Variable}.", HelpName = "file" };
        command.Options.Add(file);
        return result =>
        {
            var path = result.GetValue(file);
            if (path is not null && !File.Exists(path)) throw new CannotDo($"{path} is not there.");
            var words = path is null ? Environment.GetEnvironmentVariable(Variable) : File.ReadLines(path).FirstOrDefault() ?? "";
            if (string.IsNullOrEmpty(words) && path is null) return null;
            return words!.Length >= MinLength ? words : throw new CannotDo($"The passphrase needs {MinLength} characters or more.");
        };
    }
}
