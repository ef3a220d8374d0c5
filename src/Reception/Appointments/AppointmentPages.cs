using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>Posts of the appointments' pages, the calendar file, and the same acts for programs.</summary>
static class AppointmentPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var open = pages.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        open.MapPost("/book", async (IFormCollection form, BookAppointment book, HttpContext http, CancellationToken ct) =>
        {
            var (request, hall, service, day, start, phone, name) = Read(form);
            return Fragment.Go(http, "/book/a/" + (await book.Handle(new(request, hall, service, day, start, phone, name), ct)).Token);
        });
        open.MapPost("/book/a/{token}/cancel", async (string token, [FromForm] CancelOwnAppointment.Command command, CancelOwnAppointment cancel, HttpContext http, CancellationToken ct) =>
        {
            await cancel.Handle(command with { Token = token }, ct);
            return Fragment.Go(http, "/book/a/" + token);
        });
        open.MapGet("/book/a/{token}/calendar.ics", async (string token, AppointmentView view, Catalog.ServiceCatalog catalog, CancellationToken ct) =>
            Results.File(Encoding.UTF8.GetBytes(Calendar(await view.Of(token, ct), catalog.Appointments.SlotMinutes)), "text/calendar; charset=utf-8", "appointment.ics"));
        open.MapPost("/kiosk/{key}/booked", async (string key, [FromForm] CheckInAppointment.Command command, CheckInAppointment checkIn, HttpContext http, CancellationToken ct) =>
            Fragment.Go(http, $"/kiosk/{key}/ticket/{(await checkIn.Handle(command with { DeviceKey = key }, ct)).Token}"));
        var staff = pages.MapGroup("/appointments").RequireAuthorization("appointments.book").ExcludeFromDescription();
        staff.MapPost("/book", async (IFormCollection form, BookAppointmentFor book, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var (request, hall, service, day, start, phone, name) = Read(form);
            var made = await book.Handle(new(request, hall, service, day, start, phone, name), ct);
            return Fragment.Go(http, string.Create(CultureInfo.InvariantCulture, $"/appointments?hall={hall}&day={day:yyyy-MM-dd}"), texts["appointment.said_booked", made.Code]);
        });
        staff.MapPost("/check-in", async ([FromForm] CheckInFor.Command command, CheckInFor checkIn, HttpContext http, Texts texts, CancellationToken ct) =>
            Fragment.Go(http, "/appointments", texts["appointment.said_came", (await checkIn.Handle(command, ct)).Number]));
        staff.MapPost("/cancel", async ([FromForm] CancelAppointment.Command command, CancelAppointment cancel, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            await cancel.Handle(command, ct);
            return Fragment.Go(http, "/appointments", texts["appointment.said_cancelled"]);
        });
    }

    public static void MapApi(IEndpointRouteBuilder api)
    {
        var open = api.MapGroup("/appointments").WithTags("Appointments").AllowAnonymous();
        open.MapGet("/slots", async (Guid hall, string service, DateOnly? day, AppointmentView view, CancellationToken ct) =>
        {
            var choice = await view.Choose(hall, service, day, ct);
            return new { choice.Days, choice.Day, choice.Slots };
        }).WithSummary("Days that can be booked at a hall, and the times of one of them with the places left.");
        open.MapPost("/book", (BookAppointment.Command command, BookAppointment book, CancellationToken ct) => book.Handle(command, ct)).WithSummary("Books without signing in; limited by telephone number.");
        open.MapPost("/cancel-own", (CancelOwnAppointment.Command command, CancelOwnAppointment cancel, CancellationToken ct) => cancel.Handle(command, ct)).WithSummary("Cancels by the token of the visitor's own page.");
        open.MapPost("/check-in", (CheckInAppointment.Command command, CheckInAppointment checkIn, CancellationToken ct) => checkIn.Handle(command, ct)).WithSummary("Checks in at a kiosk by telephone number or code; answers with the number of the queue.");
        var staff = api.MapGroup("/appointments").WithTags("Appointments");
        staff.MapGet("/", async (Guid hall, DateOnly? day, AppointmentView view, CancellationToken ct) => (await view.List(hall, day, null, ct)).Lines).WithSummary("Appointments of a hall's day, numbers and names masked.");
        staff.MapPost("/book-for", (BookAppointmentFor.Command command, BookAppointmentFor book, CancellationToken ct) => book.Handle(command, ct)).WithSummary("Books for somebody.");
        staff.MapPost("/check-in-for", (CheckInFor.Command command, CheckInFor checkIn, CancellationToken ct) => checkIn.Handle(command, ct)).WithSummary("Checks somebody in.");
        staff.MapPost("/cancel", (CancelAppointment.Command command, CancelAppointment cancel, CancellationToken ct) => cancel.Handle(command, ct)).WithSummary("Cancels with a reason.");
    }

    /// <summary>RFC 5545: one event, times in UTC, a reminder an hour before.</summary>
    public static string Calendar(AppointmentView.Own own, int minutes)
    {
        var (a, stamp) = (own.Appointment, "yyyyMMdd'T'HHmmss'Z'");
        string At(DateTime utc) => utc.ToString(stamp, CultureInfo.InvariantCulture);
        static string Text(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        string[] lines =
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//OpenHall//Appointments//EN", "METHOD:PUBLISH", "BEGIN:VEVENT", $"UID:{a.Id:N}@openhall", $"DTSTAMP:{At(a.MadeAtUtc)}", $"DTSTART:{At(a.StartUtc)}", $"DTEND:{At(a.StartUtc.AddMinutes(minutes))}",
            $"SUMMARY:{Text($"{own.Hall.Name} · {own.Service?.Name.ToString() ?? a.Service} · {a.Code}")}", $"LOCATION:{Text(own.Hall.Address)}", $"STATUS:{(a.State == AppointmentState.Cancelled ? "CANCELLED" : "CONFIRMED")}",
            "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT1H", $"DESCRIPTION:{Text(own.Hall.Name.ToString())}", "END:VALARM", "END:VEVENT", "END:VCALENDAR", "",
        ];
        return string.Join("\r\n", lines);
    }

    private static (Guid Request, Guid Hall, string Service, DateOnly Day, TimeOnly Start, string Phone, string? Name) Read(IFormCollection form)
    {
        var hasTime = TimeOnly.TryParseExact(form["Start"], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start);
        Refused.IfField(!hasTime, "Start", "appointment.no_time");
        return (Guid.TryParse(form["RequestId"], out var id) ? id : Guid.Empty, Guid.TryParse(form["HallId"], out var hall) ? hall : Guid.Empty, form["Service"].ToString(),
            DateOnly.TryParseExact(form["Day"], Shown.DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : default, start, form["Phone"].ToString(), form["Name"]);
    }
}
