using System.CommandLine;
using OpenHall.App;

namespace OpenHall.Host.Commands;

/// <summary><c>openhall migrate</c>: brings the database up to date without serving, so that it can be done before a new version starts.</summary>
static class MigrateCommand
{
    public static Command Make()
    {
        var command = new Command("migrate", "Bring the database up to date (serve does it too) and set its guards.");
        var options = HallArguments.AddTo(command);
        command.SetAction(async (result, ct) =>
        {
            await using var app = CommandLine.Open(options(result));
            await HallApp.Prepare(app, ct);
            Console.WriteLine($"The database is up to date ({(app.Services.GetRequiredService<Database>().IsPostgres ? "PostgreSQL" : "SQLite")}).");
            return 0;
        });
        return command;
    }
}
