using Microsoft.Extensions.Hosting;
using OpenHall.App;

namespace OpenHall.People;

/// <summary>Prints the start code on the server's console while nobody can sign in yet; it never goes to the log.</summary>
sealed class FirstStartNotice(StartGate gate, StartCode code, Texts texts) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken ct)
    {
        if (await gate.IsNeeded(ct)) Console.WriteLine(texts["people.start_console", code]);
    }

    public Task StartingAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StartAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken ct) => Task.CompletedTask;
}
