using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Vouchers;

namespace OpenHall.Payments;

/// <summary>Reprint and reversal from the receipt's page.</summary>
static class ReceiptPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/receipt/reprint", async ([FromForm] ReprintReceipt.Command command, ReprintReceipt reprint, CancellationToken ct) =>
        {
            await reprint.Handle(command, ct);
            return Results.LocalRedirect($"/receipt/{Uri.EscapeDataString(command.Number)}/slip?print");
        }).RequireAuthorization("receipts.reprint").ExcludeFromDescription();
        pages.MapPost("/receipt/reverse", async ([FromForm] ReversePayment.Command command, ReversePayment reverse, CollectPayment collect, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var reversed = await reverse.Handle(command, ct);
            // The channel gives its part back after the commit; what it does not answer is asked again before the till closes.
            await collect.Check(command.AccountId, command.PaymentId, ct);
            return Fragment.Go(http, $"/receipt/{reversed.Number[1..]}?account={command.AccountId}", texts["receipt.reversed_said", reversed.Number, new Kernel.Money(reversed.CashBackFen)]);
        }).RequireAuthorization("payments.reverse").ExcludeFromDescription();
    }
}
