using System.CommandLine;
using System.Globalization;
using OpenHall.Host.Backups;

namespace OpenHall.Host.Commands;

/// <summary><c>openhall backup</c>: one file with everything, made while the hall works.</summary>
static class BackupCommand
{
    public static Command Make()
    {
        var command = new Command("backup", "Copy database, attachments and audit heads into one file while the hall works; sealed when a passphrase is given.");
        var options = HallArguments.AddTo(command);
        var to = new Option<string?>("--to") { Description = "The file. Default: backups/openhall-<time>.zip (.sealed) in the data folder", HelpName = "file" };
        command.Options.Add(to);
        var passphrase = Passphrase.AddTo(command);
        command.SetAction(async (result, ct) =>
        {
            var hall = options(result);
            CommandLine.NeedDatabase(hall);
            var words = passphrase(result);
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            var file = result.GetValue(to) ?? Path.Combine(Directory.CreateDirectory(Path.Combine(hall.DataFolder, "backups")).FullName,
                string.Create(CultureInfo.InvariantCulture, $"openhall-{now:yyyyMMdd-HHmmss}.{(words is null ? "zip" : "sealed")}"));
            var bytes = await Backup.Make(hall, Path.GetFullPath(file), words, ct);
            Console.WriteLine($"{file}\n{HallArguments.Figure(bytes)} bytes{(words is null ? "" : ", sealed")}");
            return 0;
        });
        return command;
    }
}
