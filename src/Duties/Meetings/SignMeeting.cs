using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>会议签字: writes the meeting down with its figures and roll, and ticks the duty that it was.</summary>
public sealed class SignMeeting(Work work, Current current, DutyPlans plans)
{
    /// <param name="LooksRight">Only of those who were there.</param>
    public sealed record Roll(Guid UserId, Attendance Attendance, bool? LooksRight, string? Remark);

    [Needs("duties.do")]
    public sealed record Command(Guid RequestId, Guid DutyId, IReadOnlyList<Roll> People, string? Notices, string? Minutes) : ICommand;

    /// <exception cref="Refused">duty.not_found; duty.other_hall; duty.other_post; duty.too_early; duty.ended; meeting.not_one; meeting.roll_incomplete; meeting.nobody; duty.remark_too_long</exception>
    public Task<Guid> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(c.Notices?.Length > Meeting.MostWords, "Notices", "duty.remark_too_long");
        Refused.IfField(c.Minutes?.Length > Meeting.MostWords, "Minutes", "duty.remark_too_long");
        var duty = await db.Duties.Hold(d => d.Id == c.DutyId, orRefuse: "duty.not_found", ct);
        duty.RequireDoer(current, db.AtUtc);
        var kind = MeetingDuty.KindOf(plans.Find(duty.Code)) ?? throw new Refused("meeting.not_one");
        var staff = await db.Staff.Where(s => s.HallId == duty.HallId && !s.HasLeft).ToListAsync(ct);
        Refused.If(staff.Any(s => c.People.Count(p => p.UserId == s.Id) != 1) || c.People.Count != staff.Count, "meeting.roll_incomplete");
        Refused.If(!c.People.Any(p => p.Attendance is Attendance.Present or Attendance.Late), "meeting.nobody");
        var agenda = await db.AgendaOf(plans, duty.HallId, duty.Date, kind, ct);
        var meeting = new Meeting
        {
            HallId = duty.HallId, Date = duty.Date, Kind = kind, DutyId = duty.Id, FactsOf = agenda.FactsOf, Tickets = agenda.Tickets, Served = agenda.Served, MeanWaitSeconds = agenda.MeanWaitSeconds,
            LongestWaitSeconds = agenda.LongestWaitSeconds, Payments = agenda.Payments, TakingsFen = agenda.TakingsFen, Ratings = agenda.Ratings, RatingHundredths = agenda.RatingHundredths, Complaints = agenda.Complaints,
            MissedDuties = agenda.MissedDuties, OpenFaults = agenda.OpenFaults, OpenTills = agenda.OpenTills, Question = agenda.Question?.Ask.Zh, Notices = Trimmed(c.Notices), Minutes = Trimmed(c.Minutes),
            SignedBy = current.UserId!.Value, SignedByName = current.Name, SignedAtUtc = db.AtUtc,
        };
        db.Add(meeting);
        db.AddRange(c.People.Select(p => new MeetingPerson
        {
            MeetingId = meeting.Id, UserId = p.UserId, Name = staff.Single(s => s.Id == p.UserId).DisplayName, Attendance = p.Attendance,
            LooksRight = p.Attendance is Attendance.Present or Attendance.Late ? p.LooksRight ?? true : null, Remark = Trimmed(p.Remark),
        }));
        duty.Tick(current.UserId, current.Name, db.AtUtc);
        (db.HallOfCommand, db.Subject) = (duty.HallId, $"{duty.Date} {duty.Code}");
        db.Raise(new DutiesChanged(duty.HallId));
        return meeting.Id;
    }, ct);

    private static string? Trimmed(string? words) => string.IsNullOrWhiteSpace(words) ? null : words.Trim();
}

/// <summary>已阅: one who was on the roll says that they have read the notices.</summary>
public sealed class ReadNotices(Work work, Current current)
{
    [Needs("duties.do")]
    public sealed record Command(Guid RequestId, Guid MeetingId) : ICommand;

    /// <exception cref="Refused">meeting.not_found: there is none, or the person is not on its roll</exception>
    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var me = await db.MeetingPeople.Hold(p => p.MeetingId == c.MeetingId && p.UserId == current.UserId, orRefuse: "meeting.not_found", ct);
        me.Read(db.AtUtc);
        if (current.HallId is { } hall) db.Raise(new DutiesChanged(hall));
        return true;
    }, ct);
}

static class MeetingDuty
{
    /// <summary>Null: the duty is no meeting.</summary>
    public static MeetingKind? KindOf(DutyPlan? plan) => plan?.Proof.Fact switch { DutyFact.MeetingSigned => MeetingKind.Before, DutyFact.ClosingMeetingSigned => MeetingKind.After, _ => null };
}
