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

    public static async Task<Facts> Read(HallDb db, Tariffs tariffs, BillRun run, BillRunChunk chunk, CancellationToken ct)
    {
        var period = new BillingPeriod(run.Period);
        var rows = new ChunkRows(db, run, chunk);
        var points = (await rows.Points(ct)).ToDictionary(p => p.AccountId);
        var accounts = (await rows.Accounts(period, ct)).FindAll(a => points.ContainsKey(a.Id));
        var bills = (await Bills(rows, period, accounts, ct)).ToLookup(b => b.AccountId);
        var toBill = accounts.FindAll(a => !bills[a.Id].Any(b => b.Period == run.Period && b.IsInForce));

        var lastBills = toBill.ToDictionary(a => a.Id, a => bills[a.Id].Where(b => b.Period < run.Period && b.IsInForce).MaxBy(b => b.Period));
        var windowStart = period.FirstDay.AddDays(-DaysBefore);
        var readings = await Readings(rows, windowStart, period.LastDay, lastBills, ct);

        var byCurve = toBill.Where(a => tariffs.Find(points[a.Id].TariffCode)?.TakesIntervals(period.LastDay) == true).Select(a => a.Id).ToList();
        var oldest = byCurve.Select(id => lastBills[id]?.ToDay ?? readings.GetValueOrDefault(id)?[0].ReadOn ?? windowStart).DefaultIfEmpty(windowStart).Min();
        var curves = await IntervalCurve.Of(db, byCurve, oldest, period.LastDay, ct);

        var prices = await GivenPrices.Of(db, period, ct);
        var facts = new List<AccountFacts>(toBill.Count);
        var findings = new List<(SupplyPoint, string)>();
        foreach (var account in toBill)
        {
            var (id, point) = (account.Id, points[account.Id]);
            var last = lastBills[id];
            var own = readings.GetValueOrDefault(id) ?? [];
            // The revision that the last bill was made of: what was corrected since is settled by the difference.
            var start = last is null ? own.FirstOrDefault(r => r.Kind == ReadingKind.First && IsNewest(own, r)) ?? own.FirstOrDefault() : own.FirstOrDefault(r => r.ReadOn == last.ToDay && r.Revision == last.ToRevision);
            var later = start is null ? [] : own.Where(r => r.ReadOn > start.ReadOn && IsNewest(own, r)).ToList();
            if (account.State == AccountState.Pending) continue;
            if ((account.State == AccountState.Closed || point.EndedOn is not null) && later.Count == 0) continue;
            // Opened after the month: nothing to bill yet.
            if (start is null && DateOnly.FromDateTime(Shown.Local(account.OpenedAtUtc)) > period.LastDay) continue;
            if (start is null) { findings.Add((point, "reading.no_start")); continue; }
            var counted = bills[id].Where(b => b.Period < run.Period && b.IsInForce).GroupBy(b => b.ToDay.Year).ToDictionary(g => g.Key, g => g.Sum(b => b.CountedWh));
            facts.Add(new(point, start, later, last is null ? null : new BillingPeriod(last.Period), counted, (short)bills[id].Count(b => b.Period == run.Period), LastCountedWh: last?.CountedWh ?? 0, Intervals: curves.GetValueOrDefault(id), Prices: prices));
        }

        return new(facts, findings, accounts.Count - toBill.Count, accounts.ToDictionary(a => a.Id, a => a.Number), accounts.ToDictionary(a => a.Id, a => a.UnitPath),
            toBill.ToDictionary(a => a.Id, a => (bills[a.Id].FirstOrDefault(b => b.Period == period.Number - 100 && b.IsInForce)?.Usage, lastBills[a.Id]?.Usage)));
    }

    private static bool IsNewest(List<MeterReading> own, MeterReading r) => !own.Exists(o => o.ReadOn == r.ReadOn && o.Revision > r.Revision);

    /// <summary>This year's bills and last year's last ones; older ones only of accounts that have none of these.</summary>
    private static async Task<List<ChunkRows.Billed>> Bills(ChunkRows rows, BillingPeriod period, List<ChunkRows.Account> accounts, CancellationToken ct)
    {
        var from = Math.Min(period.Plus(-2).Number, period.Year * 100);
        var lastYear = period.Number - 100;
        var bills = await rows.Bills(from, period.Number, lastYear, ct);
        var without = accounts.Select(a => a.Id).Except(bills.Where(b => b.Period < period.Number && b.IsInForce).Select(b => b.AccountId)).ToList();
        if (without.Count > 0) bills.AddRange(await rows.OlderBills(from, lastYear, without, ct));
        return bills;
    }

    private static async Task<Dictionary<long, List<MeterReading>>> Readings(ChunkRows rows, DateOnly from, DateOnly to, Dictionary<long, ChunkRows.Billed?> lastBills, CancellationToken ct)
    {
        var older = lastBills.Where(b => b.Value is null || b.Value.ToDay < from).Select(b => b.Key).ToList();
        var readings = older.Count > 0 ? await rows.OlderReadings(from, older, ct) : [];
        // Each part in order of day, the older first: so is the whole.
        readings.AddRange(await rows.Readings(from, to, ct));
        var byAccount = new Dictionary<long, List<MeterReading>>(lastBills.Count);
        foreach (var reading in readings)
        {
            if (!byAccount.TryGetValue(reading.AccountId, out var own)) byAccount[reading.AccountId] = own = [];
            own.Add(reading);
        }

        return byAccount;
    }
}
