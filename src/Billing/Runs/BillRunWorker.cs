using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>Wakes the worker of this node at once; other nodes find the run when they look.</summary>
public sealed class BillRunSignal
{
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Waits for a wake, at most so long.</summary>
    public async Task Wait(TimeSpan most, CancellationToken ct)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timer.CancelAfter(most);
        try
        {
            await _wakes.Reader.ReadAsync(timer.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Nobody called: look anyway.
        }
    }
}

/// <summary>Carries every run and every look at arrears that is at work on: after a start, a resume, a crash. One at a time on a node.</summary>
sealed partial class BillRunWorker(IServiceScopeFactory scopes, BillRunSignal signal, BackgroundSwitch isOn, ILogger<BillRunWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (isOn.IsOn && !ct.IsCancellationRequested)
        {
            try
            {
                await CarryOn(ct);
                await signal.Wait(LookEvery, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // The run stays where it is and is taken up again; somebody has to look at the fault.
                Failed(fault);
                await Task.Delay(LookEvery, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task CarryOn(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HallDb>();
        // Each in the name of the person who asked for it: who opened the day, who started or released the run.
        foreach (var climb in await db.ArrearsClimbs.Where(c => c.State == ClimbState.Waiting).OrderBy(c => c.Id).ToListAsync(ct))
            await As(climb.AskedBy, climb.AskedByName, climb.UnitPath, ["arrears.climb"], (ClimbArrears climbs) => climbs.Continue(climb.Id, ct));
        foreach (var run in await db.BillRuns.Where(r => r.State == BillRunState.Rating || r.State == BillRunState.Releasing).OrderBy(r => r.Id).ToListAsync(ct))
            await As(run.ReleasedBy ?? run.StartedBy, run.ReleasedByName ?? run.StartedByName, run.UnitPath, ["bills.run", "bills.release"], (BillRunSteps steps) => steps.Continue(run.Id, ct));
    }

    private async Task As<THandler>(Guid id, string name, string unitPath, HashSet<string> permissions, Func<THandler, Task> act) where THandler : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Current>().Become(new StaffUser { Id = id, UserName = "", DisplayName = name, UnitPath = unitPath, Posts = "" }, permissions);
        await act(scope.ServiceProvider.GetRequiredService<THandler>());
    }

    [LoggerMessage(LogLevel.Error, "A bill run stopped at a fault; it is tried again.")]
    private partial void Failed(Exception fault);
}
