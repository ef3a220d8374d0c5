using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Reception;
using OpenHall.Vouchers;

namespace OpenHall.Payments;

/// <summary>Fragments and posts of the workbench.</summary>
static class WorkbenchPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup("/workbench").RequireAuthorization("payments.take").ExcludeFromDescription();
        desk.MapGet("/hits", async (HttpRequest request, FindAccounts find, CancellationToken ct) =>
            SearchWords.Of(request) is var words ? Fragment.Of<DeskHits>(new { Asked = words, Hits = await find.Find(words, ct) }) : null);
        desk.MapGet("/desk", async (string account, AccountDesk of, CancellationToken ct) => Fragment.Of<DeskCard>(new { View = await of.Of(account, ct) }));
        desk.MapPost("/visit", async ([FromForm] IdentifyVisit.Command command, IdentifyVisit identify, CancellationToken ct) =>
        {
            // The visitor may have left, or the queue may not be this clerk's: the payment does not depend on it.
            await Refusals.Catch(() => identify.Handle(command, ct));
            return Results.NoContent();
        });
        desk.MapPost("/pay", async (IFormCollection form, CollectPayment collect, HallDb db, Current me, CancellationToken ct) =>
            await Card(await collect.Handle(PayForm.Read(form), ct), db, me, ct));
        desk.MapGet("/paid", async (long account, Guid payment, CollectPayment collect, HallDb db, Current me, CancellationToken ct) => await Card(await collect.Check(account, payment, ct), db, me, ct));
    }

    private static async Task<IResult> Card(PaymentResult result, HallDb db, Current me, CancellationToken ct)
    {
        var reason = result.State != PaymentState.Failed ? null
            : await db.Payments.Where(p => p.Bucket == Books.BucketOf(result.AccountId) && p.Id == result.PaymentId).Select(p => p.FailReason).SingleOrDefaultAsync(ct);
        var book = result.State != PaymentState.Confirmed ? null
            : await db.ReceiptBooks.SingleOrDefaultAsync(b => db.Set<TillSession>().Any(t => t.ReceiptBookId == b.Id && t.ClerkId == me.UserId && t.State == TillState.Open), ct);
        return Fragment.Of<PaidCard>(new { Result = result, FailReason = reason, NextReceipt = book is { Left: > 0 } ? book.NextWritten : null });
    }
}
