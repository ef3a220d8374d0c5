using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenHall.App;

/// <summary>The node's hands in the background: looks for due jobs and waiting messages every few seconds. A failure of one round never ends it.</summary>
sealed class BackgroundWork(JobRunner jobs, OutboxRunner outbox, KeyRenewal keys, BackgroundSwitch isOn, ILogger<BackgroundWork> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        if (!isOn.IsOn) return;
        using var rounds = new PeriodicTimer(JobLimits.LookEvery);
        do
        {
            try
            {
                keys.RenewSoon();
                await jobs.Plan(stopping);
                await jobs.RunDue(stopping);
                await outbox.DeliverDue(stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                log.LogError("Background work of this round ended early: {Failure}", JobRunner.NameOf(e));
            }
        }
        while (await WaitFor(rounds, stopping));
    }

    private static async Task<bool> WaitFor(PeriodicTimer rounds, CancellationToken stopping)
    {
        try
        {
            return await rounds.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

/// <summary>Off where a test or a command drives the background work itself.</summary>
public sealed record BackgroundSwitch(bool IsOn);
