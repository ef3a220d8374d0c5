using System.CommandLine;

namespace OpenHall.Host.Commands;

/// <summary><c>openhall serve</c>: brings the database up to date and answers requests until it is told to stop.</summary>
static class ServeCommand
{
    public static Command Make()
    {
        var command = new Command("serve", "Run the hall: pages, API and background work in one process.");
        var options = HallArguments.AddServingTo(command);
        command.SetAction((result, ct) => Run(HallApp.Build(options(result), TimeProvider.System), ct));
        return command;
    }

    /// <summary>Serves until Ctrl+C or SIGTERM; what is under way is finished first, for at most <see cref="HallApp.StopWithin"/>.</summary>
    public static async Task<int> Run(WebApplication app, CancellationToken ct)
    {
        await using var whole = app;
        var hall = app.Services.GetRequiredService<HallOptions>();
        using var held = hall.Postgres is null ? DataLock.Take(hall.DataFolder) : null;
        await HallApp.Prepare(app, ct);
        await app.StartAsync(ct);
        await app.Services.GetRequiredService<Watching.Readiness>().WhenOpen.WaitAsync(ct);
        Console.WriteLine($"OpenHall is ready: {string.Join("  ", app.Urls)}");
        await app.WaitForShutdownAsync(ct);
        return 0;
    }
}
