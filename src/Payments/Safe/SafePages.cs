using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Posts of the pages of safe and deposit, and the same acts for programs.</summary>
static class SafePages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var safe = pages.MapGroup("/safe").ExcludeFromDescription();
        safe.MapPost("/fetch", async ([FromForm] Guid requestId, [FromForm] string? amount, [FromForm] string? reference, FetchCash fetch, CancellationToken ct) =>
            await Done(fetch.Handle(new(requestId, MoneyText.Read(amount, "Amount").Fen, reference ?? ""), ct))).RequireAuthorization("safe.keep");
        safe.MapPost("/count", async (IFormCollection form, CountSafe count, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var counted = await count.Handle(new(TillPages.Id(form, "RequestId"), TillPages.Pieces(form)), ct);
            return Fragment.Go(http, "/safe", texts["safe.counted_said", new Money(counted.CountedFen), new Money(counted.DifferenceFen)]);
        }).RequireAuthorization("safe.keep");
        safe.MapPost("/issue", async ([FromForm] Guid requestId, [FromForm] Guid clerkId, [FromForm] string? amount, IssueCash issue, CancellationToken ct) =>
            await Done(issue.Handle(new(requestId, clerkId, MoneyText.Read(amount, "Amount").Fen), ct))).RequireAuthorization("safe.keep");
        safe.MapPost("/hand-in", async ([FromForm] Guid requestId, [FromForm] string? amount, HandInCash handIn, CancellationToken ct) =>
            await Done(handIn.Handle(new(requestId, string.IsNullOrWhiteSpace(amount) ? null : MoneyText.Read(amount, "Amount").Fen), ct))).RequireAuthorization("tills.open");
        safe.MapPost("/end", async ([FromForm] EndTransfer.Command command, EndTransfer end, CancellationToken ct) => await Done(end.Handle(command, ct))).RequireAuthorization();
        safe.MapGet("/export", async (HttpRequest request, SafeDesk desk, Texts texts, CancellationToken ct) =>
        {
            var query = ListQuery.Of(request);
            return ListExport.Of(query, await desk.Movements(query).Take(ListExport.MaxRows).ToListAsync(ct), Columns(texts), "safe", texts["safe.movements"]);
        }).RequireAuthorization("safe.see");
        safe.MapPost("/deposit", async ([FromForm] Guid requestId, [FromForm] string? amount, PrepareDeposit prepare, CancellationToken ct) =>
            await Done(prepare.Handle(new(requestId, MoneyText.Read(amount, "Amount").Fen), ct))).RequireAuthorization("safe.keep");
        safe.MapPost("/sign", async ([FromForm] SignDeposit.Command command, SignDeposit sign, CancellationToken ct) => await Done(sign.Handle(command, ct))).RequireAuthorization("safe.keep");
        safe.MapPost("/carry", async ([FromForm] CarryDeposit.Command command, CarryDeposit carry, CancellationToken ct) => await Done(carry.Handle(command, ct))).RequireAuthorization("safe.escort");
        safe.MapPost("/slip", async ([FromForm] EnterSlip.Command command, EnterSlip slip, CancellationToken ct) => await Done(slip.Handle(command, ct))).RequireAuthorization("safe.keep");
        safe.MapPost("/cancel", async ([FromForm] CancelDeposit.Command command, CancelDeposit cancel, CancellationToken ct) => await Done(cancel.Handle(command, ct))).RequireAuthorization("safe.keep");
    }

    public static IReadOnlyList<Column<SafeMovement>> Columns(Texts texts) =>
    [
        new("time", texts["safe.time"], m => LocalTime.DayAndTime(m.AtUtc)),
        new("kind", texts["safe.kind"], m => texts["safe.kind." + m.Kind]),
        new("amount", texts["safe.amount"], m => new Money(m.AmountFen)),
        new("balance", texts["safe.balance"], m => new Money(m.BalanceFen)),
        new("reference", texts["safe.reference"], m => m.Reference),
        new("by", texts["safe.by"], m => m.ByName),
    ];

    public static void MapApi(IEndpointRouteBuilder api)
    {
        var safe = api.MapGroup("/safe").WithTags("Safe");
        safe.MapGet("/", async (SafeDesk desk, CancellationToken ct) => SafeNow.Of(await desk.Of(ct))).RequireAuthorization("safe.see").WithName("safe");
        safe.MapPost("/fetch", (FetchCash.Command command, FetchCash fetch, CancellationToken ct) => fetch.Handle(command, ct)).RequireAuthorization("safe.keep").WithName("fetchCash");
        safe.MapPost("/count", (CountSafe.Command command, CountSafe count, CancellationToken ct) => count.Handle(command, ct)).RequireAuthorization("safe.keep").WithName("countSafe");
        safe.MapPost("/issue", (IssueCash.Command command, IssueCash issue, CancellationToken ct) => issue.Handle(command, ct)).RequireAuthorization("safe.keep").WithName("issueCash");
        safe.MapPost("/hand-in", (HandInCash.Command command, HandInCash handIn, CancellationToken ct) => handIn.Handle(command, ct)).RequireAuthorization("tills.open").WithName("handInCash");
        safe.MapPost("/transfers/end", (EndTransfer.Command command, EndTransfer end, CancellationToken ct) => end.Handle(command, ct)).RequireAuthorization().WithName("endTransfer");
        var deposits = api.MapGroup("/deposits").WithTags("Safe");
        deposits.MapPost("/", (PrepareDeposit.Command command, PrepareDeposit prepare, CancellationToken ct) => prepare.Handle(command, ct)).RequireAuthorization("safe.keep").WithName("prepareDeposit");
        deposits.MapPost("/sign", (SignDeposit.Command command, SignDeposit sign, CancellationToken ct) => sign.Handle(command, ct)).RequireAuthorization("safe.keep").WithName("signDeposit");
        deposits.MapPost("/carry", (CarryDeposit.Command command, CarryDeposit carry, CancellationToken ct) => carry.Handle(command, ct)).RequireAuthorization("safe.escort").WithName("carryDeposit");
        deposits.MapPost("/slip", (EnterSlip.Command command, EnterSlip slip, CancellationToken ct) => slip.Handle(command, ct)).RequireAuthorization("safe.keep").WithName("enterSlip");
        deposits.MapPost("/cancel", (CancelDeposit.Command command, CancelDeposit cancel, CancellationToken ct) => cancel.Handle(command, ct)).RequireAuthorization("safe.keep").WithName("cancelDeposit");
    }

    private static async Task<IResult> Done<T>(Task<T> act)
    {
        await act;
        return Results.NoContent();
    }
}

/// <summary>A hall's safe as programs see it.</summary>
public sealed record SafeNow(long BalanceFen, long TakingsFen, IReadOnlyList<SafeNow.Transfer> Waiting, IReadOnlyList<SafeNow.Deposit> Deposits)
{
    public sealed record Transfer(Guid Id, TransferKind Kind, string Clerk, long AmountFen, string OfferedBy, DateTime OfferedAtUtc);

    public sealed record Deposit(Guid Id, string Number, DateOnly BusinessDate, long AmountFen, DepositState State, string? CarriedBy, string? Escort, string? SlipNumber);

    internal static SafeNow Of(SafeDesk.View v) => new(v.BalanceFen, v.TakingsFen, [.. v.Waiting.Select(t => new Transfer(t.Id, t.Kind, t.ClerkName, t.AmountFen, t.OfferedByName, t.OfferedAtUtc))],
        [.. v.Deposits.Select(d => new Deposit(d.Id, d.Number, d.BusinessDate.Day, d.AmountFen, d.State, d.CarriedByName, d.EscortName, d.SlipNumber))]);
}
