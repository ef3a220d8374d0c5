using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>How a duty stands for whoever looks at the list.</summary>
public enum DutyStanding { Late, Due, Coming, Done, Missed, Excepted }

/// <summary>One line of a person's day.</summary>
public sealed record DutyLine(Duty Duty, DutyPlan? Plan, DutyStanding Standing)
{
    public string Name => Plan?.Name.ToString() ?? Duty.Code;

    /// <summary>One's word is enough: it can be done in the list.</summary>
    public bool IsPlain => Plan is { Proof: { Items: [], Photo: false, File: false, Spot: null, Fact: null }, Steps.Count: <= 1 };

    public static DutyStanding StandingOf(Duty duty, DateTime nowUtc) => duty.State switch
    {
        DutyState.Done => DutyStanding.Done,
        DutyState.Missed => DutyStanding.Missed,
        DutyState.Excepted => DutyStanding.Excepted,
        _ => nowUtc > duty.DueUtc ? DutyStanding.Late : nowUtc >= duty.FromUtc ? DutyStanding.Due : DutyStanding.Coming,
    };
}

/// <summary>我的一天: what the person's posts have to do on the hall's business day, and what they are told of others.</summary>
public sealed class MyDay(HallDb db, Current current, DutyPlans plans, MeetingView meetings, TimeProvider clock)
{
    /// <param name="Duty">Late duty of another post.</param>
    public sealed record Told(DutyNotice Notice, Duty Duty, string Name);

    /// <param name="Date">Null: the hall has no business day yet, or the person no hall.</param>
    /// <param name="Lines">Late ones first, then those due, by the time they are due.</param>
    /// <param name="Unread">Meetings whose notices the person has not read yet.</param>
    /// <param name="Always">Duties without hours.</param>
    public sealed record View(BusinessDate? Date, IReadOnlyList<DutyLine> Lines, IReadOnlyList<Told> Heard, IReadOnlyList<Meeting> Unread, IReadOnlyList<DutyPlan> Always, DateTime NowUtc)
    {
        public int Count(DutyStanding standing) => Lines.Count(l => l.Standing == standing);

        public IEnumerable<DutyLine> Of(DutyStanding standing) => Lines.Where(l => l.Standing == standing);

        /// <summary>Changes whenever what the page shows does.</summary>
        public string Version => Audit.Hex(string.Join('|', Lines.Select(l => $"{l.Duty.Id}{l.Standing}").Concat(Heard.Select(h => h.Notice.Id.ToString())).Concat(Unread.Select(m => m.Id.ToString())).Append(Texts.IsEnglish.ToString()).Append(Date?.ToString())))[..16];
    }

    public async Task<View> Today(CancellationToken ct = default)
    {
        current.Require("duties.do");
        var now = clock.GetUtcNow().UtcDateTime;
        var always = plans.Of(current.Posts).Where(p => !p.IsScheduled).ToList();
        if (current.HallId is not { } hallId || await db.DateOfDuties(hallId, ct) is not { } date) return new(null, [], [], [], always, now);
        var duties = await db.Mine(current, hallId).Where(d => d.Date == date).ToListAsync(ct);
        var lines = duties.Select(d => new DutyLine(d, plans.Find(d.Code), DutyLine.StandingOf(d, now)))
            .OrderBy(l => l.Standing).ThenBy(l => l.Standing == DutyStanding.Done ? -l.Duty.EndedAtUtc!.Value.Ticks : l.Duty.DueUtc.Ticks).ThenBy(l => l.Duty.Code, StringComparer.Ordinal).ToList();
        var posts = current.Posts;
        var heard = await (from notice in db.DutyNotices
                           where notice.HallId == hallId && posts.Contains(notice.Post) && notice.SeenAtUtc == null
                           join duty in db.Duties on notice.DutyId equals duty.Id
                           where duty.Date == date
                           orderby notice.AtUtc descending, notice.Id
                           select new { notice, duty }).ToListAsync(ct);
        return new(date, lines, [.. heard.Select(h => new Told(h.notice, h.duty, plans.NameOf(h.duty.Code)))], await meetings.Unread(ct), always, now);
    }

    /// <summary>One of the person's own duties, to be done.</summary>
    /// <exception cref="Refused">duty.not_found; duty.other_hall; duty.other_post</exception>
    public async Task<DutyLine> One(Guid id, CancellationToken ct = default)
    {
        current.Require("duties.do");
        var duty = await db.Duties.SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw new Refused("duty.not_found");
        Refused.If(duty.HallId != current.HallId, "duty.other_hall");
        Refused.If(!current.Posts.Contains(duty.Post), "duty.other_post");
        return new(duty, plans.Find(duty.Code), DutyLine.StandingOf(duty, clock.GetUtcNow().UtcDateTime));
    }

    /// <summary>What is due at the place whose code was scanned, the longest due first.</summary>
    /// <exception cref="Refused">spot.unknown; spot.other_hall</exception>
    public async Task<(DutySpot Spot, DutyLine? Due)> AtSpot(string key, CancellationToken ct = default)
    {
        current.Require("duties.do");
        var upper = key.Trim().ToUpperInvariant();
        var spot = await db.DutySpots.SingleOrDefaultAsync(s => s.Key == upper, ct) ?? throw new Refused("spot.unknown");
        Refused.If(spot.HallId != current.HallId, "spot.other_hall");
        var codes = plans.All.Where(p => p.Proof.Spot == spot.Code).Select(p => p.Code).ToHashSet();
        var due = (await Today(ct)).Lines.FirstOrDefault(l => l.Standing is DutyStanding.Late or DutyStanding.Due && codes.Contains(l.Duty.Code));
        return (spot, due);
    }
}

public static class DutiesOfPerson
{
    /// <summary>The business day whose duties are shown: the one that isn't closed, when its duties are made; else the last with duties.</summary>
    public static async Task<BusinessDate?> DateOfDuties(this HallDb db, Guid hallId, CancellationToken ct) =>
        await db.DutyDays.Where(d => d.HallId == hallId).OrderByDescending(d => d.Date).Select(d => (BusinessDate?)d.Date).FirstOrDefaultAsync(ct);

    /// <summary>Rows of the person's posts; of those that each person has, one's own.</summary>
    public static IQueryable<Duty> Mine(this HallDb db, Current current, Guid hallId)
    {
        var (posts, me) = (current.Posts, current.UserId);
        return db.Duties.Where(d => d.HallId == hallId && posts.Contains(d.Post) && (d.PersonId == null || d.PersonId == me));
    }
}
