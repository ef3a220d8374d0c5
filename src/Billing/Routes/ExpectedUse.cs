using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;

namespace OpenHall.Billing;

/// <summary>Where an expectation comes from: the same month of the year before, or the average of the last bills.</summary>
public enum ExpectedBy { LastYear, Average }

/// <summary>What a supply point may be expected to use, Wh a day.</summary>
public readonly record struct ExpectedUse(ExpectedBy By, decimal DailyWh)
{
    /// <summary>Turns of the register in so many days, Wh before the multiplier, in whole kWh.</summary>
    public long RegisterWh(int days, int multiplier) => (long)decimal.Round(DailyWh * days / multiplier / 1000m, MidpointRounding.AwayFromZero) * 1000;

    /// <summary>By account, of those with a bill to go by.</summary>
    public static async Task<IReadOnlyDictionary<long, ExpectedUse>> Of(HallDb db, IReadOnlyCollection<long> accounts, BillingPeriod period, int averageOf, CancellationToken ct)
    {
        var buckets = accounts.Select(BillingAccount.BucketOf).Distinct().ToList();
        var (lastYear, from) = (period.Number - 100, period.Plus(-12).Number);
        var bills = await db.CustomerBills.OfMonths().Where(b => buckets.Contains(b.Bucket) && accounts.Contains(b.AccountId) && b.Period >= from && b.Period < period.Number && b.State != BillState.Cancelled)
            .Select(b => new { b.AccountId, b.Period, b.FromDay, b.ToDay, b.UsageWh }).ToListAsync(ct);
        var expected = new Dictionary<long, ExpectedUse>();
        foreach (var own in bills.GroupBy(b => b.AccountId))
        {
            var same = own.FirstOrDefault(b => b.Period == lastYear);
            var basis = same is not null ? [same] : own.OrderByDescending(b => b.Period).Take(averageOf).ToList();
            var days = basis.Sum(b => b.ToDay.DayNumber - b.FromDay.DayNumber + 1);
            // A bill that settled an estimate downwards says nothing of what is used.
            var wh = Math.Max(0, basis.Sum(b => b.UsageWh));
            expected[own.Key] = new(same is not null ? ExpectedBy.LastYear : ExpectedBy.Average, (decimal)wh / days);
        }

        return expected;
    }
}
