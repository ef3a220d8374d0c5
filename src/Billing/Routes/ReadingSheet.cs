using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>Read: by somebody or a device in the month. Estimated: by rule or by the reader. Missing: not yet.</summary>
public enum SheetState { Read, Estimated, Missing }

/// <summary>A supply point on a route's sheet of a month.</summary>
/// <param name="Last">Reading before the month, or the first of the meter; null: none.</param>
/// <param name="BeforeLast">The one before that.</param>
/// <param name="Now">Reading of the month; null: none yet.</param>
/// <param name="IsToReread">A held bill waits for the meter to be read again.</param>
/// <param name="LowWh">What the register should at least show on the reading day; null: nothing to go by.</param>
public sealed record SheetRow(
    int Place, BillingAccount Account, string Name, SupplyPoint Point, bool NeedsBands, MeterReading? Last, MeterReading? BeforeLast, MeterReading? Now, ExpectedUse? Expected, long? LowWh, long? HighWh, bool IsToReread)
{
    public string Address => Masked.Address(Point.Address);
    public SheetState State => Now is null ? SheetState.Missing : Now.Kind == ReadingKind.Estimated ? SheetState.Estimated : SheetState.Read;

    /// <summary>Energy since the last reading; null: one of the two lacks.</summary>
    public long? UsedWh => Last is { } last && Now is { } now ? Registers.Between(last, [now], Point.MeterDigits).TotalWh * Point.Multiplier : null;
}

/// <summary>A route with its stops and what is read of them in a month.</summary>
public sealed record RouteSheet(ReadingRoute Route, BillingCycle Cycle, BillingPeriod Period, IReadOnlyList<SheetRow> Rows)
{
    public bool IsDue => Cycle.FallsIn(Period);
    public DateOnly ReadingDay => Cycle.DayIn(Period);
    public int Count(SheetState state) => Rows.Count(r => r.State == state);
}

/// <summary>抄表册: reads a route's supply points in order, with last readings, what is expected, and what was read in a month.</summary>
public sealed class ReadingSheet(HallDb db, Current current, Tariffs tariffs, ReadingTerms terms)
{
    /// <exception cref="Refused">route.not_found, also outside the person's reach; period.wrong</exception>
    public async Task<RouteSheet> Of(Guid routeId, BillingPeriod period, CancellationToken ct = default)
    {
        current.Require("routes.see");
        return await Of(db, routeId, period.Checked(), ct);
    }

    internal async Task<RouteSheet> Of(HallDb store, Guid routeId, BillingPeriod period, CancellationToken ct)
    {
        var route = await store.ReadingRoutes.SingleOrDefaultAsync(r => r.Id == routeId, ct);
        if (route is null || !Reach.Covers(current, route.UnitPath)) throw new Refused("route.not_found");
        var cycle = await store.BillingCycles.SingleAsync(c => c.Id == route.CycleId, ct);
        var stops = await (
            from s in store.RouteStops
            join a in store.BillingAccounts on s.AccountId equals a.Id
            join c in store.Customers on a.CustomerId equals c.Id
            join p in store.SupplyPoints on a.Id equals p.AccountId
            where s.RouteId == routeId && p.EndedOn == null
            orderby s.Place
            select new { s.Place, Account = a, Customer = c, Point = p }).ToListAsync(ct);
        var ids = stops.Select(s => s.Account.Id).ToList();
        var buckets = ids.Select(BillingAccount.BucketOf).Distinct().ToList();
        var before = await LatestReadings.Of(store, ids, ct, period.FirstDay);
        var inMonth = (await store.MeterReadings.Where(r => buckets.Contains(r.Bucket) && ids.Contains(r.AccountId) && r.ReadOn >= period.FirstDay && r.ReadOn <= period.LastDay).ToListAsync(ct)).ToLookup(r => r.AccountId);
        var expected = await ExpectedUse.Of(store, ids, period, terms.AverageOfBills, ct);
        var reread = await store.HeldBills.Where(h => buckets.Contains(h.Bucket) && ids.Contains(h.AccountId) && h.State == HeldState.Investigated).Select(h => h.AccountId).Distinct().ToListAsync(ct);
        var day = cycle.DayIn(period);
        return new(route, cycle, period, [.. stops.Select(s =>
        {
            var own = inMonth[s.Account.Id].GroupBy(r => r.ReadOn).Select(g => g.MaxBy(r => r.Revision)!).OrderBy(r => r.ReadOn).ToList();
            var earlier = before.GetValueOrDefault(s.Account.Id) ?? [];
            var last = earlier.LastOrDefault() ?? own.Find(r => r.Kind == ReadingKind.First);
            ExpectedUse? use = expected.TryGetValue(s.Account.Id, out var found) ? found : null;
            var turned = last is null || last.ReadOn >= day ? null : use?.RegisterWh(day.DayNumber - last.ReadOn.DayNumber, s.Point.Multiplier);
            return new SheetRow(
                s.Place, s.Account, s.Customer.MaskedName, s.Point, tariffs.NeedsBands(s.Point.TariffCode), last, earlier.Count > 1 ? earlier[^2] : null, own.FindLast(r => r.Kind != ReadingKind.First), use,
                Bound(-terms.ExpectedPercent), Bound(terms.ExpectedPercent), reread.Contains(s.Account.Id));

            // Meters are read in whole kWh.
            long? Bound(int percent) => last?.TotalWh + turned * (100 + percent) / 100_000 * 1000;
        })]);
    }
}
