using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;

namespace OpenHall.Billing;

/// <summary>A route with how far it is read in a month.</summary>
public sealed record RouteRow(ReadingRoute Route, BillingCycle Cycle, int Stops, int Read, int Estimated, bool IsDue)
{
    public int Missing => IsDue ? Stops - Read - Estimated : 0;
}

/// <summary>Reads routes and cycles in the person's reach, with their coverage of a month.</summary>
public sealed class RouteList(HallDb db, Current current)
{
    /// <summary>Filters: q (beginning of code or part of the name), cycle (id), state (<c>missing</c>, <c>done</c>).</summary>
    public async Task<IReadOnlyList<RouteRow>> Of(BillingPeriod period, ListQuery? query = null, CancellationToken ct = default)
    {
        current.Require("routes.see");
        period.Checked();
        var cycles = await Cycles(ct);
        var routes = (await db.ReadingRoutes.OrderBy(r => r.Code).ToListAsync(ct)).Where(r => Reach.Covers(current, r.UnitPath));
        var counts = await Counts(period, ct);
        var rows = routes.Select(r => (Route: r, Cycle: cycles.First(c => c.Id == r.CycleId))).Select(r =>
            new RouteRow(r.Route, r.Cycle, Count(r.Route.Id).Stops, Count(r.Route.Id).Read, Count(r.Route.Id).Estimated, r.Cycle.FallsIn(period)));
        if (query?.Search is { Length: > 0 } words) rows = rows.Where(r => r.Route.Code.StartsWith(words, StringComparison.OrdinalIgnoreCase) || r.Route.Name.Contains(words, StringComparison.OrdinalIgnoreCase));
        if (Guid.TryParse(query?["cycle"], out var cycle)) rows = rows.Where(r => r.Cycle.Id == cycle);
        rows = query?["state"] switch { "missing" => rows.Where(r => r.Missing > 0), "done" => rows.Where(r => r.IsDue && r.Missing == 0), _ => rows };
        return [.. rows];

        (int Stops, int Read, int Estimated) Count(Guid id) => counts.GetValueOrDefault(id);
    }

    /// <summary>All cycles, by their code.</summary>
    public Task<List<BillingCycle>> Cycles(CancellationToken ct = default)
    {
        current.Require("routes.see");
        return db.BillingCycles.OrderBy(c => c.Code).ToListAsync(ct);
    }

    /// <summary>Routes that a person may choose from, without their figures.</summary>
    public async Task<IReadOnlyList<ReadingRoute>> Names(CancellationToken ct = default) =>
        [.. (await db.ReadingRoutes.OrderBy(r => r.Code).ToListAsync(ct)).Where(r => Reach.Covers(current, r.UnitPath))];

    /// <summary>Staff number of a route's reader; null: nobody reads it yet.</summary>
    public Task<string?> ReaderNumber(ReadingRoute route, CancellationToken ct = default) => db.Staff.Where(s => s.Id == route.ReaderId).Select(s => s.UserName).SingleOrDefaultAsync(ct);

    /// <summary>The route of an account; null: it is on none.</summary>
    public async Task<(ReadingRoute Route, int Place)?> OfAccount(long accountId, CancellationToken ct = default) =>
        await db.RouteStops.Where(s => s.AccountId == accountId).Join(db.ReadingRoutes, s => s.RouteId, r => r.Id, (s, r) => new { r, s.Place }).SingleOrDefaultAsync(ct) is { } found ? (found.r, found.Place) : null;

    /// <summary>Open accounts in the person's reach that are on no route.</summary>
    public Task<int> OnNone(CancellationToken ct = default)
    {
        var stops = db.RouteStops;
        return db.BillingAccounts.SeenBy(current).CountAsync(a => a.State == AccountState.Open && !stops.Any(s => s.AccountId == a.Id), ct);
    }

    private async Task<Dictionary<Guid, (int Stops, int Read, int Estimated)>> Counts(BillingPeriod period, CancellationToken ct)
    {
        var (first, last) = (period.FirstDay, period.LastDay);
        var readings = db.MeterReadings.Where(r => r.ReadOn >= first && r.ReadOn <= last);
        var rows = await db.RouteStops.Select(s => new
        {
            s.RouteId,
            IsRead = readings.Any(r => r.Bucket == s.Bucket && r.AccountId == s.AccountId && r.Kind != ReadingKind.First && r.Kind != ReadingKind.Estimated),
            IsEstimated = readings.Any(r => r.Bucket == s.Bucket && r.AccountId == s.AccountId && r.Kind == ReadingKind.Estimated),
        }).GroupBy(s => s.RouteId).Select(g => new { g.Key, Stops = g.Count(), Read = g.Sum(s => s.IsRead ? 1 : 0), Estimated = g.Sum(s => !s.IsRead && s.IsEstimated ? 1 : 0) }).ToListAsync(ct);
        return rows.ToDictionary(r => r.Key, r => (r.Stops, r.Read, r.Estimated));
    }
}
