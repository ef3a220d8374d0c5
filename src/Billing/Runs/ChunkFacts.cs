using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>Reads what the accounts of a chunk need, a few statements for all of them.</summary>
static class ChunkFacts
{
    /// <summary>Days before the month in which last bills and readings are looked for at once; older ones are asked for by account.</summary>
    private const int DaysBefore = 45;

    public sealed record Facts(IReadOnlyList<AccountFacts> ToBill, IReadOnlyList<(SupplyPoint Point, string Code)> Findings, long Skipped,
        IReadOnlyDictionary<long, string> Numbers, IReadOnlyDictionary<long, string> Units, IReadOnlyDictionary<long, (UsageBefore? LastYear, UsageBefore? Last)> Before);

    private sealed record Billed(long AccountId, int Period, short Issue, DateOnly FromDay, DateOnly ToDay, short ToRevision, long CountedWh, long UsageWh, BillState State)
    {
        public UsageBefore Usage => new(UsageWh, ToDay.DayNumber - FromDay.DayNumber + 1);
    }

    public static async Task<Facts> Read(HallDb db, Tariffs tariffs, BillRun run, BillRunChunk chunk, CancellationToken ct)
    {
        var period = new BillingPeriod(run.Period);
        var accounts = await (
            from a in run.Scope.DueIn(db, period)
            join p in db.SupplyPoints on a.Id equals p.AccountId
            where a.Bucket >= chunk.FromBucket && a.Bucket <= chunk.ToBucket && p.Bucket >= chunk.FromBucket && p.Bucket <= chunk.ToBucket
            select new { a.Number, a.UnitPath, a.State, a.OpenedAtUtc, Point = p }).ToListAsync(ct);
        var inChunk = accounts.Select(a => a.Point.AccountId).ToHashSet();
        var bills = (await Bills(db, run, chunk, period, inChunk, ct)).ToLookup(b => b.AccountId);
        var toBill = accounts.Where(a => !bills[a.Point.AccountId].Any(b => b.Period == run.Period && b.State != BillState.Cancelled)).ToList();

        var lastBills = toBill.ToDictionary(a => a.Point.AccountId, a => bills[a.Point.AccountId].Where(b => b.Period < run.Period && b.State != BillState.Cancelled).OrderByDescending(b => b.Period).FirstOrDefault());
        var windowStart = period.FirstDay.AddDays(-DaysBefore);
        var readings = await Readings(db, run, chunk, windowStart, period.LastDay, lastBills, ct);

        var byCurve = toBill.Where(a => tariffs.Find(a.Point.TariffCode)?.TakesIntervals(period.LastDay) == true).Select(a => a.Point.AccountId).ToList();
        var oldest = byCurve.Select(id => lastBills[id]?.ToDay ?? readings.GetValueOrDefault(id)?[0].ReadOn ?? windowStart).DefaultIfEmpty(windowStart).Min();
        var curves = await IntervalCurve.Of(db, byCurve, oldest, period.LastDay, ct);

        var facts = new List<AccountFacts>(toBill.Count);
        var findings = new List<(SupplyPoint, string)>();
        foreach (var account in toBill)
        {
            var id = account.Point.AccountId;
            var last = lastBills[id];
            var own = readings.GetValueOrDefault(id) ?? [];
            // The revision that the last bill was made of: what was corrected since is settled by the difference.
            var start = last is null ? own.FirstOrDefault(r => r.Kind == ReadingKind.First && IsNewest(own, r)) ?? own.FirstOrDefault() : own.FirstOrDefault(r => r.ReadOn == last.ToDay && r.Revision == last.ToRevision);
            var later = start is null ? [] : own.Where(r => r.ReadOn > start.ReadOn && IsNewest(own, r)).ToList();
            if (account.State == AccountState.Pending) continue;
            if ((account.State == AccountState.Closed || account.Point.EndedOn is not null) && later.Count == 0) continue;
            // Opened after the month: nothing to bill yet.
            if (start is null && DateOnly.FromDateTime(Shown.Local(account.OpenedAtUtc)) > period.LastDay) continue;
            if (start is null) { findings.Add((account.Point, "reading.no_start")); continue; }
            var counted = bills[id].Where(b => b.Period < run.Period && b.State != BillState.Cancelled).GroupBy(b => b.ToDay.Year).ToDictionary(g => g.Key, g => g.Sum(b => b.CountedWh));
            facts.Add(new(account.Point, start, later, last is null ? null : new BillingPeriod(last.Period), counted, (short)bills[id].Count(b => b.Period == run.Period), LastCountedWh: last?.CountedWh ?? 0, Intervals: curves.GetValueOrDefault(id)));
        }

        return new(facts, findings, accounts.Count - toBill.Count, accounts.ToDictionary(a => a.Point.AccountId, a => a.Number), accounts.ToDictionary(a => a.Point.AccountId, a => a.UnitPath),
            toBill.ToDictionary(a => a.Point.AccountId, a => (bills[a.Point.AccountId].FirstOrDefault(b => b.Period == period.Number - 100 && b.State != BillState.Cancelled)?.Usage, lastBills[a.Point.AccountId]?.Usage)));
    }

