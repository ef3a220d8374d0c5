using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Halls;

/// <summary>Halls and their day by HTTP.</summary>
static class HallsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var halls = api.MapGroup("").WithTags("Halls");
        halls.MapGet("/halls", async (HallDb db, Current current, CancellationToken ct) =>
            await db.HallsInReach(current).OrderBy(h => h.Path).Select(h => new { h.Id, h.Code, h.Path, h.NameZh, h.NameEn, h.Address, h.Phone, h.Periods, h.Weekdays }).ToListAsync(ct)).WithSummary("Halls within the caller's data scope.");
        halls.MapPost("/org-units", (AddUnit.Command command, AddUnit add, CancellationToken ct) => add.Handle(command, ct)).WithSummary("Adds a province or city.");
        halls.MapPost("/org-units/rename", (RenameUnit.Command command, RenameUnit rename, CancellationToken ct) => rename.Handle(command, ct)).WithSummary("Renames a province or city.");
        halls.MapPost("/halls", (AddHall.Command command, AddHall add, CancellationToken ct) => add.Handle(command, ct)).WithSummary("Adds a hall below a city.");
        halls.MapPost("/halls/change", (ChangeHall.Command command, ChangeHall change, CancellationToken ct) => change.Handle(command, ct)).WithSummary("Changes a hall's name, address and opening hours.");
        halls.MapPost("/halls/special-day", (SetSpecialDay.Command command, SetSpecialDay set, CancellationToken ct) => set.Handle(command, ct)).WithSummary("Opens or closes a hall on one day against its weekdays.");
        halls.MapPost("/counters", (AddCounter.Command command, AddCounter add, CancellationToken ct) => add.Handle(command, ct)).WithSummary("Adds a counter.");
        halls.MapPost("/counters/change", (ChangeCounter.Command command, ChangeCounter change, CancellationToken ct) => change.Handle(command, ct)).WithSummary("Changes or retires a counter.");
        halls.MapPost("/devices", (AddDevice.Command command, AddDevice add, CancellationToken ct) => add.Handle(command, ct)).WithSummary("Adds a kiosk, board, second screen or printer.");
        halls.MapPost("/devices/change", (ChangeDevice.Command command, ChangeDevice change, CancellationToken ct) => change.Handle(command, ct)).WithSummary("Changes a device; a new key ends its old link.");

        var day = api.MapGroup("").WithTags("Business day");
        day.MapGet("/halls/{hallId:guid}/day", async (Guid hallId, DayBoard board, TimeProvider clock, Texts texts, CancellationToken ct) =>
        {
            var now = await board.Of(hallId, DateOnly.FromDateTime(LocalTime.At(clock.GetUtcNow().UtcDateTime)), ct);
            return new
            {
                now.Day, now.MayClose, now.NextDay, now.NextWorkDay,
                Conditions = now.Conditions.Select(c => new { c.Code, c.IsGreen, Findings = c.Findings.Select(f => new { f.TextKey, Text = texts[f.TextKey, f.Values], f.Href }) }),
            };
        }).WithSummary("The hall's business day with every condition of its closing.");
        day.MapPost("/days/prepare", (PrepareDay.Command command, PrepareDay prepare, CancellationToken ct) => prepare.Handle(command, ct)).WithSummary("Sets a hall on its first business day.");
        day.MapPost("/days/open", (OpenBusinessDay.Command command, OpenBusinessDay open, CancellationToken ct) => open.Handle(command, ct)).WithSummary("Opens the prepared day.");
        day.MapPost("/days/stop-visitors", (StartClosing.Command command, StartClosing stop, CancellationToken ct) => stop.Handle(command, ct)).WithSummary("Takes no new visitors, or takes them again.");
        day.MapPost("/days/close", (CloseBusinessDay.Command command, CloseBusinessDay close, CancellationToken ct) => close.Handle(command, ct)).WithSummary("Closes the day when every condition is green.");
        day.MapPost("/days/reopen", (ReopenBusinessDay.Command command, ReopenBusinessDay reopen, CancellationToken ct) => reopen.Handle(command, ct)).WithSummary("Reopens the last closed day; another person has to approve.");
    }
}
