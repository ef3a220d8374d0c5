using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Vouchers;

/// <summary>Posts of the register's page, its export, and the same acts for programs.</summary>
static class VouchersPages
{
    public static IReadOnlyList<Column<Receipt>> Columns(Texts texts) =>
    [
        new("number", texts["vouchers.number"], r => r.Number) { Sorts = true },
        new("state", texts["vouchers.state"], r => texts["receipt.state." + r.State]),
        new("amount", texts["vouchers.amount"], r => r.Amount) { Sorts = true, Sum = r => r.State == ReceiptState.Void ? Money.Zero : r.Amount },
        new("clerk", texts["vouchers.clerk"], r => r.ClerkName) { Sorts = true },
        new("day", texts["vouchers.day"], r => r.BusinessDate),
        new("time", texts["vouchers.time"], r => r.IssuedAtUtc) { Sorts = true },
        new("reprints", texts["vouchers.reprints"], r => r.Reprints),
        new("reason", texts["vouchers.reason"], r => r.VoidReason),
        new("voided_by", texts["vouchers.voided_by"], r => r.VoidedByName) { IsExtra = true },
    ];

    public static void Map(IEndpointRouteBuilder pages)
    {
        var page = pages.MapGroup("/vouchers").ExcludeFromDescription();
        page.MapPost("/receive", async ([FromForm] ReceiveBooks.Command command, ReceiveBooks receive, CancellationToken ct) => await Done(receive.Handle(command, ct))).RequireAuthorization("vouchers.manage");
        page.MapPost("/issue", async ([FromForm] IssueBook.Command command, IssueBook issue, CancellationToken ct) => await Done(issue.Handle(command, ct))).RequireAuthorization("vouchers.manage");
        page.MapPost("/return", async ([FromForm] ReturnBook.Command command, ReturnBook back, CancellationToken ct) => await Done(back.Handle(command, ct))).RequireAuthorization("vouchers.manage");
        page.MapPost("/spoil", async ([FromForm] SpoilNumbers.Command command, SpoilNumbers spoil, CancellationToken ct) => await Done(spoil.Handle(command, ct))).RequireAuthorization("vouchers.void");
        page.MapGet("/export", async (HttpRequest request, ReceiptRegister register, Current me, Texts texts, CancellationToken ct) =>
        {
            var query = ListQuery.Of(request);
            return ListExport.Of(query, await register.Receipts(me.RequireHall(), query).Take(ListExport.MaxRows).ToListAsync(ct), Columns(texts), "receipts", texts["vouchers.register"]);
        }).RequireAuthorization("vouchers.see");
    }

    public static void MapApi(IEndpointRouteBuilder api)
    {
        var books = api.MapGroup("/receipt-books").WithTags("Receipts");
        books.MapPost("/", (ReceiveBooks.Command command, ReceiveBooks receive, CancellationToken ct) => receive.Handle(command, ct)).RequireAuthorization("vouchers.manage").WithName("receiveBooks");
        books.MapPost("/issue", (IssueBook.Command command, IssueBook issue, CancellationToken ct) => issue.Handle(command, ct)).RequireAuthorization("vouchers.manage").WithName("issueBook");
        books.MapPost("/return", (ReturnBook.Command command, ReturnBook back, CancellationToken ct) => back.Handle(command, ct)).RequireAuthorization("vouchers.manage").WithName("returnBook");
        books.MapPost("/spoil", (SpoilNumbers.Command command, SpoilNumbers spoil, CancellationToken ct) => spoil.Handle(command, ct)).RequireAuthorization("vouchers.void").WithName("spoilNumbers");
        books.MapGet("/", async (ReceiptRegister register, CancellationToken ct) => (await register.Books(ct)).Select(BookNow.Of)).RequireAuthorization("vouchers.see").WithName("receiptBooks");
        books.MapGet("/gaps", (HallDb db, Current me, CancellationToken ct) => db.Gaps(me.RequireHall(), ct)).RequireAuthorization("vouchers.see").WithName("receiptGaps");
        api.MapPost("/receipts/reprint", (ReprintReceipt.Command command, ReprintReceipt reprint, CancellationToken ct) => reprint.Handle(command, ct)).RequireAuthorization("receipts.reprint").WithName("reprintReceipt").WithTags("Receipts");
    }

    private static async Task<IResult> Done<T>(Task<T> act)
    {
        await act;
        return Results.NoContent();
    }
}

/// <summary>A receipt book as programs see it.</summary>
public sealed record BookNow(Guid Id, string First, string Last, string Next, ReceiptBookState State, Guid? HallId, Guid? ClerkId, string? ClerkName, long Used, int Void, long Left)
{
    internal static BookNow Of(ReceiptRegister.BookRow row) => new(row.Book.Id, row.Book.Written(row.Book.FirstNumber), row.Book.Written(row.Book.LastNumber), row.Book.NextWritten, row.Book.State,
        row.Book.HallId, row.Book.ClerkId, row.Book.ClerkName, row.Used, row.Void, row.Book.Left);
}
