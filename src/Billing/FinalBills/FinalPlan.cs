using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>What a final reading says: the registers on an account's last day, kWh with at most three decimals.</summary>
public sealed record FinalReading(DateOnly ReadOn, decimal Kwh, decimal? Sharp, decimal? Peak, decimal? Flat, decimal? Valley, decimal? DeepValley, string? Reason);

/// <summary>An account's last bill as it would be made.</summary>
sealed record FinalPlan(BillingAccount Account, SupplyPoint Point, MeterReading Start, MeterReading Reading, CustomerBill Bill, IReadOnlyList<BillLine> Lines)
{
    /// <summary>Rates the account from its last bill to the reading. Writes nothing.</summary>
    /// <param name="point">Tracked where the plan is carried out: it is told that its supply has ended.</param>
    /// <exception cref="Refused">supply.ended; reading.* (what is wrong); reading.strange; final.bill_held; final.period_unbilled; final.not_rated</exception>
    public static async Task<FinalPlan> Of(HallDb db, BillMaker maker, Tariffs tariffs, BillingTerms terms, BillingAccount account, SupplyPoint point, FinalReading reading, Guid? by, Guid actId, DateTime atUtc, CancellationToken ct)
    {
        Refused.If(point.EndedOn is not null, "supply.ended", Shown.Text(point.EndedOn));
        var (bucket, id) = (account.Bucket, account.Id);
        var readings = await db.MeterReadings.Where(r => r.Bucket == bucket && r.AccountId == id).OrderBy(r => r.ReadOn).ThenBy(r => r.Revision).ToListAsync(ct);
        var newest = readings.GroupBy(r => r.ReadOn).Select(day => day.Last()).ToList();
        var bills = await db.CustomerBills.OfMonths().Where(b => b.Bucket == bucket && b.AccountId == id && b.State != BillState.Cancelled).OrderBy(b => b.Period).ThenBy(b => b.Issue).ToListAsync(ct);
        var today = DateOnly.FromDateTime(Shown.Local(atUtc));
        var final = Checked(point, reading, newest, tariffs, today, by, atUtc);
        point.End(reading.ReadOn);

        var last = bills.LastOrDefault();
        Refused.If(last is { State: BillState.Draft or BillState.Held }, "final.bill_held", last?.Number ?? "");
        var start = last is null ? newest.Find(r => r.Kind == ReadingKind.First) ?? newest.FirstOrDefault() : readings.Find(r => r.ReadOn == last.ToDay && r.Revision == last.ToRevision);
        Refused.If(start is null, "final.not_rated", "reading.no_start");
        var period = BillingPeriod.Of(reading.ReadOn);
        // Read and billed already in this month: the days since belong to the next.
        if (last is not null && last.Period >= period.Number) period = new BillingPeriod(last.Period).Plus(1);
        await RefuseUnbilled(db, id, start!, last, period, ct);

        var later = newest.Where(r => r.ReadOn > start!.ReadOn && r.ReadOn < reading.ReadOn).Append(final).ToList();
        var counted = bills.GroupBy(b => b.ToDay.Year).ToDictionary(g => g.Key, g => g.Sum(b => b.CountedWh));
        var issue = await db.CustomerBills.CountAsync(b => b.Bucket == bucket && b.AccountId == id && b.Period == period.Number, ct);
        var curve = (await IntervalCurve.Of(db, [id], start!.ReadOn, reading.ReadOn, ct)).GetValueOrDefault(id);
        var facts = new AccountFacts(point, start!, later, last is null ? null : new BillingPeriod(last.Period), counted, (short)issue, LastCountedWh: last?.CountedWh ?? 0, Intervals: curve, Prices: await GivenPrices.Of(db, period, ct));
        var made = maker.Make(facts, period, actId, today.AddDays(terms.DueDays), atUtc);
        Refused.If(made.Bill is null, "final.not_rated", made.Finding?.Code ?? "");
        return new(account, point, start!, final, made.Bill!, made.Lines);
    }

    private static MeterReading Checked(SupplyPoint point, FinalReading reading, List<MeterReading> days, Tariffs tariffs, DateOnly today, Guid? by, DateTime atUtc)
    {
        var mistakes = new List<Refused>();
        var now = Reading(false);
        Refused.IfAny(mistakes);
        var (wrong, strange, hasRolledOver) = ReadingCheck.Of(now, days.LastOrDefault(), days.Count > 1 ? days[^2] : null, point, tariffs.NeedsBands(point.TariffCode), today);
        if (wrong is not null) throw new Refused(wrong.Code, [.. wrong.Values]) { Field = EnterReading.FieldOf(wrong) };
        if (strange is not null && now.Reason is null) throw new Refused("reading.strange", strange.Values.Count > 0 ? strange.Values[0] : "0") { Field = "Reason" };
        return Reading(hasRolledOver);

        MeterReading Reading(bool hasRolledOver) => new()
        {
            Bucket = point.Bucket, AccountId = point.AccountId, ReadOn = reading.ReadOn, MeterNumber = point.MeterNumber, Kind = ReadingKind.Final, Source = ReadingSource.Hand, EnteredBy = by, EnteredAtUtc = atUtc, HasRolledOver = hasRolledOver,
            TotalWh = Wh(reading.Kwh, "Kwh") ?? 0, SharpWh = Wh(reading.Sharp, "Sharp"), PeakWh = Wh(reading.Peak, "Peak"), FlatWh = Wh(reading.Flat, "Flat"), ValleyWh = Wh(reading.Valley, "Valley"), DeepValleyWh = Wh(reading.DeepValley, "DeepValley"),
            Reason = string.IsNullOrWhiteSpace(reading.Reason) ? null : reading.Reason.Trim(),
        };

        long? Wh(decimal? kwh, string field)
        {
            if (kwh is null) return null;
            if (kwh is >= 0 and <= 1_000_000_000m && kwh * 1000m == decimal.Truncate(kwh.Value * 1000m)) return (long)(kwh.Value * 1000m);
            mistakes.Add(new("reading.value_wrong", kwh.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)) { Field = field });
            return null;
        }
    }

    /// <summary>Months before the final one in which the account's turn came are billed first, each by its own limits.</summary>
    private static async Task RefuseUnbilled(HallDb db, long id, MeterReading start, CustomerBill? last, BillingPeriod period, CancellationToken ct)
    {
        var cycle = await (from s in db.RouteStops join r in db.ReadingRoutes on s.RouteId equals r.Id join c in db.BillingCycles on r.CycleId equals c.Id where s.AccountId == id select c).SingleOrDefaultAsync(ct);
        var due = period.Plus(-1);
        if (cycle is not null && !cycle.FallsIn(due)) due = due.Plus(-1);
        Refused.If((last is null || last.Period < due.Number) && start.ReadOn < due.LastDay, "final.period_unbilled", due.ToString());
    }
}
