using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Catalog;

namespace OpenHall.Orders;

/// <summary>Services and orders by HTTP.</summary>
static class OrdersApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/services/business", (BusinessServices services) => services.All.Select(s => new
        {
            s.Code, Name = s.Name.ToString(), s.Queue, s.About,
            Versions = s.Versions.Select(v => new
            {
                v.From, Fields = v.Fields.Select(Told), Papers = v.Papers.Select(p => new { p.Code, Name = p.Name.ToString(), p.IsNeeded, p.Who }), Fees = v.Fees.Select(f => new { f.Code, Name = f.Name.ToString(), AmountFen = f.Amount.Fen, f.Per, f.At }),
                Stages = v.Stages.Select(t => new { t.Code, Name = t.Name.ToString(), t.Posts, t.Days, t.Hours, Fields = t.Fields.Select(Told), t.Effect, t.NeedsPaid }), v.ValidMonths,
            }),
        })).WithTags("Orders").WithSummary("Services of the packs in use: form, papers, fees, stages, in versions by date.");
        var orders = api.MapGroup("/orders").WithTags("Orders");
        orders.MapGet("/", async (HttpRequest request, OrderFile file, CancellationToken ct) =>
        {
            var (total, rows) = await file.List(ListQuery.Of(request), ct: ct);
            return new { total, rows };
        }).RequireAuthorization("orders.see").WithSummary("Orders, page by page: q (order or account number), state (late and all too), service, from, to, page, size.");
        orders.MapGet("/work", async (OrderFile file, CancellationToken ct) =>
        {
            var (mine, waiting, returned) = await file.WorkList(ct);
            return new { mine, waiting, returned };
        }).RequireAuthorization("orders.work").WithSummary("The caller's work list.");
        orders.MapGet("/{number}", async (string number, OrderFile file, CancellationToken ct) => Told(await file.Of(number, ct))).RequireAuthorization("orders.see").WithSummary("One order with its time line; personal data masked.");
        orders.MapPost("/", (AcceptOrder.Command command, AcceptOrder accept, CancellationToken ct) => accept.Handle(command, ct)).RequireAuthorization("orders.take").WithSummary("Accepts an order: form, papers, agent.");
        orders.MapPost("/finish", (FinishStage.Command command, FinishStage finish, CancellationToken ct) => finish.Handle(command, ct)).RequireAuthorization("orders.work").WithSummary("Finishes the stage an order stands at.");
        orders.MapPost("/move", (MoveOrder.Command command, MoveOrder move, CancellationToken ct) => move.Handle(command, ct)).WithSummary("Claims, puts back, returns, resubmits, holds, resumes, dispatches, transfers, fails or cancels an order.");
        orders.MapPost("/reverse", (ReverseOrder.Command command, ReverseOrder reverse, CancellationToken ct) => reverse.Handle(command, ct)).RequireAuthorization("orders.reverse").WithSummary("Takes a completed order back whole; another person has to approve.");
        orders.MapPost("/note", (NoteOrder.Command command, NoteOrder note, CancellationToken ct) => note.Handle(command, ct)).RequireAuthorization("orders.see").WithSummary("Adds a note or an answer.");
        orders.MapPost("/sign", (SignOrder.Command command, SignOrder sign, CancellationToken ct) => sign.Handle(command, ct)).RequireAuthorization("orders.take").WithSummary("Keeps the customer's signature, attached before (/attachments, ownerKind order).");
    }

    private static object Told(FormField f) => new { f.Code, Name = f.Name.ToString(), f.Kind, f.IsNeeded, f.Least, f.Most, f.Unit, Choices = f.Choices.Select(c => new { c.Value, Name = c.Name.ToString() }) };

    private static object Told(OrderView v) => new
    {
        v.Order.Number, v.Order.Service, v.Order.Version, v.Order.State, v.Order.Stage, Applicant = v.MaskedName, v.CustomerNumber, v.Order.AccountNumber, v.Order.AcceptedAtUtc, v.Order.AcceptedByName, v.Order.DueUtc, v.Order.WorkerName,
        v.Order.FeeFen, OwingFen = v.Owing.Fen, FeeBills = v.Order.FeeBillNumbers, v.Order.EndedAtUtc, v.Order.ValidUntil,
        Data = v.Version?.AllFields.Where(f => v.Order.Data.ContainsKey(f.Code)).ToDictionary(f => f.Code, f => f.Shown(v.Order.Data[f.Code])),
        Steps = v.Steps.Select(s => new { s.AtUtc, s.Kind, s.Stage, s.State, s.StaffName, s.Words }), v.Moves,
    };
}
