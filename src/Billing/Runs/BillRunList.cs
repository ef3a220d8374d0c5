using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>What a run would find: asked before it starts.</summary>
/// <param name="Accounts">Open accounts of the unit.</param>
/// <param name="Read">Of them, read in the month.</param>
/// <param name="Billed">Accounts that have their bill of the month already.</param>
public sealed record BillRunPreview(int Period, string UnitPath, long Accounts, long Read, long Billed)
{
    public long Unread => Math.Max(0, Accounts - Read);
}

/// <summary>A run with its figures so far.</summary>
public sealed record BillRunView(
    BillRun Run, int Chunks, int ChunksDone, long AccountsDone, long Bills, long Held, long Findings, long Skipped, long UsageWh, long AmountFen, IReadOnlyList<(string Code, int Count)> Kinds, double PerSecond);

/// <summary>Reads runs for pages and API.</summary>
public sealed class BillRunList(HallDb db, Current current, TimeProvider clock)
{
    /// <summary>Findings on one page.</summary>
    public const int MostFindings = 200;

    public async Task<(IReadOnlyList<BillRun> Rows, long Total)> Page(ListQuery query, CancellationToken ct = default)
    {
        current.Require("bills.run");
        return (await db.BillRuns.OrderByDescending(r => r.Id).PageOf(query).ToListAsync(ct), await db.BillRuns.LongCountAsync(ct));
    }

    /// <exception cref="Refused">period.wrong; route.not_found; cycle.not_found; run.not_due; account.out_of_reach</exception>
    public async Task<BillRunPreview> Preview(int number, string? unitPath, Guid? routeId = null, Guid? cycleId = null, CancellationToken ct = default)
    {
        current.Require("bills.run");
        var period = new BillingPeriod(number).Checked();
        var scope = await RunScope.Of(db, current, period, unitPath, routeId, cycleId, ct);
        var accounts = scope.DueIn(db, period).Where(a => a.State == AccountState.Open);
        var (readings, bills) = (db.MeterReadings, db.CustomerBills);
        var count = await accounts.LongCountAsync(ct);
        var read = await accounts.LongCountAsync(a => readings.Any(r => r.Bucket == a.Bucket && r.AccountId == a.Id && r.ReadOn >= period.FirstDay && r.ReadOn <= period.LastDay), ct);
        var billed = await accounts.LongCountAsync(a => bills.Any(b => b.Bucket == a.Bucket && b.AccountId == a.Id && b.Period == number && b.State != BillState.Cancelled), ct);
        return new(number, scope.UnitPath, count, read, billed);
    }

    /// <exception cref="Refused">run.not_found</exception>
    public async Task<BillRunView> Of(Guid id, CancellationToken ct = default)
    {
        current.Require("bills.run");
        var run = await db.BillRuns.SingleOrDefaultAsync(r => r.Id == id, ct) ?? throw new Refused("run.not_found");
        var chunks = await db.BillRunChunks.Where(c => c.RunId == id).ToListAsync(ct);
        var isReleasing = run.State is BillRunState.Releasing or BillRunState.ReleasingPaused or BillRunState.Released;
        var done = chunks.Where(c => isReleasing ? c.IsReleased : c.IsRated).ToList();
        var kinds = await db.BillRunFindings.Where(f => f.RunId == id).GroupBy(f => f.Code).Select(g => new { g.Key, Count = g.Count() }).OrderByDescending(g => g.Count).ToListAsync(ct);
        var seconds = (clock.GetUtcNow().UtcDateTime - run.StartedAtUtc).TotalSeconds;
        var rate = run.State == BillRunState.Rating && seconds > 1 ? done.Sum(c => c.Accounts) / seconds : 0;
        return new(
            run, chunks.Count, done.Count, done.Sum(c => c.Accounts), chunks.Sum(c => c.Bills), chunks.Sum(c => c.Held), chunks.Sum(c => c.Findings), chunks.Sum(c => c.Skipped), chunks.Sum(c => c.UsageWh), chunks.Sum(c => c.AmountFen),
            [.. kinds.Select(k => (k.Key, k.Count))], rate);
    }

    public Task<List<BillRunFinding>> Findings(Guid id, string? code, CancellationToken ct = default)
    {
        current.Require("bills.run");
        return db.BillRunFindings.Where(f => f.RunId == id && (code == null || f.Code == code)).OrderBy(f => f.AccountId).Take(MostFindings).ToListAsync(ct);
    }

    internal static BadgeKind Kind(BillRunState state) => state switch
    {
        BillRunState.Rating or BillRunState.Releasing => BadgeKind.Now,
        BillRunState.Rated => BadgeKind.Warn,
        BillRunState.Released => BadgeKind.Good,
        BillRunState.Dropped => BadgeKind.Done,
        _ => BadgeKind.Plain,
    };
}
