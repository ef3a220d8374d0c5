using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Pauses a run at work, resumes it, releases it when it was looked through, or drops it.</summary>
public sealed class MoveBillRun(Work work, Current current, TimeProvider clock, BillingTerms terms, BillRunSignal signal)
{
    [Needs("bills.run")]
    public sealed record Command(Guid RequestId, Guid RunId, BillRunState To) : ICommand;

    [Needs("bills.release")]
    public sealed record Release(Guid RequestId, Guid RunId, DateOnly? DueDate) : ICommand;

    /// <exception cref="Refused">run.not_found; run.move_not_allowed</exception>
    public async Task<BillRunState> Handle(Command c, CancellationToken ct = default)
    {
        var state = await work.Once(c, async db =>
        {
            Refused.If(c.To is BillRunState.Rated or BillRunState.Released or BillRunState.Releasing && !await IsResumed(db, c, ct), "run.move_not_allowed");
            var run = await db.BillRuns.Hold(r => r.Id == c.RunId, orRefuse: "run.not_found", ct);
            run.Move(c.To, clock.GetUtcNow().UtcDateTime);
            if (c.To == BillRunState.Dropped) await Withdraw(db, run.Id, ct);
            db.Subject = new BillingPeriod(run.Period).ToString();
            db.Raise(new BillRunMoved(run.Id, run.State));
            return run.State;
        }, ct);
        signal.Wake();
        return state;
    }

    /// <summary>发行: bills become due; the worker books them.</summary>
    /// <exception cref="Refused">run.not_found; run.move_not_allowed; run.due_too_early</exception>
    public async Task<DateOnly> Handle(Release c, CancellationToken ct = default)
    {
        var due = await work.Once(c, async db =>
        {
            var at = clock.GetUtcNow().UtcDateTime;
            var today = DateOnly.FromDateTime(Shown.Local(at));
            var day = c.DueDate ?? today.AddDays(terms.DueDays);
            Refused.IfField(day < today, "DueDate", "run.due_too_early");
            var run = await db.BillRuns.Hold(r => r.Id == c.RunId, orRefuse: "run.not_found", ct);
            run.Release(day, current.UserId!.Value, current.Name, at);
            db.Subject = new BillingPeriod(run.Period).ToString();
            db.Raise(new BillRunMoved(run.Id, run.State));
            return day;
        }, ct);
        signal.Wake();
        return due;
    }

    private async Task Withdraw(HallDb db, Guid runId, CancellationToken ct)
    {
        await db.CustomerBills.Where(b => b.Bucket >= 0 && b.RunId == runId && (b.State == BillState.Draft || b.State == BillState.Held)).ExecuteUpdateAsync(set => set.SetProperty(b => b.State, BillState.Cancelled), ct);
        await db.HeldBills.Where(h => h.Bucket >= 0 && h.RunId == runId && (h.State == HeldState.Open || h.State == HeldState.Investigated)).ExecuteUpdateAsync(set => set
            .SetProperty(h => h.State, HeldState.Dropped).SetProperty(h => h.DecidedByName, current.Name).SetProperty(h => h.DecidedAtUtc, db.AtUtc), ct);
    }

    private static async Task<bool> IsResumed(HallDb db, Command c, CancellationToken ct) =>
        c.To == BillRunState.Releasing && await db.BillRuns.AnyAsync(r => r.Id == c.RunId && r.State == BillRunState.ReleasingPaused, ct);
}
