using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Posts of the pages of shift and settlement.</summary>
static class TillPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var shift = pages.MapGroup("/shift").RequireAuthorization("tills.open").ExcludeFromDescription();
        shift.MapPost("/open", async (IFormCollection form, OpenTill open, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var opened = await open.Handle(new(Id(form, "RequestId"), Pieces(form), Id(form, "ReceiptBookId"), Number(form, "NextReceipt")), ct);
            return Fragment.Go(http, "/", texts["shift.opened_said", opened.NextReceipt]);
        });
        shift.MapPost("/close", async (IFormCollection form, CloseTill close, CancellationToken ct) =>
        {
            await close.Handle(new(Id(form, "RequestId"), Id(form, "TillSessionId"), Pieces(form)), ct);
            return Results.LocalRedirect("/shift");
        });
        shift.MapPost("/book", async (IFormCollection form, StartReceiptBook start, CancellationToken ct) =>
        {
            await start.Handle(new(Id(form, "RequestId"), Id(form, "ReceiptBookId"), Number(form, "NextReceipt")), ct);
            return Results.NoContent();
        });
        shift.MapPost("/ask", async ([FromForm] long accountId, [FromForm] Guid paymentId, CollectPayment collect, CancellationToken ct) =>
        {
            await collect.Check(accountId, paymentId, ct);
            return Results.NoContent();
        });
        var settlement = pages.MapGroup("/settlement").RequireAuthorization("tills.settlement").ExcludeFromDescription();
        settlement.MapGet("/table", async (Guid hall, DateOnly? date, SettlementBoard board, CancellationToken ct) => Fragment.Of<SettlementTable>(new { Board = await board.Of(hall, date, ct) }));
        settlement.MapPost("/close", async (IFormCollection form, CloseTillFor close, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var settled = await close.Handle(new(Id(form, "RequestId"), Id(form, "TillSessionId"), Pieces(form), form["Reason"].ToString()), ct);
            return Fragment.Go(http, "/settlement", texts["settlement.closed_said", new Money(settled.CountedFen), new Money(settled.ExpectedFen), new Money(settled.DifferenceFen)]);
        }).RequireAuthorization("tills.close_for");
        settlement.MapPost("/reopen", async ([FromForm] ReopenTill.Command command, ReopenTill reopen, CancellationToken ct) =>
        {
            await reopen.Handle(command, ct);
            return Results.NoContent();
        });
    }

    /// <summary><c>Pieces[10000]</c>; an empty field is none.</summary>
    internal static Dictionary<int, int> Pieces(IFormCollection form)
    {
        var pieces = new Dictionary<int, int>();
        foreach (var (name, value) in form)
        {
            if (!name.StartsWith("Pieces[", StringComparison.Ordinal) || string.IsNullOrWhiteSpace(value)) continue;
            var isRead = int.TryParse(name.AsSpan(7, name.Length - 8), CultureInfo.InvariantCulture, out var worth);
            Refused.IfField(!isRead | !int.TryParse(value.ToString().Normalize(System.Text.NormalizationForm.FormKC).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count), name, "till.pieces_invalid", CashCount.MaxPieces);
            pieces[worth] = count;
        }

        return pieces;
    }

    internal static Guid Id(IFormCollection form, string field) => Guid.TryParse(form[field], out var id) ? id : throw new Refused("request.unreadable");

    private static long Number(IFormCollection form, string field)
    {
        var digits = string.Concat(form[field].ToString().Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsAsciiDigit));
        // The printed number ends in eight digits; a prefix may have digits of its own.
        if (digits.Length > 8) digits = digits[^8..];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new Refused("receipt_book.number_missing") { Field = field };
    }
}
