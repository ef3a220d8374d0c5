using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;

namespace OpenHall.Halls;

/// <summary>Posts of the pages of halls and their day.</summary>
public static class HallsPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var day = pages.MapGroup("/day").RequireAuthorization("day.see").ExcludeFromDescription();
        day.MapGet("/conditions", async (Guid hall, DayBoard board, TimeProvider clock, HttpRequest request, CancellationToken ct) =>
        {
            var now = await board.Of(hall, DateOnly.FromDateTime(LocalTime.At(clock.GetUtcNow().UtcDateTime)), ct);
            return request.Headers["X-Version"] == now.Version ? Results.NoContent() : Fragment.Of<DayConditionList>(new { Board = now });
        });
        day.MapPost("/prepare", async ([FromForm] PrepareDay.Command command, PrepareDay prepare, HttpContext http, CancellationToken ct) =>
        {
            await prepare.Handle(command, ct);
            return Here(http, command.HallId);
        });
        day.MapPost("/open", async ([FromForm] OpenBusinessDay.Command command, OpenBusinessDay open, HttpContext http, Texts texts, CancellationToken ct) =>
            Here(http, null, texts["day.said_open", await open.Handle(command, ct)]));
        day.MapPost("/stop", async ([FromForm] StartClosing.Command command, StartClosing stop, HttpContext http, CancellationToken ct) =>
        {
            await stop.Handle(command, ct);
            return Here(http, null);
        });
        day.MapPost("/close", async ([FromForm] CloseBusinessDay.Command command, CloseBusinessDay close, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var closed = await close.Handle(command, ct);
            return Here(http, null, texts["day.said_closed", closed.Date, closed.Next]);
        });
        day.MapPost("/reopen", async ([FromForm] ReopenBusinessDay.Command command, ReopenBusinessDay reopen, HttpContext http, Texts texts, CancellationToken ct) =>
            Here(http, null, texts["day.said_reopened", await reopen.Handle(command, ct)]));

        var admin = pages.MapGroup("/admin/halls").RequireAuthorization("admin.halls").ExcludeFromDescription();
        admin.MapPost("/units/add", async ([FromForm] AddUnit.Command command, AddUnit add, HttpContext http, CancellationToken ct) =>
        {
            await add.Handle(command, ct);
            return Fragment.Go(http, "/admin/halls");
        });
        admin.MapPost("/units/rename", async ([FromForm] RenameUnit.Command command, RenameUnit rename, HttpContext http, CancellationToken ct) =>
        {
            await rename.Handle(command, ct);
            return Fragment.Go(http, "/admin/halls");
        });
        admin.MapPost("/add", async ([FromForm] HallForm form, AddHall add, HttpContext http, CancellationToken ct) =>
            Fragment.Go(http, $"/admin/halls/{await add.Handle(new(form.RequestId, form.CityId, form.Code ?? "", form.NameZh ?? "", form.NameEn ?? "", form.Address ?? "", form.Phone ?? "", form.Periods ?? "", form.Weekdays), ct)}"));
        admin.MapPost("/change", async ([FromForm] HallForm form, ChangeHall change, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            await change.Handle(new(form.RequestId, form.HallId, form.NameZh ?? "", form.NameEn ?? "", form.Address ?? "", form.Phone ?? "", form.Periods ?? "", form.Weekdays), ct);
            return Fragment.Go(http, $"/admin/halls/{form.HallId}", texts["halls.saved"]);
        });
        admin.MapPost("/special-day", async ([FromForm] SpecialDayForm form, SetSpecialDay set, HttpContext http, CancellationToken ct) =>
        {
            await set.Handle(new(form.RequestId, form.HallId, form.Day, form.Kind switch { "open" => true, "closed" => false, _ => null }, form.Note ?? ""), ct);
            return Fragment.Go(http, $"/admin/halls/{form.HallId}");
        });
        admin.MapPost("/counters/add", async ([FromForm] CounterForm form, AddCounter add, HttpContext http, CancellationToken ct) =>
        {
            await add.Handle(new(form.RequestId, form.HallId, form.Number, form.Name ?? "", form.Services ?? []), ct);
            return Fragment.Go(http, $"/admin/halls/{form.HallId}");
        });
        admin.MapPost("/counters/change", async ([FromForm] CounterForm form, ChangeCounter change, HttpContext http, CancellationToken ct) =>
        {
            await change.Handle(new(form.RequestId, form.CounterId, form.Number, form.Name ?? "", form.Services ?? [], form.IsRetired), ct);
            return Fragment.Go(http, $"/admin/halls/{form.HallId}");
        });
        admin.MapPost("/devices/add", async ([FromForm] DeviceForm form, AddDevice add, HttpContext http, CancellationToken ct) =>
        {
            await add.Handle(new(form.RequestId, form.HallId, form.Kind, form.Name ?? "", form.CounterId), ct);
            return Fragment.Go(http, $"/admin/halls/{form.HallId}");
        });
        admin.MapPost("/devices/change", async ([FromForm] DeviceForm form, ChangeDevice change, HttpContext http, CancellationToken ct) =>
        {
            await change.Handle(new(form.RequestId, form.DeviceId, form.Name ?? "", form.CounterId, form.IsRetired, form.NewKey), ct);
            return Fragment.Go(http, $"/admin/halls/{form.HallId}");
        });
    }

    /// <summary>Back to the day page of the same hall, whatever page of it the post came from.</summary>
    private static IResult Here(HttpContext http, Guid? hallId, string? said = null)
    {
        var from = http.Request.GetTypedHeaders().Referer;
        var hall = hallId?.ToString() ?? (from is null ? null : Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(from.Query).TryGetValue("hall", out var asked) && Guid.TryParse(asked, out var id) ? id.ToString() : null);
        return Fragment.Go(http, hall is null ? "/day" : $"/day?hall={hall}", said);
    }

    public sealed record HallForm(Guid RequestId, Guid HallId, Guid CityId, string? Code, string? NameZh, string? NameEn, string? Address, string? Phone, string? Periods)
    {
        /// <summary>Ticked days; a form without a tick sends none, so it is no constructor parameter.</summary>
        public IReadOnlyList<string>? Weekday { get; init; }

        public string Weekdays => string.Concat((Weekday ?? []).Order(StringComparer.Ordinal));
    }

    public sealed record SpecialDayForm(Guid RequestId, Guid HallId, DateOnly Day, string? Kind, string? Note);

    public sealed record CounterForm(Guid RequestId, Guid HallId, Guid CounterId, int Number, string? Name, bool IsRetired)
    {
        /// <summary>Ticked services; none ticked: all.</summary>
        public IReadOnlyList<string>? Services { get; init; }
    }

    public sealed record DeviceForm(Guid RequestId, Guid HallId, Guid DeviceId, DeviceKind Kind, string? Name, Guid? CounterId, bool IsRetired, bool NewKey);
}
