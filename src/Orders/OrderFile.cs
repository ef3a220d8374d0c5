using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Customers;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>An order as it stands, with everything a clerk asks about it.</summary>
/// <param name="Version">Null: the packs no longer have it.</param>
/// <param name="Stage">Where it stands; null: over.</param>
/// <param name="Owing">Of its fees.</param>
/// <param name="Moves">What the person may do now.</param>
public sealed record OrderView(
    ServiceOrder Order, BusinessService? Service, ServiceVersion? Version, ServiceStage? Stage, Hall Hall, string? CustomerNumber, string? VisitNumber, IReadOnlyList<OrderStep> Steps, Money Owing,
    IReadOnlyList<OrderAction> Moves, bool MayFinish, bool MaySign, DateTime NowUtc)
{
    public string MaskedName => Masked.Name(Order.ApplicantName);

    public bool IsLate => Order.DueUtc < NowUtc;
}

/// <summary>Reads orders for pages and API; only what the person may see.</summary>
public sealed class OrderFile(HallDb db, Current current, BusinessServices services, Packs packs, TimeProvider clock)
{
    public sealed record Row(string Number, string Service, OrderState State, string? Stage, string Applicant, string? AccountNumber, string? Worker, DateTime AcceptedAtUtc, DateTime? DueUtc, bool IsLate, string AcceptedByName, long FeeFen);

    /// <exception cref="Refused">order.not_found, also for orders outside the person's scope</exception>
    public async Task<OrderView> Of(string number, CancellationToken ct = default)
    {
        current.Require("orders.see");
        var order = await db.ServiceOrders.SeenBy(current).SingleOrDefaultAsync(o => o.Number == number, ct) ?? throw new Refused("order.not_found", number);
        var service = services.Find(order.Service);
        var version = service?.Of(order.Version);
        var steps = await db.OrderSteps.Where(s => s.OrderId == order.Id).OrderBy(s => s.Place).ToListAsync(ct);
        var customer = order.CustomerId is { } id ? await db.Customers.Where(c => c.Id == id).Select(c => c.Number).SingleOrDefaultAsync(ct) : null;
        var visit = order.VisitId is { } visitId ? await db.Set<Reception.Visit>().Where(v => v.Id == visitId).Select(v => v.Number).SingleOrDefaultAsync(ct) : null;
        var hall = await db.Set<Hall>().SingleAsync(h => h.Id == order.HallId, ct);
        var mayAct = current.MayAct(order);
        var isMine = order.WorkerId == current.UserId || current.Can("orders.lead");
        var moves = OrderMoves.Table.Where(m => m.From == order.State && mayAct && current.Can(m.Permission) && m.Action is not (OrderAction.Finish or OrderAction.FinishLast) && MayMove(order, m.Action, isMine)).Select(m => m.Action).ToList();
        var mayFinish = order.State == OrderState.InProgress && mayAct && isMine && current.Can(OrderMoves.Work) && version is not null;
        return new(order, service, version, version?.Stage(order.Stage), hall, customer, visit, steps, await OrderFlow.Owing(db, order, ct), moves, mayFinish, mayAct && current.Can("orders.take") && order.WantsSignature(version), clock.GetUtcNow().UtcDateTime);
    }

    private bool MayMove(ServiceOrder order, OrderAction action, bool isMine) => action switch
    {
        OrderAction.Claim => current.Can("orders.lead") || IsOfMyPost(order),
        OrderAction.Cancel or OrderAction.Reverse or OrderAction.Resubmit or OrderAction.Dispatch => true,
        _ => order.State != OrderState.InProgress || isMine,
    };

    private bool IsOfMyPost(ServiceOrder order) => current.Posts.Any(p => order.Posts.Contains($" {p} ", StringComparison.Ordinal));

