using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Which accounts a bill run is of: a unit's, or of them those of one route or one cycle.</summary>
public sealed record RunScope(string UnitPath, Guid? RouteId = null, Guid? CycleId = null)
{
    /// <summary>Of one route or one cycle only.</summary>
    public bool IsPart => RouteId is not null || CycleId is not null;

    /// <summary>Accounts whose turn it is in the month: those on no route, and those whose cycle falls in it.</summary>
    public IQueryable<BillingAccount> DueIn(HallDb db, BillingPeriod period)
    {
        var unit = UnitPath + "%";
        var accounts = db.BillingAccounts.Where(a => EF.Functions.Like(a.UnitPath, unit));
        if (IsPart)
        {
            var ids = Ids(db);
            accounts = accounts.Where(a => ids.Contains(a.Id));
        }

        var months = BillingCycle.MonthsOf(period);
        var others = from s in db.RouteStops
                     join r in db.ReadingRoutes on s.RouteId equals r.Id
                     join c in db.BillingCycles on r.CycleId equals c.Id
                     where c.Months != CycleMonths.Every && c.Months != months
                     select s.AccountId;
        return accounts.Where(a => !others.Contains(a.Id));
    }

    /// <summary>Accounts of the route or the cycle.</summary>
    public IQueryable<long> Ids(HallDb db)
    {
        var (route, cycle, routes) = (RouteId, CycleId, db.ReadingRoutes);
        return route is not null
            ? db.RouteStops.Where(s => s.RouteId == route).Select(s => s.AccountId)
            : db.RouteStops.Where(s => routes.Any(r => r.Id == s.RouteId && r.CycleId == cycle)).Select(s => s.AccountId);
    }

    /// <summary>The scope that somebody asks for, found and allowed.</summary>
    /// <exception cref="Refused">route.not_found; cycle.not_found; run.not_due; account.out_of_reach</exception>
    public static async Task<RunScope> Of(HallDb db, Current current, BillingPeriod period, string? unitPath, Guid? routeId, Guid? cycleId, CancellationToken ct)
    {
        var route = routeId is null ? null : await db.ReadingRoutes.SingleOrDefaultAsync(r => r.Id == routeId, ct) ?? throw new Refused("route.not_found");
        var cycle = (route?.CycleId ?? cycleId) is { } id ? await db.BillingCycles.SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new Refused("cycle.not_found") : null;
        Refused.IfField(cycle is not null && !cycle.FallsIn(period), "Scope", "run.not_due", period.ToString());
        var unit = route?.UnitPath ?? unitPath ?? current.UnitPath;
        Refused.If(!Reach.Covers(current, unit), "account.out_of_reach");
        return new(unit, routeId, routeId is null ? cycleId : null);
    }
}
