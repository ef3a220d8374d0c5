using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>A bill in force and the one that would replace it.</summary>
sealed record Rebilled(CustomerBill Old, IReadOnlyList<BillLine> OldLines, CustomerBill New, IReadOnlyList<BillLine> NewLines)
{
    public Money Difference => New.Amount - Old.Amount;
}

/// <summary>Rates a month of an account again, and the months after it, whose readings and tiers rest on it. Bills that come out the same stay.</summary>
static class RebillPlan
{
    private const short LastIssue = 9;

    /// <param name="from">First month, yyyymm.</param>
    /// <param name="byPresentTariff">False: each bill keeps the tariff it was made by.</param>
    /// <param name="actId">Run of the new bills.</param>
    /// <returns>Only bills that come out differently, in order of month; the old ones tracked by <paramref name="db"/>.</returns>
    /// <exception cref="Refused">rebill.no_bill; rebill.run_open; rebill.not_rated; rebill.too_often</exception>
    public static async Task<IReadOnlyList<Rebilled>> Of(HallDb db, BillMaker maker, BillingAccount account, int from, bool byPresentTariff, Guid actId, DateTime atUtc, CancellationToken ct)
    {
        var (bucket, id) = (account.Bucket, account.Id);
        var bills = await db.CustomerBills.OfMonths().AsTracking().Where(b => b.Bucket == bucket && b.AccountId == id).OrderBy(b => b.Period).ThenBy(b => b.Issue).ToListAsync(ct);
        var inForce = bills.Where(b => b.State != BillState.Cancelled).ToList();
        Refused.If(inForce.TrueForAll(b => b.Period != from), "rebill.no_bill", new BillingPeriod(from));
        await RefuseOpenRuns(db, account, inForce, from, ct);
        var point = await db.SupplyPoints.SingleAsync(p => p.AccountId == id, ct);
        var readings = await db.MeterReadings.Where(r => r.Bucket == bucket && r.AccountId == id).OrderBy(r => r.ReadOn).ThenBy(r => r.Revision).ToListAsync(ct);
        var newest = readings.GroupBy(r => r.ReadOn).Select(day => day.Last()).ToList();
        var lines = (await db.BillLines.Where(l => l.Bucket == bucket && l.AccountId == id && l.Period >= from).OrderBy(l => l.LineNumber).ToListAsync(ct)).ToLookup(l => (l.Period, l.Issue));

        var curve = (await IntervalCurve.Of(db, [id], inForce[0].FromDay, inForce[^1].ToDay, ct)).GetValueOrDefault(id);

        // The account's bills as they will stand, month by month.
        var standing = inForce.Where(b => b.Period < from).ToList();
        var plan = new List<Rebilled>();
        foreach (var old in inForce.Where(b => b.Period >= from))
        {
            var period = new BillingPeriod(old.Period);
            var last = standing.LastOrDefault();
            var start = last is null ? newest.Find(r => r.Kind == ReadingKind.First) ?? newest.FirstOrDefault() : readings.Find(r => r.ReadOn == last.ToDay && r.Revision == last.ToRevision);
            Refused.If(start is null, "rebill.not_rated", period, "reading.no_start");
            var later = newest.Where(r => r.ReadOn > start!.ReadOn && (r.ReadOn <= period.LastDay && r.Kind != ReadingKind.Final || r.ReadOn == old.ToDay)).ToList();
            var counted = standing.GroupBy(b => b.ToDay.Year).ToDictionary(g => g.Key, g => g.Sum(b => b.CountedWh));
            var issue = bills.Count(b => b.Period == old.Period);
            var facts = new AccountFacts(point, start!, later, last is null ? null : new BillingPeriod(last.Period), counted, (short)issue, byPresentTariff ? null : old.TariffCode, last?.CountedWh ?? 0, curve, await GivenPrices.Of(db, period, ct));
            var made = maker.Make(facts, period, actId, old.DueDate, atUtc);
            Refused.If(made.Bill is null, "rebill.not_rated", period, made.Finding?.Code ?? "");
            var before = lines[(old.Period, old.Issue)].ToList();
            if (IsSame(old, before, made.Bill!, made.Lines))
            {
                standing.Add(old);
                continue;
            }

            Refused.If(issue > LastIssue, "rebill.too_often", period, issue);
            standing.Add(made.Bill!);
            plan.Add(new(old, before, made.Bill!, made.Lines));
        }

        return plan;
    }

    /// <summary>A run that is not released yet rests on the bills before it.</summary>
    private static async Task RefuseOpenRuns(HallDb db, BillingAccount account, List<CustomerBill> inForce, int from, CancellationToken ct)
    {
        var open = await db.BillRuns.Where(r => r.Period >= from && r.State != BillRunState.Released && r.State != BillRunState.Dropped).Select(r => new { r.Period, r.UnitPath }).ToListAsync(ct);
        var period = open.Where(r => account.UnitPath.StartsWith(r.UnitPath, StringComparison.Ordinal)).Select(r => (int?)r.Period).FirstOrDefault()
            ?? inForce.Where(b => b.Period >= from && b.State is BillState.Draft or BillState.Held).Select(b => (int?)b.Period).FirstOrDefault();
        Refused.If(period is not null, "rebill.run_open", new BillingPeriod(period ?? from));
    }

    private static bool IsSame(CustomerBill old, IReadOnlyList<BillLine> before, CustomerBill now, IReadOnlyList<BillLine> after) =>
        old.UsageWh == now.UsageWh && old.CountedWh == now.CountedWh && old.TariffCode == now.TariffCode && old.ToDay == now.ToDay && before.Select(Content).SequenceEqual(after.Select(Content));

    private static (long Source, long? From, long? UpTo, long Quantity, long Price, long Fen) Content(BillLine l) => (l.SourceId, l.TierFromWh, l.TierUpToWh, l.QuantityMicro, l.PriceE8, l.AmountFen);
}