    /// <summary>Filters: state (open by default, late, all, or a state), service, from, to.</summary>
    public async Task<(long Total, IReadOnlyList<Row> Rows)> List(ListQuery query, bool all = false, CancellationToken ct = default)
    {
        current.Require("orders.see");
        var now = clock.GetUtcNow().UtcDateTime;
        var orders = db.ServiceOrders.SeenBy(current);
        if (query.Search.Length > 0)
        {
            var words = query.Search.ToUpperInvariant();
            orders = orders.Where(o => o.Number == words || o.AccountNumber == words);
        }

        if (query["service"] is { } service) orders = orders.Where(o => o.Service == service);
        if (query["state"] is { } word && Enum.TryParse<OrderState>(word, out var state) && Enum.IsDefined(state)) orders = orders.Where(o => o.State == state);
        else if (query["state"] == "late") orders = orders.Where(o => o.DueUtc < now);
        else if (query["state"] is not "all" && query.Search.Length == 0) orders = orders.Where(o => o.EndedAtUtc == null);
        if (query.Day("from") is { } from) orders = orders.Where(o => o.AcceptedAtUtc >= LocalTime.UtcOf(from));
        if (query.Day("to") is { } to) orders = orders.Where(o => o.AcceptedAtUtc < LocalTime.UtcOf(to.AddDays(1)));
        var total = await orders.LongCountAsync(ct);
        var sorted = query is { Sort: "accepted", Descending: false } ? orders.OrderBy(o => o.AcceptedAtUtc).ThenBy(o => o.Id) : orders.OrderByDescending(o => o.AcceptedAtUtc).ThenBy(o => o.Id);
        return (total, await Rows(all ? sorted.Take(ListExport.MaxRows) : sorted.PageOf(query), now, ct));
    }

    /// <summary>待办: what waits for one's posts and what one works at, the most urgent first.</summary>
    public async Task<(IReadOnlyList<Row> Mine, IReadOnlyList<Row> Waiting, IReadOnlyList<Row> Returned)> WorkList(CancellationToken ct = default)
    {
        current.Require(OrderMoves.Work);
        var now = clock.GetUtcNow().UtcDateTime;
        var (me, far) = (current.UserId, DateTime.MaxValue.Date);
        var mine = db.ServiceOrders.Where(o => o.WorkerId == me).OrderBy(o => o.DueUtc ?? far).ThenBy(o => o.Id).Take(MostListed);
        // Few orders are open: which are one's post's is looked at here.
        var hall = current.HallId;
        var open = await db.ServiceOrders.SeenBy(current).Where(o => o.State == OrderState.Acknowledged && (hall == null || o.HallId == hall)).OrderBy(o => o.DueUtc ?? far).ThenBy(o => o.Id).Take(MostLooked).ToListAsync(ct);
        var waiting = open.Where(o => current.Can("orders.lead") || IsOfMyPost(o)).Take(MostListed).ToList();
        var returned = db.ServiceOrders.SeenBy(current).Where(o => o.State == OrderState.Pending && (hall == null || o.HallId == hall || o.AcceptedBy == me)).OrderBy(o => o.AcceptedAtUtc).ThenBy(o => o.Id).Take(MostListed);
        return (await Rows(mine, now, ct), [.. waiting.Select(o => RowOf(o, now))], await Rows(returned, now, ct));
    }

    /// <summary>Orders of an account or customer, newest first.</summary>
    public async Task<IReadOnlyList<Row>> Of(long? accountId, Guid? customerId, CancellationToken ct = default)
    {
        if (!current.Can("orders.see")) return [];
        var orders = accountId is not null ? db.ServiceOrders.Where(o => o.AccountId == accountId) : db.ServiceOrders.Where(o => o.CustomerId == customerId);
        return await Rows(orders.SeenBy(current).OrderByDescending(o => o.AcceptedAtUtc).ThenBy(o => o.Id).Take(MostOfAccount), clock.GetUtcNow().UtcDateTime, ct);
    }

    private const int MostListed = 200, MostLooked = 2000, MostOfAccount = 20;

    private async Task<IReadOnlyList<Row>> Rows(IQueryable<ServiceOrder> orders, DateTime now, CancellationToken ct) => [.. (await orders.ToListAsync(ct)).Select(o => RowOf(o, now))];

    private Row RowOf(ServiceOrder o, DateTime now) => new(
        o.Number, services.NameOf(o.Service), o.State, services.Find(o.Service)?.Of(o.Version)?.Stage(o.Stage)?.Name.ToString(), Masked.Name(o.ApplicantName), o.AccountNumber,
        o.WorkerName ?? string.Join('、', o.Posts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => packs.Posts.GetValueOrDefault(p)?.Name.ToString() ?? p)), o.AcceptedAtUtc, o.DueUtc, o.DueUtc < now, o.AcceptedByName, o.FeeFen);
}