    private static bool IsNewest(List<MeterReading> own, MeterReading r) => !own.Exists(o => o.ReadOn == r.ReadOn && o.Revision > r.Revision);

    /// <summary>This year's bills and last year's last ones; older ones only of accounts that have none of these.</summary>
    private static async Task<List<Billed>> Bills(HallDb db, BillRun run, BillRunChunk chunk, BillingPeriod period, IReadOnlyCollection<long> accounts, CancellationToken ct)
    {
        var from = Math.Min(period.Plus(-2).Number, period.Year * 100);
        var lastYear = period.Number - 100;
        var inChunk = db.CustomerBills.OfMonths().Where(b => b.Bucket >= chunk.FromBucket && b.Bucket <= chunk.ToBucket && b.Period <= period.Number);
        // A route is a small part of its buckets.
        var part = run.Scope.Ids(db);
        if (run.Scope.IsPart) inChunk = inChunk.Where(b => part.Contains(b.AccountId));
        var bills = await Of(inChunk.Where(b => b.Period >= from || b.Period == lastYear)).ToListAsync(ct);
        var without = accounts.Except(bills.Where(b => b.Period < period.Number && b.State != BillState.Cancelled).Select(b => b.AccountId)).ToList();
        if (without.Count > 0) bills.AddRange(await Of(inChunk.Where(b => b.Period < from && b.Period != lastYear && without.Contains(b.AccountId))).ToListAsync(ct));
        return bills;
    }

    private static IQueryable<Billed> Of(IQueryable<CustomerBill> bills) => bills.Select(b => new Billed(b.AccountId, b.Period, b.Issue, b.FromDay, b.ToDay, b.ToRevision, b.CountedWh, b.UsageWh, b.State));

    private static async Task<Dictionary<long, List<MeterReading>>> Readings(
        HallDb db, BillRun run, BillRunChunk chunk, DateOnly from, DateOnly to, Dictionary<long, Billed?> lastBills, CancellationToken ct)
    {
        var inWindow = db.MeterReadings.Where(r => r.Bucket >= chunk.FromBucket && r.Bucket <= chunk.ToBucket && r.ReadOn >= from && r.ReadOn <= to);
        var part = run.Scope.Ids(db);
        if (run.Scope.IsPart) inWindow = inWindow.Where(r => part.Contains(r.AccountId));
        var readings = await inWindow.ToListAsync(ct);
        var older = lastBills.Where(b => b.Value is null || b.Value.ToDay < from).Select(b => b.Key).ToList();
        if (older.Count > 0)
            readings.AddRange(await db.MeterReadings.Where(r => r.Bucket >= chunk.FromBucket && r.Bucket <= chunk.ToBucket && older.Contains(r.AccountId) && r.ReadOn < from).ToListAsync(ct));
        return readings.GroupBy(r => r.AccountId).ToDictionary(g => g.Key, g => g.OrderBy(r => r.ReadOn).ThenBy(r => r.Revision).ToList());
    }
}
