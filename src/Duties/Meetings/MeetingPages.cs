using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>Posts of the meetings' pages.</summary>
static class MeetingPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var meeting = pages.MapGroup("/meeting").RequireAuthorization("duties.do").ExcludeFromDescription();
        meeting.MapPost("/sign", async (IFormCollection form, SignMeeting sign, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var duty = Guid.TryParse(form["DutyId"], out var id) ? id : Guid.Empty;
            var people = form["UserId"].Select(u => Guid.TryParse(u, out var user) ? user : Guid.Empty).Select(user => new SignMeeting.Roll(
                user, Enum.TryParse<Attendance>(form[$"Attendance-{user}"], out var attendance) && Enum.IsDefined(attendance) ? attendance : Attendance.Absent, form[$"Looks-{user}"] == "true", form[$"Remark-{user}"]));
            await sign.Handle(new(Guid.TryParse(form["RequestId"], out var request) ? request : Guid.Empty, duty, [.. people], form["Notices"], form["Minutes"]), ct);
            return Fragment.Go(http, $"/meeting/{duty}", texts["meeting.said_signed"]);
        });
        meeting.MapPost("/read", async ([FromForm] ReadNotices.Command command, ReadNotices read, HttpContext http, CancellationToken ct) =>
        {
            await read.Handle(command, ct);
            return Fragment.Go(http, "/my-day");
        });
    }
}
