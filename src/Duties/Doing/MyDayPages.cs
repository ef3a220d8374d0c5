using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>Posts and fragments of one's own day.</summary>
static class MyDayPages
{
    /// <summary>Bytes of one form: a few pictures of a telephone.</summary>
    private const long MostBytes = 4 * AttachmentLimits.MaxBytes;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var mine = pages.MapGroup("/my-day").RequireAuthorization("duties.do").ExcludeFromDescription();
        mine.MapGet("/list", async (Guid? duty, MyDay day, HttpRequest request, CancellationToken ct) =>
        {
            var view = await day.Today(ct);
            return request.Headers["X-Version"] == view.Version ? Results.NoContent() : Fragment.Of<MyDayList>(new { View = view, Here = duty });
        });
        mine.MapGet("/count", async (DutiesInBar bar, CancellationToken ct) =>
            await bar.Count(ct) is { } figure ? Fragment.Of<BarFigureLink>(new { Figure = figure }) : Results.NoContent());
        mine.MapPost("/finish", Finish).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        mine.MapPost("/except", async ([FromForm] ExceptDuty.Command command, ExceptDuty except, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            await except.Handle(command, ct);
            return Fragment.Go(http, "/my-day", texts["duty.said_excepted"]);
        });
        mine.MapPost("/heard", async ([FromForm] SeeNotice.Command command, SeeNotice see, HttpContext http, CancellationToken ct) =>
        {
            await see.Handle(command, ct);
            return Fragment.Go(http, "/my-day");
        });
    }

    private static async Task<IResult> Finish(IFormCollection form, FinishDuty finish, MyDay day, DutyPlans plans, AttachFile attach, HttpContext http, Texts texts, CancellationToken ct)
    {
        var requestId = Guid.TryParse(form["RequestId"], out var id) ? id : Guid.Empty;
        var dutyId = Guid.TryParse(form["DutyId"], out var asked) ? asked : Guid.Empty;
        var line = await day.One(dutyId, ct);
        var plan = plans.Find(line.Duty.Code) ?? throw new Refused("duty.plan_gone", line.Duty.Code);
        // A picture of the wrong kind is told before anything is kept.
        Refused.IfField(plan.Proof.Photo && form.Files.Any(f => FileKinds.OfName(f.FileName) is not { } kind || !DutyFiles.IsPhoto(kind)), "Photo", "duty.photo_kind");
        if (line.Duty.State == DutyState.Open)
        {
            foreach (var (file, n) in form.Files.Select((f, n) => (f, n)))
            {
                await using var content = file.OpenReadStream();
                // The same form sent again attaches nothing twice.
                await attach.Handle(IdOf(requestId, n), DutyFiles.Kind, dutyId.ToString(), file.FileName, content, ct);
            }
        }

        var said = plan.Proof.Items.Select((_, n) => new Said(
            Enum.TryParse<DutyResult>(form[$"Item{n}"], out var result) && Enum.IsDefined(result) ? result : null,
            decimal.TryParse(form[$"Figure{n}"], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var figure) ? figure : null,
            form[$"Remark{n}"]));
        var finished = await finish.Handle(new(requestId, dutyId, [.. said], form["SpotKey"], form["Remark"]), ct);
        return Fragment.Go(http, "/my-day", texts[finished.Faults > 0 ? "duty.said_faults" : "duty.said_done", plans.NameOf(finished.Code), finished.Faults]);
    }

    private static Guid IdOf(Guid requestId, int file) => new(SHA256.HashData([.. requestId.ToByteArray(), (byte)file]).AsSpan(0, 16));
}
