using System.CommandLine;
using OpenHall.Host.Backups;

namespace OpenHall.Host.Commands;

/// <summary><c>openhall restore</c>: checks a backup and puts it in place.</summary>
static class RestoreCommand
{
    public static Command Make()
    {
        var command = new Command("restore", "Check a backup and bring it back. Never replaces a database without --force.");
        var options = HallArguments.AddTo(command);
        var file = new Argument<string>("file") { Description = "The backup." };
        var force = new Option<bool>("--force") { Description = "Replace the database that is there; the old SQLite file is kept as openhall.db.before-restore." };
        command.Arguments.Add(file);
        command.Options.Add(force);
        var passphrase = Passphrase.AddTo(command);
        command.SetAction(async (result, ct) =>
        {
            var hall = options(result);
            var manifest = await Restore.Run(hall, result.GetValue(file)!, passphrase(result), result.GetValue(force), ct);
            await using var app = CommandLine.Open(hall);
            await HallApp.Prepare(app, ct);
            Console.WriteLine($"Restored the state of {manifest.MadeAtUtc:yyyy-MM-dd HH:mm:ss} UTC; every promise was checked before.");
            return 0;
        });
        return command;
    }
}
