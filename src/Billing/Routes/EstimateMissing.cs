using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>估抄: the meters of a route that were not read in a month get a reading by rule, on the reading day; each is marked, and settled by the next true reading.</summary>
public sealed class EstimateMissing(Work work, Current current, ReadingSheet sheets, ReadingTerms terms, Tariffs tariffs)
{
    /// <param name="Period">yyyymm.</param>
    [Needs("readings.estimate")]
    public sealed record Command(Guid RequestId, Guid RouteId, int Period) : ICommand;

    /// <param name="ReadingWh">Register, Wh; null: there is no estimate.</param>
    /// <param name="Why">Why not; its sentence is <c>billing.no_estimate.*</c>.</param>
    public sealed record Line(string AccountNumber, long? ReadingWh, string? Why);

    /// <summary>What was estimated and what could not be.</summary>
    public sealed record Done(int Estimated, IReadOnlyList<Line> Lines);

    /// <exception cref="Refused">route.not_found; period.wrong; run.not_due; estimate.too_early</exception>
    public Task<Done> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var period = new BillingPeriod(c.Period).Checked();
        await db.ReadingRoutes.Hold(r => r.Id == c.RouteId, orRefuse: "route.not_found", ct);
        var sheet = await sheets.Of(db, c.RouteId, period, ct);
        Refused.If(!sheet.IsDue, "run.not_due", period.ToString());
        Refused.If(sheet.ReadingDay > DateOnly.FromDateTime(Shown.Local(db.AtUtc)), "estimate.too_early", ReadingCheck.Day(sheet.ReadingDay));
        var missing = sheet.Rows.Where(r => r.State == SheetState.Missing && r.Account.State == AccountState.Open).ToList();
        // A reading for one of them may be on its way: the account's lock puts both in line.
        var ids = missing.Select(r => r.Account.Id).ToList();
        var buckets = ids.Select(BillingAccount.BucketOf).Distinct().ToList();
        await db.AccountBalances.Where(b => buckets.Contains(b.Bucket) && ids.Contains(b.AccountId)).OrderBy(b => b.Bucket).ThenBy(b => b.AccountId).HoldAll(ct);
        var since = await db.MeterReadings.Where(r => buckets.Contains(r.Bucket) && ids.Contains(r.AccountId) && r.ReadOn > sheet.ReadingDay).Select(r => r.AccountId).Distinct().ToListAsync(ct);
        var inARow = await EstimatesInARow(db, missing, ct);
        var lines = missing.Select(r => since.Contains(r.Account.Id) ? (r.Account.Number, Reading: (MeterReading?)null, Why: (string?)"read_since") : Estimate(r)).ToList();
        await db.InsertMany(lines.Where(l => l.Reading is not null).Select(l => l.Reading!).OrderBy(r => r.Bucket).ThenBy(r => r.AccountId), ct);
        db.Subject = $"{sheet.Route.Code} {period}";
        return new Done(lines.Count(l => l.Reading is not null), [.. lines.Select(l => new Line(l.Number, l.Reading?.TotalWh, l.Why))]);

        (string Number, MeterReading? Reading, string? Why) Estimate(SheetRow r)
        {
            var (reading, why) = ReadingEstimate.Of(
                r.Point, r.Last, r.BeforeLast, r.Expected, sheet.ReadingDay, inARow.GetValueOrDefault(r.Account.Id), terms, tariffs.NeedsBands(r.Point.TariffCode), current.UserId, db.AtUtc);
            return (r.Account.Number, reading, why);
        }
    }, ct);

    /// <summary>By account, how many of the last readings are estimates.</summary>
    private static async Task<Dictionary<long, int>> EstimatesInARow(HallDb db, IReadOnlyList<SheetRow> rows, CancellationToken ct)
    {
        var ids = rows.Where(r => r.Last?.Kind == ReadingKind.Estimated).Select(r => r.Account.Id).ToList();
        if (ids.Count == 0) return [];
        var buckets = ids.Select(BillingAccount.BucketOf).Distinct().ToList();
        var readings = await db.MeterReadings.Where(r => buckets.Contains(r.Bucket) && ids.Contains(r.AccountId)).Select(r => new { r.AccountId, r.ReadOn, r.Revision, r.Kind }).ToListAsync(ct);
        return readings.GroupBy(r => r.AccountId).ToDictionary(
            g => g.Key,
            g => g.GroupBy(r => r.ReadOn).OrderByDescending(d => d.Key).Select(d => d.MaxBy(r => r.Revision)!).TakeWhile(r => r.Kind == ReadingKind.Estimated).Count());
    }
}
