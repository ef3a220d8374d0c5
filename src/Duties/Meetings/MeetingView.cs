using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>A meeting to be held, or as it was.</summary>
public sealed class MeetingView(HallDb db, Current current, DutyPlans plans, Packs packs)
{
    public sealed record Member(Guid UserId, string Name, string Posts);

    /// <param name="Signed">Null: still to be held.</param>
    public sealed record View(Hall Hall, Duty Duty, MeetingKind Kind, Agenda Agenda, IReadOnlyList<Member> Staff, Meeting? Signed, IReadOnlyList<MeetingPerson> Roll);

    /// <exception cref="Refused">duty.not_found; meeting.not_one; hall.out_of_reach; permission.missing</exception>
    public async Task<View> Of(Guid dutyId, CancellationToken ct = default)
    {
        var duty = await db.Duties.SingleOrDefaultAsync(d => d.Id == dutyId, ct) ?? throw new Refused("duty.not_found");
        if (duty.HallId != current.HallId) current.Require("duties.see");
        var hall = await db.HallInReach(current, duty.HallId, ct);
        var kind = MeetingDuty.KindOf(plans.Find(duty.Code)) ?? throw new Refused("meeting.not_one");
        var signed = await db.Meetings.SingleOrDefaultAsync(m => m.DutyId == dutyId, ct);
        var roll = signed is null ? [] : await db.MeetingPeople.Where(p => p.MeetingId == signed.Id).OrderBy(p => p.Name).ToListAsync(ct);
        var staff = await db.Staff.Where(s => s.HallId == duty.HallId && !s.HasLeft).OrderBy(s => s.UserName).ToListAsync(ct);
        return new(hall, duty, kind, signed is null ? await db.AgendaOf(plans, duty.HallId, duty.Date, kind, ct) : Kept(signed), [.. staff.Select(s => new Member(s.Id, s.DisplayName, Names(s.Posts)))], signed, roll);
    }

    /// <summary>Notices of today's meetings that the person has not read yet.</summary>
    public async Task<IReadOnlyList<Meeting>> Unread(CancellationToken ct = default)
    {
        if (current.HallId is not { } hallId || await db.DateOfDuties(hallId, ct) is not { } date) return [];
        var (me, people) = (current.UserId, db.MeetingPeople);
        return await db.Meetings.Where(m => m.HallId == hallId && m.Date == date && m.Notices != null && people.Any(p => p.MeetingId == m.Id && p.UserId == me && p.ReadAtUtc == null)).ToListAsync(ct);
    }

    /// <summary>As it was when it was signed.</summary>
    private Agenda Kept(Meeting m) => new(m.FactsOf, m.Tickets, m.Served, m.MeanWaitSeconds, m.LongestWaitSeconds, m.Payments, m.TakingsFen, m.Ratings, m.RatingHundredths, m.Complaints, m.MissedDuties, m.OpenFaults, m.OpenTills,
        plans.Questions.FirstOrDefault(q => q.Ask.Zh == m.Question) ?? (m.Question is { } ask ? new(new(ask, ask), new("", "")) : null));

    private string Names(string posts) => string.Join('、', posts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => packs.Posts.GetValueOrDefault(p)?.Name.ToString() ?? p));
}
