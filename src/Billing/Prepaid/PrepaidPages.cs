using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Doors to prepaid accounts, for pages and programs.</summary>
static class PrepaidPages
{
    public static IReadOnlyList<Column<PrepaidRow>> Columns(Texts texts) =>
    [
        new("account", texts["customers.account"], r => r.Account.AccountNumber),
        new("customer", texts["customers.customer"], r => r.Name),
        new("level", texts["prepaid.level"], r => texts["prepaid.level." + r.Account.Level]),
        new("left", texts["prepaid.left"], r => r.Account.Left),
        new("days", texts["prepaid.days_left"], r => r.Account.DaysLeft),
        new("day_cost", texts["prepaid.day_cost"], r => new Money(r.Account.DayFen)),
        new("balance", texts["billing.balance"], r => new Money(r.Account.BalanceFen)),
        new("owing", texts["charges.owing"], r => new Money(r.Account.OwingFen)),
        new("alert", texts["prepaid.alert"], r => new Money(r.Account.AlertFen)),
        new("stop", texts["prepaid.stop"], r => new Money(r.Account.StopFen)),
        new("looked", texts["prepaid.at"], r => r.Account.LookedOn),
    ];

    public static BadgeKind Kind(PrepaidLevel level) => level switch { PrepaidLevel.Low => BadgeKind.Warn, PrepaidLevel.Stop => BadgeKind.Bad, _ => BadgeKind.Good };

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/prepaid/export", async (HttpRequest request, PrepaidList list, Texts texts, CancellationToken ct) =>
        {
            var query = ListQuery.Of(request);
            return ListExport.Of(query, await list.All(query, ct), Columns(texts), "prepaid", texts["prepaid.title"]);
        }).RequireAuthorization("arrears.see").ExcludeFromDescription();
        pages.MapPost("/prepaid/set", async ([FromForm] Guid requestId, [FromForm] string accountNumber, [FromForm] bool isOn, [FromForm] string? alert, [FromForm] string? stop, SetPrepaid set, HttpContext http, CancellationToken ct) =>
        {
            await set.Handle(isOn ? new(requestId, accountNumber, true, MoneyText.Read(alert, "Alert").Fen, MoneyText.Read(stop, "Stop").Fen) : new(requestId, accountNumber, false), ct);
            return Fragment.Go(http, "/account/" + accountNumber);
        }).RequireAuthorization("prepaid.set").ExcludeFromDescription();
    }

    public static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapPost("/prepaid", (SetPrepaid.Command command, SetPrepaid set, CancellationToken ct) => set.Handle(command, ct)).RequireAuthorization("prepaid.set").WithName("setPrepaid").WithTags("Prepaid")
            .WithSummary("An account pays ahead, with its limits; or no longer.");
        api.MapGet("/prepaid", async (HttpRequest request, PrepaidList list, CancellationToken ct) =>
        {
            var (rows, total, totals) = await list.Page(ListQuery.Of(request), ct);
            return new
            {
                total, totals.Accounts, totals.Low, totals.Stop,
                rows = rows.Select(r => new { r.Account.AccountId, r.Account.AccountNumber, r.Account.Level, r.Account.LeftFen, r.Account.DaysLeft, r.Account.DayFen, r.Account.BalanceFen, r.Account.OwingFen, r.Account.AlertFen, r.Account.StopFen, r.Account.LookedOn }),
            };
        }).RequireAuthorization("arrears.see").WithName("prepaidAccounts").WithTags("Prepaid").WithSummary("Prepaid accounts that are low; query: q, level (Low, Stop, Enough, all), page, size.");
    }
}
