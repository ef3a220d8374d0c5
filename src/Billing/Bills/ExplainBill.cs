using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>A line of a bill with what it is and where its price stands.</summary>
public sealed record ExplainedLine(BillLine Line, LineSource Source);

/// <summary>Everything that an account's holder may ask about a bill.</summary>
/// <param name="IsYearly">Tiers are climbed over the calendar year.</param>
public sealed record BillExplained(
    AccountFile File, CustomerBill Bill, IReadOnlyList<ExplainedLine> Lines, MeterReading? From, MeterReading? To, Tariff? Tariff, bool IsYearly, LateFee LateFee, LateFeeRule? Rule, IReadOnlyList<LateFeeWaiver> Waivers, IReadOnlyList<BillAdjustment> Adjustments, DateOnly Today)
{
    /// <summary>As rated, before any adjustment.</summary>
    public Money Rated => Adjustments.Count == 0 ? Bill.Amount : new(Adjustments[0].BeforeFen);

    /// <summary>Energy that climbed the tiers before this bill, kWh.</summary>
    public decimal ClimbedBefore => IsYearly ? Bill.YearToDateWh / 1000m : 0;

    /// <summary>Energy left in the tier reached, before the next price; null in the last tier or without tiers.</summary>
    public decimal? LeftInTier => Lines.LastOrDefault(l => l.Source.Tier > 0)?.Line.TierUpToWh is { } end ? Math.Max(0, end / 1000m - ClimbedBefore - Bill.CountedWh / 1000m) : null;

    /// <summary>Tax as a line of the bill; null: it is in the prices, or the bill was adjusted since.</summary>
    public Money? TaxLine => Adjustments.Count == 0 ? Lines.FirstOrDefault(l => l.Source.Charge == VatTerms.Charge)?.Line.Amount : null;

    public Money LateFeeLeft => Money.Max(Money.Zero, LateFee.Total - new Money(Bill.LateFeePaidFen + Bill.LateFeeWaivedFen));
}

/// <summary>账单解释: readings, usage, tier by tier, price and its source, late fee by days.</summary>
public sealed class ExplainBill(HallDb db, Current current, LateFeeRules lateFees, Tariffs tariffs, TimeProvider clock)
{
    /// <exception cref="Refused">bill.not_found, also for bills outside the person's scope</exception>
    public async Task<BillExplained> Of(string number, CancellationToken ct = default)
    {
        current.Require("bills.see");
        if (!BillKey.TryParse(number, out var key)) throw new Refused("bill.not_found");
        var bucket = key.Bucket;
        var row = await (
            from a in db.BillingAccounts.SeenBy(current)
            join c in db.Customers on a.CustomerId equals c.Id
            join p in db.SupplyPoints on a.Id equals p.AccountId
            where a.Id == key.AccountId
            select new { a, c, p }).SingleOrDefaultAsync(ct) ?? throw new Refused("bill.not_found");
        var bill = await db.CustomerBills.SingleOrDefaultAsync(b => b.Bucket == bucket && b.AccountId == key.AccountId && b.Period == key.Period && b.Issue == key.Issue, ct) ?? throw new Refused("bill.not_found");
        var lines = await db.BillLines.Where(l => l.Bucket == bucket && l.AccountId == key.AccountId && l.Period == key.Period && l.Issue == key.Issue).OrderBy(l => l.LineNumber).ToListAsync(ct);
        var ids = lines.Select(l => l.SourceId).Distinct().ToList();
        var sources = await db.Set<BillLineSource>().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => LineSources.Read(s.Content), ct);
        var readings = await db.MeterReadings.Where(r => r.Bucket == bucket && r.AccountId == key.AccountId && (r.ReadOn == bill.FromReadOn || r.ReadOn == bill.ToDay)).ToListAsync(ct);
        var waivers = bill.LateFeeWaivedFen == 0 ? [] : await db.LateFeeWaivers.Where(w => w.Bucket == bucket && w.AccountId == key.AccountId && w.Period == key.Period && w.Issue <= key.Issue).OrderBy(w => w.AtUtc).ToListAsync(ct);
        var adjustments = await db.BillAdjustments.Where(a => a.Bucket == bucket && a.AccountId == key.AccountId && a.Period == key.Period && a.Issue == key.Issue).OrderBy(a => a.Sequence).ToListAsync(ct);
        var tariff = tariffs.Find(bill.TariffCode);
        var today = DateOnly.FromDateTime(Shown.Local(clock.GetUtcNow().UtcDateTime));
        var isYearly = tariff?.VersionOn(bill.ToDay)?.Charges.OfType<EnergyCharge>().Any(c => c.Cycle == TierCycle.Year) == true;
        return new(
            new(row.c, row.a, row.p), bill, [.. lines.Select(l => new ExplainedLine(l, sources[l.SourceId]))],
            readings.Find(r => r.ReadOn == bill.FromReadOn && r.Revision == bill.FromRevision), readings.Find(r => r.ReadOn == bill.ToDay && r.Revision == bill.ToRevision),
            tariff?.Tariff, isYearly, bill.State is BillState.Draft or BillState.Held || bill.WrittenOffOn is not null ? new(Money.Zero, [], 0) : lateFees.Of(bill, today), lateFees.RuleOf(bill), waivers, adjustments, today);
    }
}
