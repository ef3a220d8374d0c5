using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Puts supply points on a route, moves them on it or to another one, and takes them off. The routes are held first, in the order of their ids.</summary>
public sealed class ChangeStops(Work work, Current current)
{
    /// <summary>Mistakes of a list of accounts that are told at once.</summary>
    private const int MostMistakes = 20;

    /// <param name="Accounts">Account numbers in the order in which they are walked, one a line; null or empty: all by <paramref name="Address"/>.</param>
    /// <param name="Address">Accounts on no route whose address begins so, in its order.</param>
    /// <param name="Place">Place of the first; null: at the end.</param>
    [Needs("routes.manage")]
    public sealed record AddStops(Guid RequestId, Guid RouteId, string? Accounts, string? Address, int? Place) : ICommand;

    /// <param name="ToRouteId">The same route, or another one.</param>
    /// <param name="Place">New place from 1; beyond the last: at the end.</param>
    [Needs("routes.manage")]
    public sealed record MoveStop(Guid RequestId, string AccountNumber, Guid ToRouteId, int? Place) : ICommand;

    [Needs("routes.manage")]
    public sealed record RemoveStop(Guid RequestId, string AccountNumber) : ICommand;

    /// <returns>Supply points added.</returns>
    /// <exception cref="Refused">route.not_found; account.out_of_reach; route.too_long; of each line: account.not_found, account.closed, route.account_elsewhere, route.other_unit, route.account_twice; route.nothing_to_add</exception>
    public Task<int> Handle(AddStops c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var route = await Held(db, c.RouteId, ct);
        var stops = await StopsOf(db, route.Id, ct);
        var numbers = (c.Accounts ?? "").Split(['\n', '\r', ',', '，', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var added = numbers.Length > 0 ? await ByNumber(db, route, numbers, ct) : await ByAddress(db, route, c.Address, ct);
        Refused.IfField(added.Count == 0, "Accounts", "route.nothing_to_add");
        Refused.IfField(stops.Count + added.Count > ReadingRoute.MostStops, "Accounts", "route.too_long", ReadingRoute.MostStops);
        var fresh = added.Select(a => new RouteStop { AccountId = a.Id, Bucket = a.Bucket, RouteId = route.Id, Place = 1 }).ToList();
        stops.InsertRange(c.Place is { } place ? Math.Clamp(place, 1, stops.Count + 1) - 1 : stops.Count, fresh);
        db.AddRange(fresh);
        Number(stops);
        db.Subject = route.Code;
        return fresh.Count;
    }, ct);

    /// <returns>Its new place.</returns>
    /// <exception cref="Refused">account.not_found; route.not_on_any; route.not_found; account.out_of_reach; route.other_unit; route.too_long</exception>
    public Task<int> Handle(MoveStop c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var account = await db.BillingAccounts.SeenBy(current).SingleOrDefaultAsync(a => a.Number == c.AccountNumber, ct) ?? throw new Refused("account.not_found");
        var from = await db.RouteStops.Where(s => s.AccountId == account.Id).Select(s => (Guid?)s.RouteId).SingleOrDefaultAsync(ct) ?? throw new Refused("route.not_on_any", c.AccountNumber);
        var routes = new Dictionary<Guid, ReadingRoute>();
        foreach (var id in new[] { from, c.ToRouteId }.Distinct().Order()) routes[id] = await Held(db, id, ct);
        Refused.IfField(!account.UnitPath.StartsWith(routes[c.ToRouteId].UnitPath, StringComparison.Ordinal), "ToRouteId", "route.other_unit", c.AccountNumber);
        var old = await StopsOf(db, from, ct);
        var stop = old.Find(s => s.AccountId == account.Id) ?? throw new Refused("request.changed_meanwhile");
        old.Remove(stop);
        var stops = from == c.ToRouteId ? old : await StopsOf(db, c.ToRouteId, ct);
        Refused.If(stops.Count >= ReadingRoute.MostStops, "route.too_long", ReadingRoute.MostStops);
        stop.RouteId = c.ToRouteId;
        stops.Insert(Math.Clamp(c.Place ?? int.MaxValue, 1, stops.Count + 1) - 1, stop);
        Number(old);
        Number(stops);
        db.Subject = account.Number;
        return stop.Place;
    }, ct);

