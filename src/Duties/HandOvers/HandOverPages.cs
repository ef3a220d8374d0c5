using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>Posts of the hand-over's pages, and the same acts for programs.</summary>
static class HandOverPages
{
    public static IReadOnlyList<Column<HandOverRow>> Columns(Texts texts, Microsoft.AspNetCore.Components.RenderFragment<HandOverRow>? state = null) =>
    [
        new("date", texts["duty.date"], r => r.Date),
        new("hall", texts["duty.hall"], r => r.Hall),
        new("counter", texts["handover.counter"], r => r.Counter),
        new("giver", texts["handover.giver"], r => r.Giver),
        new("taker", texts["handover.taker"], r => r.Taker),
        new("given", texts["handover.given"], r => r.GivenAtUtc) { Sorts = true },
        new("state", texts["duty.state"], r => texts["handover.state." + r.State]) { Cell = state },
        new("ended", texts["handover.signed_at"], r => r.EndedAtUtc),
        new("differences", texts["handover.differences"], r => r.Differences) { IsFigure = true },
        new("words", texts["duty.reason"], r => r.Words) { IsExtra = true },
    ];

    public static void Map(IEndpointRouteBuilder pages)
    {
        var mine = pages.MapGroup("/hand-over").RequireAuthorization("duties.hand_over").ExcludeFromDescription();
        mine.MapPost("/give", async (IFormCollection form, GiveHandOver give, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            Guid? giver = Guid.TryParse(form["GiverId"], out var id) ? id : null;
            var taker = Guid.TryParse(form["TakerId"], out var to) ? to : Guid.Empty;
            await give.Handle(new(RequestOf(form), taker, Counts(form), form["Words"], giver, form["Reason"]), ct);
            return Fragment.Go(http, "/hand-over", texts["handover.said_given"]);
        });
        mine.MapPost("/sign", async (IFormCollection form, SignHandOver sign, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var sheet = Guid.TryParse(form["HandOverId"], out var id) ? id : Guid.Empty;
            var differences = await sign.Handle(new(RequestOf(form), sheet, Counts(form)), ct);
            return Fragment.Go(http, $"/hand-over/{sheet}", texts[differences == 0 ? "handover.said_signed" : "handover.said_differs", differences]);
        });
        mine.MapPost("/drop", async ([FromForm] DropHandOver.Command command, DropHandOver drop, HttpContext http, Texts texts, CancellationToken ct) =>
            Fragment.Go(http, "/hand-over", texts["handover.state." + await drop.Handle(command, ct)]));
        pages.MapGet("/duties/hand-overs/export", async (HttpRequest request, HandOverView view, Texts texts, CancellationToken ct) =>
        {
            var query = ListQuery.Of(request);
            return ListExport.Of(query, (await view.Find(query, all: true, ct)).Rows, Columns(texts), "hand-overs", texts["handover.list"]);
        }).RequireAuthorization("duties.see").ExcludeFromDescription();
    }

    public static void MapApi(IEndpointRouteBuilder api)
    {
        var sheets = api.MapGroup("/hand-overs").WithTags("Duties");
        sheets.MapGet("/mine", async (Guid? giver, HandOverView view, CancellationToken ct) =>
        {
            var page = await view.Of(giver, ct);
            // What is counted blind is not told to programs either.
            return new { Draft = page.Draft is { } draft ? new { draft.GiverId, draft.GiverName, draft.CounterName, draft.IsTillOpen, Lines = draft.Items.Select(i => new { Key = $"{i.Kind}:{i.Key}", Name = i.Name.ToString(), Expected = i.IsBlind ? (long?)null : i.Expected }) } : null, Waiting = page.Waiting.Select(Told), page.Mine };
        }).WithSummary("What the caller has in hand to be counted, and the sheets that wait for the caller's signature.");
        sheets.MapGet("/", async (HttpRequest request, HandOverView view, CancellationToken ct) =>
        {
            var (total, rows) = await view.Find(ListQuery.Of(request), ct: ct);
            return new { total, rows };
        }).WithSummary("Hand-over sheets; hall, state, from, to, differs=yes, sort, page, size.");
        sheets.MapPost("/give", (GiveHandOver.Command command, GiveHandOver give, CancellationToken ct) => give.Handle(command, ct)).WithSummary("Counts what one has in hand and signs it over to a colleague.");
        sheets.MapPost("/sign", (SignHandOver.Command command, SignHandOver sign, CancellationToken ct) => sign.Handle(command, ct)).WithSummary("Counts it anew and signs; answers the lines that differ.");
        sheets.MapPost("/drop", (DropHandOver.Command command, DropHandOver drop, CancellationToken ct) => drop.Handle(command, ct)).WithSummary("Sends a sheet back (taker) or withdraws it (giver, lead), with a reason.");
    }

    private static object Told(HandOverView.Sheet sheet) => new { sheet.HandOver.Id, sheet.HandOver.GiverName, sheet.HandOver.GivenAtUtc, sheet.HandOver.Words, Lines = sheet.Lines.Select(l => new { Key = $"{l.Kind}:{l.Key}", Name = l.Name.ToString() }) };

    private static Guid RequestOf(IFormCollection form) => Guid.TryParse(form["RequestId"], out var id) ? id : Guid.Empty;

    private static List<HandOverCount> Counts(IFormCollection form) =>
        [.. form["Key"].OfType<string>().Select(key => new HandOverCount(key, CountOf(key, form["Count-" + key]), form["Words-" + key]))];

    private static long? CountOf(string key, string? typed) => string.IsNullOrWhiteSpace(typed) ? null
        : key.StartsWith(nameof(HandOverKind.Cash), StringComparison.Ordinal) ? MoneyText.Read(typed, "Count-" + key).Fen
        : long.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
