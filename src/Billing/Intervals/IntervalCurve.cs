using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>Load curves of accounts as bills take them.</summary>
static class IntervalCurve
{
    /// <summary>The tariff has prices by the hour or asks for the greatest demand: a load curve says what registers don't.</summary>
    public static bool TakesIntervals(this CompiledTariff tariff, DateOnly day) => tariff.VersionOn(day) is { } version && (version.TimeOfUse is not null || version.Charges.OfType<DemandCharge>().Any());

    /// <summary>By account, of each day the revision that counts, in order of day.</summary>
    public static async Task<Dictionary<long, IReadOnlyList<IntervalDay>>> Of(HallDb db, IReadOnlyCollection<long> accounts, DateOnly from, DateOnly to, CancellationToken ct)
    {
        if (accounts.Count == 0) return [];
        var buckets = accounts.Select(BillingAccount.BucketOf).Distinct().ToList();
        var days = await db.Set<IntervalDay>().Where(d => buckets.Contains(d.Bucket) && accounts.Contains(d.AccountId) && d.Day >= from && d.Day <= to).ToListAsync(ct);
        return days.GroupBy(d => d.AccountId).ToDictionary(g => g.Key, g => (IReadOnlyList<IntervalDay>)[.. g.GroupBy(d => d.Day).Select(d => d.MaxBy(r => r.Revision)!).OrderBy(d => d.Day)]);
    }

    /// <summary>The days from–to as one series; days without a row are missing. Null: no day at all, or days of different intervals.</summary>
    public static IntervalSeries? Series(IReadOnlyList<IntervalDay> days, DateOnly from, DateOnly to, int multiplier)
    {
        var own = days.Where(d => d.Day >= from && d.Day <= to).ToList();
        if (own.Count == 0 || own.Select(d => d.Minutes).Distinct().Count() > 1) return null;
        var perDay = own[0].Count;
        var counts = new long[(to.DayNumber - from.DayNumber + 1) * perDay];
        Array.Fill(counts, IntervalSeries.Missing);
        foreach (var day in own) day.Values().CopyTo(counts, (day.Day.DayNumber - from.DayNumber) * perDay);
        return new(from, own[0].Minutes, counts, 0.001m * multiplier);
    }
}
