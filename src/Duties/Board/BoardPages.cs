using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>Fragments, files and posts of the board, its lists, repairs and codes.</summary>
static class BoardPages
{
    public static IReadOnlyList<Column<DutyList.Row>> Columns(Texts texts) =>
    [
        new("date", texts["duty.date"], r => r.Date),
        new("hall", texts["duty.hall"], r => r.Hall),
        new("post", texts["duty.post"], r => r.Post),
        new("name", texts["duty.name"], r => r.Name),
        new("code", texts["duty.code"], r => r.Code) { IsExtra = true },
        new("from", texts["duty.from"], r => r.FromUtc) { IsExtra = true },
        new("due", texts["duty.due"], r => r.DueUtc) { Sorts = true },
        new("state", texts["duty.state"], r => texts["duty.row." + r.State]),
        new("ended", texts["duty.at"], r => r.EndedAtUtc),
        new("by", texts["duty.by"], r => r.By),
        new("minutes", texts["duty.late_minutes"], r => r.LateMinutes) { IsFigure = true },
        new("faults", texts["duty.fault_count"], r => r.Faults) { IsExtra = true },
        new("remark", texts["duty.remark"], r => r.Remark),
    ];

    public static IReadOnlyList<Column<FaultList.Row>> Columns(Texts texts, Microsoft.AspNetCore.Components.RenderFragment<FaultList.Row>? state = null) =>
    [
        new("where", texts["fault.where"], r => r.Where),
        new("what", texts["fault.what"], r => r.What),
        new("kind", texts["fault.kind"], r => texts["fault.kind." + r.Kind]),
        new("hall", texts["duty.hall"], r => r.Hall),
        new("found", texts["fault.found"], r => r.FoundAtUtc) { Sorts = true },
        new("finder", texts["fault.finder"], r => r.FoundByName),
        new("state", texts["duty.state"], r => texts["fault.state." + r.State]) { Cell = state },
        new("owner", texts["fault.owner"], r => r.Owner),
        new("due", texts["fault.due"], r => r.DueOn),
        new("outcome", texts["fault.outcome"], r => r.Outcome),
        new("ended", texts["fault.ended"], r => r.EndedAtUtc) { IsExtra = true },
    ];

    public static IReadOnlyList<Column<DutyScores.Row>> ScoreColumns(Texts texts) =>
    [
        new("hall", texts["duty.hall"], r => r.Hall),
        new("post", texts["duty.post"], r => r.PostName),
        new("all", texts["duties.all"], r => r.Figures.All),
        new("done", texts["duty.row.done"], r => r.Figures.InTime),
        new("late", texts["duty.row.late"], r => r.Figures.Late),
        new("missed", texts["duty.row.missed"], r => r.Figures.Missed),
        new("excepted", texts["duty.row.excepted"], r => r.Figures.Excepted),
        new("open", texts["duty.row.open"], r => r.Figures.Open),
        new("score", texts["duties.score"], r => r.Figures.Score),
    ];

    public static void Map(IEndpointRouteBuilder pages)
    {
        var board = pages.MapGroup("/duties").RequireAuthorization("duties.see").ExcludeFromDescription();
        board.MapGet("/now", async (Guid hall, DateOnly? date, DutyBoard duties, HttpRequest request, CancellationToken ct) =>
        {
            var view = await duties.Of(hall, date, ct);
            return request.Headers["X-Version"] == view.Version ? Results.NoContent() : Fragment.Of<BoardTable>(new { View = view });
        });
        board.MapGet("/list/export", async (HttpRequest request, DutyList list, Texts texts, CancellationToken ct) =>
        {
            var query = ListQuery.Of(request);
            return ListExport.Of(query, (await list.Find(query, all: true, ct)).Rows, Columns(texts), "duties", texts["duties.list"]);
        });
        board.MapGet("/month/export", async (HttpRequest request, Guid? hall, int? year, int? month, DutyScores scores, Texts texts, CancellationToken ct) =>
        {
            var found = await scores.Of(hall, year, month, ct);
            return ListExport.Of(ListQuery.Of(request), found.Rows, ScoreColumns(texts), $"duties-{found.Year}-{found.Number:00}", texts["duties.month_title", found.Year, found.Number]);
        });
        board.MapGet("/faults/export", async (HttpRequest request, FaultList list, Texts texts, CancellationToken ct) =>
        {
            var query = ListQuery.Of(request);
            return ListExport.Of(query, (await list.Find(query, all: true, ct)).Rows, Columns(texts, null), "faults", texts["fault.title"]);
        });

        var lead = pages.MapGroup("/duties").RequireAuthorization("duties.lead").ExcludeFromDescription();
        lead.MapPost("/faults/move", async ([FromForm] MoveFault.Command command, MoveFault move, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var state = await move.Handle(command, ct);
            return Fragment.Go(http, "/duties/faults", texts["fault.said." + state]);
        });
        lead.MapPost("/spots/renew", async ([FromForm] RenewSpot.Command command, RenewSpot renew, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            await renew.Handle(command, ct);
            return Fragment.Go(http, $"/duties/spots?hall={command.HallId}", texts["spot.renewed"]);
        });
    }
}
