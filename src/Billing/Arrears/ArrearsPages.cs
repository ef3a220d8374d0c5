using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Billing;

/// <summary>Doors to the lists of arrears and charges and to the work on suspensions, for pages and programs.</summary>
static class ArrearsPages
{
    public static IReadOnlyList<Column<ArrearsRow>> Columns(Texts texts, ArrearsLadder ladder, UnitNames units) =>
    [
        new("account", texts["customers.account"], r => r.Number),
        new("customer", texts["customers.customer"], r => r.Name),
        new("unit", texts["billing.unit"], r => units.Of(r.UnitPath)) { IsExtra = true },
        new("bills", texts["arrears.bills"], r => r.Bills) { Sorts = true },
        new("oldest", texts["arrears.oldest"], r => r.OldestDue),
        new("days", texts["arrears.days"], r => r.Days) { Sorts = true },
        new("to30", texts["arrears.to30"], r => r.To30) { Sum = r => r.To30 },
        new("to60", texts["arrears.to60"], r => r.To60) { Sum = r => r.To60 },
        new("to90", texts["arrears.to90"], r => r.To90) { Sum = r => r.To90 },
        new("over90", texts["arrears.over90"], r => r.Over90) { Sum = r => r.Over90 },
        new("principal", texts["arrears.principal"], r => r.Principal) { Sorts = true, Sum = r => r.Principal },
        new("latefee", texts["billing.late_fee"], r => r.LateFee) { Sum = r => r.LateFee },
        new("total", texts["arrears.total"], r => r.Total) { Sum = r => r.Total },
        new("step", texts["arrears.step"], r => r.Step is { } step ? ladder.NameOf(step) : null),
    ];

