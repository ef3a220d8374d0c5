using System.CommandLine;

namespace OpenHall.Host.Commands;

/// <summary><c>openhall serve</c>: brings the database up to date and answers requests until it is told to stop.</summary>
static class ServeCommand
{
    public static Command Make()
    {
        var command = new Command("serve", "Run the hall: pages, API and background work in one process.");
        var options = HallArguments.AddTo(command);
        command.SetAction(async (result, ct) =>
        {
            var app = HallApp.Build(options(result), TimeProvider.System);
            await HallApp.Prepare(app, ct);
            await app.StartAsync(ct);
            Console.WriteLine($"OpenHall is ready: {app.Urls.First()}");
            await app.WaitForShutdownAsync(ct);
            return 0;
        });
        return command;
    }
}
