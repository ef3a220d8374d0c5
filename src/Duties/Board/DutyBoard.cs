using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>Duties counted by how they ended.</summary>
/// <param name="InTime">Done by the time they were due.</param>
/// <param name="Late">Done, but late.</param>
/// <param name="Open">Not ended yet; of these <paramref name="OpenLate"/> should have been.</param>
public sealed record DutyFigures(int InTime, int Late, int Missed, int Excepted, int Open, int OpenLate)
{
    public int All => InTime + Late + Missed + Excepted + Open;

    /// <summary>Of 100: in time 1, late a half, missed 0; excepted and open ones don't count. Null: nothing to be counted.</summary>
    public int? Score => InTime + Late + Missed is > 0 and var counted ? (200 * InTime + 100 * Late + counted) / (2 * counted) : null;

    public static DutyFigures Of(IReadOnlyCollection<Duty> duties, DateTime nowUtc) => new(
        duties.Count(d => d.State == DutyState.Done && d.LateAtUtc is null), duties.Count(d => d.State == DutyState.Done && d.LateAtUtc is not null), duties.Count(d => d.State == DutyState.Missed),
        duties.Count(d => d.State == DutyState.Excepted), duties.Count(d => d.State == DutyState.Open), duties.Count(d => d.State == DutyState.Open && d.DueUtc < nowUtc));
}

/// <summary>岗位职责看板: posts × duties of a hall's day, as they stand now.</summary>
public sealed class DutyBoard(HallDb db, Current current, Packs packs, DutyPlans plans, TimeProvider clock)
{
    public sealed record PostDay(string Code, LocalText Name, DutyFigures Figures, IReadOnlyList<DutyLine> Lines)
    {
        /// <summary>Duties, each with its times of the day in order.</summary>
        public IEnumerable<(string Code, string Name, IReadOnlyList<DutyLine> Times)> Rows =>
            Lines.GroupBy(l => l.Duty.Code).Select(g => (g.Key, g.First().Name, (IReadOnlyList<DutyLine>)[.. g.OrderBy(l => l.Duty.FromUtc)])).OrderBy(r => r.Item3[0].Duty.FromUtc).ThenBy(r => r.Key, StringComparer.Ordinal);
    }

    /// <param name="Date">Null: the hall has no duties yet.</param>
    public sealed record View(Hall Hall, BusinessDate? Date, DutyFigures Figures, IReadOnlyList<PostDay> Posts)
    {
        public string Version => Audit.Hex(string.Join('|', Posts.SelectMany(p => p.Lines).Select(l => $"{l.Duty.Id}{l.Standing}{l.Duty.LateAtUtc}").Append(Texts.IsEnglish.ToString())))[..16];
    }

    /// <param name="date">Null: the hall's present one.</param>
    /// <exception cref="Refused">hall.not_found; hall.out_of_reach</exception>
    public async Task<View> Of(Guid hallId, DateOnly? date, CancellationToken ct = default)
    {
        current.Require("duties.see");
        var hall = await db.HallInReach(current, hallId, ct);
        var day = date is { } asked ? new BusinessDate(asked) : await db.DateOfDuties(hallId, ct);
        if (day is not { } shown) return new(hall, null, DutyFigures.Of([], default), []);
        var now = clock.GetUtcNow().UtcDateTime;
        var duties = await db.Duties.Where(d => d.HallId == hallId && d.Date == shown).OrderBy(d => d.FromUtc).ThenBy(d => d.Code).ToListAsync(ct);
        var order = packs.Posts.Keys.ToList();
        var posts = from duty in duties
                    group duty by duty.Post into post
                    orderby order.IndexOf(post.Key)
                    select new PostDay(post.Key, packs.Posts.GetValueOrDefault(post.Key)?.Name ?? new(post.Key, post.Key), DutyFigures.Of([.. post], now),
                        [.. post.Select(d => new DutyLine(d, plans.Find(d.Code), DutyLine.StandingOf(d, now)))]);
        return new(hall, shown, DutyFigures.Of(duties, now), [.. posts]);
    }

    /// <summary>One duty of a hall within reach.</summary>
    /// <exception cref="Refused">duty.not_found; hall.out_of_reach</exception>
    public async Task<(DutyLine Line, Hall Hall)> One(Guid id, CancellationToken ct = default)
    {
        var duty = await db.Duties.SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw new Refused("duty.not_found");
        // Whoever has it or is told of it may look too.
        if (duty.HallId != current.HallId || !current.Can("duties.do")) current.Require("duties.see");
        return (new(duty, plans.Find(duty.Code), DutyLine.StandingOf(duty, clock.GetUtcNow().UtcDateTime)), await db.HallInReach(current, duty.HallId, ct));
    }
}