    public static IReadOnlyList<Column<ChargeRow>> Columns(Texts texts, UnitNames units) =>
    [
        new("account", texts["customers.account"], r => r.Number),
        new("customer", texts["customers.customer"], r => r.Name),
        new("unit", texts["billing.unit"], r => units.Of(r.UnitPath)) { IsExtra = true },
        new("bill", texts["charges.bill"], r => r.Bill.Number) { IsExtra = true },
        new("period", texts["billing.period"], r => BillText.Period(r.Bill, texts)),
        new("usage", texts["charges.usage"], r => r.Bill.UsageWh / 1000m),
        new("amount", texts["billing.amount"], r => r.Bill.Amount) { Sum = r => r.Bill.Amount },
        new("paid", texts["billing.paid"], r => r.Bill.Paid) { Sum = r => r.Bill.Paid },
        new("owing", texts["charges.owing"], r => r.Bill.Owing) { Sum = r => r.Bill.Owing },
        new("due", texts["billing.due"], r => r.Bill.DueDate),
        new("state", texts["billing.state"], r => texts["billing.bill_state." + r.Bill.State]),
    ];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/arrears/export", async (HttpRequest request, ArrearsList list, ArrearsLadder ladder, UnitNames units, Texts texts, CancellationToken ct) =>
        {
            var query = ListQuery.Of(request);
            await units.Read(ct);
            return ListExport.Of(query, await list.All(query, ct), Columns(texts, ladder, units), "arrears", texts["arrears.paper", Shown.Text(list.DayOf(query))]);
        }).RequireAuthorization("arrears.see").ExcludeFromDescription();
        pages.MapGet("/charges/export", async (HttpRequest request, ChargeList list, UnitNames units, Texts texts, CancellationToken ct) =>
        {
            var query = ListQuery.Of(request);
            await units.Read(ct);
            return ListExport.Of(query, await list.All(query, ct), Columns(texts, units), "charges", texts["charges.title"]);
        }).RequireAuthorization("charges.see").ExcludeFromDescription();
        pages.MapPost("/arrears/climb", async ([FromForm] Guid requestId, AskClimb ask, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            await ask.Handle(new(requestId), ct);
            return Fragment.Go(http, "/arrears", texts["arrears.asked"]);
        }).RequireAuthorization("arrears.climb").ExcludeFromDescription();
        pages.MapGet("/arrears/suspensions/now", async (bool? over, SuspensionList list, CancellationToken ct) =>
            Fragment.Of<SuspensionTable>(new { Orders = await list.Of(over ?? false, ct) })).RequireAuthorization("arrears.see").ExcludeFromDescription();
        pages.MapPost("/arrears/suspensions/move", async ([FromForm] Guid requestId, [FromForm] long accountId, [FromForm] Guid orderId, [FromForm] SuspensionAction action, [FromForm] string? reason, MoveSuspension move, HttpContext http, CancellationToken ct) =>
        {
            await move.Handle(new(requestId, accountId, orderId, action, reason), ct);
            return Fragment.Go(http, "/arrears/suspensions");
        }).RequireAuthorization("arrears.suspend").ExcludeFromDescription();
    }

    public static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapGet("/arrears", async (HttpRequest request, ArrearsList list, CancellationToken ct) =>
        {
            var query = ListQuery.Of(request);
            var (rows, totals) = await list.Page(query, ct);
            return new
            {
                date = list.DayOf(query), totals.Accounts, totals.Bills, principalFen = totals.Principal.Fen, lateFeeFen = totals.LateFee?.Fen,
                rows = rows.Select(r => new { r.Number, r.Bills, r.OldestDue, r.Days, to30Fen = r.To30.Fen, to60Fen = r.To60.Fen, to90Fen = r.To90.Fen, over90Fen = r.Over90.Fen, lateFeeFen = r.LateFee.Fen, r.Step }),
            };
        }).RequireAuthorization("arrears.see").WithName("arrears").WithTags("Arrears").WithSummary("Accounts with overdue bills; query: date, days, least (yuan), step, q, page, size.");
        api.MapPost("/arrears/climb", (AskClimb.Command command, AskClimb ask, CancellationToken ct) => ask.Handle(command, ct)).RequireAuthorization("arrears.climb").WithName("climbArrears").WithTags("Arrears")
            .WithSummary("Lets the unit's accounts climb the ladder; answers with the id of the look.");
        api.MapGet("/arrears/suspensions", async (bool? over, SuspensionList list, CancellationToken ct) => (await list.Of(over ?? false, ct)).Select(o => new
        {
            o.Id, o.AccountId, o.AccountNumber, o.State, o.OwingFen, o.OrderedOn, o.CarriedOutAtUtc, o.CarriedOutByName, o.PaidAtUtc, o.RestoreByUtc, o.EndedAtUtc, o.EndedByName, o.Reason,
        })).RequireAuthorization("arrears.see").WithName("suspensions").WithTags("Arrears");
        api.MapPost("/arrears/suspensions/move", (MoveSuspension.Command command, MoveSuspension move, CancellationToken ct) => move.Handle(command, ct)).RequireAuthorization("arrears.suspend").WithName("moveSuspension").WithTags("Arrears");
        api.MapGet("/charges", async (HttpRequest request, ChargeList list, CancellationToken ct) =>
        {
            var (rows, totals) = await list.Page(ListQuery.Of(request), ct);
            return new
            {
                totals.Bills, totals.UsageWh, amountFen = totals.Amount.Fen, paidFen = totals.Paid.Fen, owingFen = totals.Owing.Fen,
                rows = rows.Select(r => new { account = r.Number, bill = r.Bill.Number, r.Bill.Period, r.Bill.UsageWh, r.Bill.AmountFen, r.Bill.PaidFen, owingFen = r.Bill.Owing.Fen, r.Bill.DueDate, r.Bill.State }),
            };
        }).RequireAuthorization("charges.see").WithName("charges").WithTags("Bills").WithSummary("Released bills of a month by account; query: period (yyyymm), paid, q, page, size.");
    }

    /// <summary>5 h 12 min of a span, in the reader's language.</summary>
    public static string Span(TimeSpan span, Texts texts) =>
        texts["suspension.span", ((int)span.TotalHours).ToString(CultureInfo.InvariantCulture), span.Minutes.ToString(CultureInfo.InvariantCulture)];
}
