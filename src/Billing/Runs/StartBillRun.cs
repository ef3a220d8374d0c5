using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Starts the bill run of a month; the worker takes it from there, chunk by chunk.</summary>
public sealed class StartBillRun(Work work, Current current, TimeProvider clock, BillRunSignal signal)
{
    /// <summary>Accounts that one chunk aims at: its transaction stays short, and a pause is heard soon.</summary>
    public const long AccountsOfChunk = 2_000;

    /// <param name="Period">yyyymm.</param>
    /// <param name="UnitPath">Unit whose accounts are billed, with those below; null: the unit of the person.</param>
    /// <param name="RouteId">Only the accounts of this reading route.</param>
    /// <param name="CycleId">Only the accounts of this billing cycle.</param>
    [Needs("bills.run")]
    public sealed record Command(Guid RequestId, int Period, string? UnitPath, Guid? RouteId = null, Guid? CycleId = null) : ICommand;

    /// <returns>Id of the run.</returns>
    /// <exception cref="Refused">period.wrong; period.not_begun; account.out_of_reach; route.not_found; cycle.not_found; run.not_due; run.already_there; run.no_accounts</exception>
    public async Task<Guid> Handle(Command c, CancellationToken ct = default)
    {
        var id = await Start(c, ct);
        signal.Wake();
        return id;
    }

    private Task<Guid> Start(Command c, CancellationToken ct) => work.Once(c, async db =>
    {
        var period = new BillingPeriod(c.Period).Checked();
        var at = clock.GetUtcNow().UtcDateTime;
        Refused.IfField(period.FirstDay > DateOnly.FromDateTime(Shown.Local(at)), "Period", "period.not_begun", period.ToString());
        await BillRunGate.Pass(db, ct);
        var scope = await RunScope.Of(db, current, period, c.UnitPath, c.RouteId, c.CycleId, ct);
        var part = scope.RouteId is { } route ? $"route {route:N}" : scope.CycleId is { } cycle ? $"cycle {cycle:N}" : "";
        Refused.If(await db.BillRuns.AnyAsync(r => r.Period == c.Period && r.State != BillRunState.Released && r.State != BillRunState.Dropped && r.UnitPath == scope.UnitPath && r.PartKey == part, ct), "run.already_there", period.ToString());
        var perBucket = await scope.DueIn(db, period).GroupBy(a => a.Bucket).Select(g => new { Bucket = g.Key, Count = g.LongCount() }).OrderBy(g => g.Bucket).ToListAsync(ct);
        Refused.If(perBucket.Count == 0, "run.no_accounts");

        var run = new BillRun
        {
            Period = c.Period, UnitPath = scope.UnitPath, RouteId = scope.RouteId, CycleId = scope.CycleId, PartKey = part, Accounts = perBucket.Sum(b => b.Count), StartedBy = current.UserId!.Value, StartedByName = current.Name, StartedAtUtc = at,
        };
        db.Add(run);
        var chunks = 0;
        for (var i = 0; i < perBucket.Count; chunks++)
        {
            var first = i;
            var accounts = perBucket[i++].Count;
            while (i < perBucket.Count && accounts + perBucket[i].Count <= AccountsOfChunk) accounts += perBucket[i++].Count;
            db.Add(new BillRunChunk { RunId = run.Id, Number = chunks, FromBucket = perBucket[first].Bucket, ToBucket = perBucket[i - 1].Bucket, Accounts = accounts });
        }

        db.Subject = period.ToString();
        db.Raise(new BillRunMoved(run.Id, run.State));
        return run.Id;
    }, ct);
}

/// <summary>A run was started, paused, resumed, finished or released.</summary>
public sealed record BillRunMoved(Guid RunId, BillRunState State);
