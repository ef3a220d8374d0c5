using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>Duties by HTTP.</summary>
static class DutiesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var duties = api.MapGroup("/duties").WithTags("Duties");
        duties.MapGet("/plans", (DutyPlans plans) => plans.All.Select(Told)).WithSummary("All duties of the packs in force, with post, times, proof, page and evidence.");
        duties.MapGet("/mine", async (MyDay day, CancellationToken ct) =>
        {
            var view = await day.Today(ct);
            return new { view.Date, Duties = view.Lines.Select(Told), Heard = view.Heard.Select(h => new { h.Notice.Id, h.Notice.DutyId, h.Name, h.Notice.AtUtc }), Always = view.Always.Select(Told) };
        }).WithSummary("The caller's own day: what is late, due, coming, done.");
        duties.MapPost("/finish", (FinishDuty.Command command, FinishDuty finish, CancellationToken ct) => finish.Handle(command, ct))
            .WithSummary("Does a duty with its proof; pictures are attached before (/attachments, ownerKind duty).");
        duties.MapPost("/except", (ExceptDuty.Command command, ExceptDuty except, CancellationToken ct) => except.Handle(command, ct)).WithSummary("A duty is not needed this time; another person has to approve.");
        duties.MapPost("/heard", (SeeNotice.Command command, SeeNotice see, CancellationToken ct) => see.Handle(command, ct)).WithSummary("Says that a notice of a late duty was seen.");
        duties.MapGet("/board", async (Guid hall, DateOnly? date, DutyBoard board, CancellationToken ct) =>
        {
            var view = await board.Of(hall, date, ct);
            return new { view.Date, Posts = view.Posts.Select(p => new { p.Code, Name = p.Name.ToString(), p.Figures, Duties = p.Lines.Select(Told) }) };
        }).WithSummary("Posts and their duties of a hall's day.");
        duties.MapGet("/scores", (Guid? hall, int? year, int? month, DutyScores scores, CancellationToken ct) => scores.Of(hall, year, month, ct)).WithSummary("Duties of a month by post and hall: in time, late, missed, excepted.");
        duties.MapGet("/list", async (HttpRequest request, DutyList list, CancellationToken ct) =>
        {
            var (total, rows) = await list.Find(ListQuery.Of(request), ct: ct);
            return new { total, rows };
        }).WithSummary("Procedure compliance: duties by state; hall, post, state, from, to, sort, page, size.");
        duties.MapGet("/faults", async (HttpRequest request, FaultList list, CancellationToken ct) =>
        {
            var (total, rows) = await list.Find(ListQuery.Of(request), ct: ct);
            return new { total, rows };
        }).WithSummary("Repairs and requests that checks opened.");
        duties.MapPost("/faults/move", (MoveFault.Command command, MoveFault move, CancellationToken ct) => move.Handle(command, ct)).WithSummary("Gives, ends, drops or reopens a repair or request.");
        duties.MapPost("/meetings/sign", (SignMeeting.Command command, SignMeeting sign, CancellationToken ct) => sign.Handle(command, ct)).WithSummary("Writes a meeting down with its roll and signs it; its figures come from the system.");
        duties.MapPost("/meetings/read", (ReadNotices.Command command, ReadNotices read, CancellationToken ct) => read.Handle(command, ct)).WithSummary("Says that the notices of a meeting were read.");
        duties.MapGet("/meetings/{dutyId:guid}", (Guid dutyId, MeetingView meetings, CancellationToken ct) => meetings.Of(dutyId, ct)).WithSummary("A meeting to be held, or as it was signed.");
        duties.MapGet("/log", (Guid hall, DateOnly? date, LogView logs, CancellationToken ct) => logs.Of(hall, date, ct)).WithSummary("Duty log of a hall's day: its events in time order, remarks, signature.");
        duties.MapPost("/log/remark", (RemarkInLog.Command command, RemarkInLog remark, CancellationToken ct) => remark.Handle(command, ct)).WithSummary("Adds a remark to a log that is not signed.");
        duties.MapPost("/log/sign", (SignLog.Command command, SignLog sign, CancellationToken ct) => sign.Handle(command, ct)).WithSummary("Signs the log of a day that is closed or being closed; nothing is added to it after that.");
        duties.MapPost("/spots/renew", (RenewSpot.Command command, RenewSpot renew, CancellationToken ct) => renew.Handle(command, ct)).WithSummary("A place gets a new code; the old print is worth nothing.");
    }

    private static object Told(DutyPlan plan) => new
    {
        plan.Code, plan.Pack, plan.Post, Name = plan.Name.ToString(), Steps = plan.Steps.Select(s => s.ToString()), plan.When, Proof = new { plan.Proof.Photo, plan.Proof.File, plan.Proof.Spot, plan.Proof.Fact, Items = plan.Proof.Items.Select(Told) },
        plan.Tell, plan.Page, Evidence = plan.Evidence.ToString(), plan.AtClose,
    };

    private static object Told(DutyItem item) => new { Name = item.Name.ToString(), Unit = item.Unit?.ToString(), Least = item.Least / (decimal)DutyItem.Thousandths, Most = item.Most / (decimal)DutyItem.Thousandths, item.IsRequest };

    private static object Told(DutyLine line) => new
    {
        line.Duty.Id, line.Duty.Code, line.Name, line.Duty.Slot, line.Duty.PersonName, line.Duty.About, line.Duty.FromUtc, line.Duty.DueUtc, line.Standing, line.Duty.EndedByName, line.Duty.EndedAtUtc, line.Duty.Faults,
    };
}
