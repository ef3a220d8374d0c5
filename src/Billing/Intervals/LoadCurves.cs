using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>A day of a load curve after the multiplier.</summary>
/// <param name="Kwh">By interval; null: none came.</param>
public sealed record LoadDay(DateOnly Day, int Minutes, IReadOnlyList<decimal?> Kwh)
{
    public decimal Total => Kwh.Sum() ?? 0;
    public int Missing => Kwh.Count(k => k is null);
    /// <summary>Greatest mean power of an interval, kW.</summary>
    public decimal MaxKw => (Kwh.Max() ?? 0) * 60 / Minutes;
}

/// <summary>Reads an account's load curve for pages and API.</summary>
public sealed class LoadCurves(HallDb db, Current current, CustomerFile files)
{
    /// <summary>Days read at once.</summary>
    public const int MostDays = 62;

    /// <exception cref="Kernel.Refused">account.not_found</exception>
    public async Task<(AccountFile File, IReadOnlyList<LoadDay> Days)> Of(string number, DateOnly from, DateOnly to, CancellationToken ct = default)
    {
        current.Require("bills.see");
        var file = await files.OfAccount(number, ct);
        if (to > from.AddDays(MostDays - 1)) to = from.AddDays(MostDays - 1);
        var days = (await IntervalCurve.Of(db, [file.Account.Id], from, to, ct)).GetValueOrDefault(file.Account.Id) ?? [];
        return (file, [.. days.Select(d => new LoadDay(d.Day, d.Minutes, [.. d.Values().Select(v => v == IntervalSeries.Missing ? (decimal?)null : v * file.Point.Multiplier / 1000m)]))]);
    }

    /// <summary>The last day with a curve; null: there is none.</summary>
    public async Task<DateOnly?> Last(long accountId, CancellationToken ct = default)
    {
        var bucket = BillingAccount.BucketOf(accountId);
        return await db.Set<IntervalDay>().Where(d => d.Bucket == bucket && d.AccountId == accountId).OrderByDescending(d => d.Day).Select(d => (DateOnly?)d.Day).FirstOrDefaultAsync(ct);
    }
}