    /// <returns>Supply points left on the route.</returns>
    /// <exception cref="Refused">account.not_found; route.not_on_any; account.out_of_reach</exception>
    public Task<int> Handle(RemoveStop c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var account = await db.BillingAccounts.SeenBy(current).SingleOrDefaultAsync(a => a.Number == c.AccountNumber, ct) ?? throw new Refused("account.not_found");
        db.Subject = account.Number;
        return await TakeOff(db, account.Id, ct) ?? throw new Refused("route.not_on_any", c.AccountNumber);
    }, ct);

    /// <summary>Takes a supply point off its route, if it is on one.</summary>
    internal async Task<int?> TakeOff(HallDb db, long accountId, CancellationToken ct)
    {
        if (await db.RouteStops.Where(s => s.AccountId == accountId).Select(s => (Guid?)s.RouteId).SingleOrDefaultAsync(ct) is not { } id) return null;
        await Held(db, id, ct);
        var stops = await StopsOf(db, id, ct);
        if (stops.Find(s => s.AccountId == accountId) is not { } stop) return null;
        stops.Remove(stop);
        db.Remove(stop);
        Number(stops);
        return stops.Count;
    }

    private async Task<ReadingRoute> Held(HallDb db, Guid id, CancellationToken ct)
    {
        var route = await db.ReadingRoutes.Hold(r => r.Id == id, orRefuse: "route.not_found", ct);
        Refused.If(!Reach.Covers(current, route.UnitPath), "account.out_of_reach");
        return route;
    }

    private static Task<List<RouteStop>> StopsOf(HallDb db, Guid route, CancellationToken ct) => db.RouteStops.AsTracking().Where(s => s.RouteId == route).OrderBy(s => s.Place).ToListAsync(ct);

    private static void Number(List<RouteStop> stops)
    {
        for (var i = 0; i < stops.Count; i++) stops[i].Place = i + 1;
    }

    private async Task<IReadOnlyList<BillingAccount>> ByNumber(HallDb db, ReadingRoute route, string[] numbers, CancellationToken ct)
    {
        Refused.IfField(numbers.Length > ReadingRoute.MostStops, "Accounts", "route.too_long", ReadingRoute.MostStops);
        var accounts = await db.BillingAccounts.SeenBy(current).Where(a => numbers.Contains(a.Number)).ToDictionaryAsync(a => a.Number, ct);
        var ids = accounts.Values.Select(a => a.Id).ToList();
        var elsewhere = await db.RouteStops.Where(s => ids.Contains(s.AccountId)).Join(db.ReadingRoutes, s => s.RouteId, r => r.Id, (s, r) => new { s.AccountId, r.Code }).ToDictionaryAsync(s => s.AccountId, s => s.Code, ct);
        var mistakes = new List<Refused>();
        var seen = new HashSet<string>();
        foreach (var number in numbers)
        {
            if (!accounts.TryGetValue(number, out var account)) mistakes.Add(new("route.account_unknown", number) { Field = "Accounts" });
            else if (account.State == AccountState.Closed) mistakes.Add(new("route.account_closed", number) { Field = "Accounts" });
            else if (elsewhere.TryGetValue(account.Id, out var code)) mistakes.Add(new("route.account_elsewhere", number, code) { Field = "Accounts" });
            else if (!account.UnitPath.StartsWith(route.UnitPath, StringComparison.Ordinal)) mistakes.Add(new("route.other_unit", number) { Field = "Accounts" });
            else if (!seen.Add(number)) mistakes.Add(new("route.account_twice", number) { Field = "Accounts" });
        }

        Refused.IfAny([.. mistakes.Take(MostMistakes)]);
        return [.. numbers.Select(n => accounts[n])];
    }

    private async Task<IReadOnlyList<BillingAccount>> ByAddress(HallDb db, ReadingRoute route, string? address, CancellationToken ct)
    {
        var begins = (address ?? "").Trim();
        Refused.IfField(begins.Length < 2, "Address", "route.address_short");
        var stops = db.RouteStops;
        var found = await (
            from a in db.BillingAccounts.SeenBy(current)
            join p in db.SupplyPoints on a.Id equals p.AccountId
            where a.State == AccountState.Open && EF.Functions.Like(a.UnitPath, route.UnitPath + "%") && p.Address.StartsWith(begins) && !stops.Any(s => s.AccountId == a.Id)
            orderby p.Address, a.Id
            select new { Account = a, p.Address }).Take(ReadingRoute.MostStops + 1).ToListAsync(ct);
        // In the same order on both databases, numbers of houses and flats by their value.
        return [.. found.OrderBy(f => f.Address, Walked).ThenBy(f => f.Account.Id).Select(f => f.Account)];
    }

    private static readonly StringComparer Walked = StringComparer.Create(System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.NumericOrdering);
}

/// <summary>An account that is closed is on no route any more.</summary>
public sealed class ClosedAccountLeavesRoute(ChangeStops stops) : IHandle<AccountClosing>
{
    public Task Handle(AccountClosing happened, HallDb db, CancellationToken ct) => stops.TakeOff(db, happened.AccountId, ct);
}
