using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>职责得分: a month of duties by hall and post.</summary>
public sealed class DutyScores(HallDb db, Current current, Packs packs, TimeProvider clock)
{
    public sealed record Row(Guid HallId, string Hall, string Post, string PostName, DutyFigures Figures);

    /// <param name="Days">By day of the month: score of all posts together; null: no duties.</param>
    public sealed record Month(int Year, int Number, IReadOnlyList<Row> Rows, IReadOnlyList<(DateOnly Day, DutyFigures Figures)> Days);

    /// <param name="hallId">Null: all halls within reach.</param>
    public async Task<Month> Of(Guid? hallId, int? year, int? month, CancellationToken ct = default)
    {
        current.Require("duties.see");
        var now = clock.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(LocalTime.At(now));
        var first = year is >= 2000 and <= 2200 && month is >= 1 and <= 12 ? new DateOnly(year.Value, month.Value, 1) : new DateOnly(today.Year, today.Month, 1);
        var (from, until) = (new BusinessDate(first), new BusinessDate(first.AddMonths(1)));
        var halls = await db.HallsInReach(current).Where(h => hallId == null || h.Id == hallId).OrderBy(h => h.Path).ToListAsync(ct);
        var ids = halls.Select(h => h.Id).ToList();
        var counted = await db.Duties.Where(d => ids.Contains(d.HallId) && d.Date >= from && d.Date < until)
            .GroupBy(d => new { d.HallId, d.Date, d.Post, d.State, IsLate = d.LateAtUtc != null }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        DutyFigures Sum(Func<Guid, BusinessDate, string, bool> which)
        {
            var chosen = counted.Where(c => which(c.Key.HallId, c.Key.Date, c.Key.Post)).ToList();
            int Count(DutyState state, bool? late = null) => chosen.Where(c => c.Key.State == state && (late is null || c.Key.IsLate == late)).Sum(c => c.Count);
            return new(Count(DutyState.Done, false), Count(DutyState.Done, true), Count(DutyState.Missed), Count(DutyState.Excepted), Count(DutyState.Open), Count(DutyState.Open, true));
        }

        var order = packs.Posts.Keys.ToList();
        var rows = from hall in halls
                   from post in counted.Where(c => c.Key.HallId == hall.Id).Select(c => c.Key.Post).Distinct().OrderBy(p => order.IndexOf(p))
                   select new Row(hall.Id, hall.Name.ToString(), post, packs.Posts.GetValueOrDefault(post)?.Name.ToString() ?? post, Sum((h, _, p) => h == hall.Id && p == post));
        var days = counted.Select(c => c.Key.Date).Distinct().Order().Select(d => (d.Day, Sum((_, date, _) => date == d)));
        return new(first.Year, first.Month, [.. rows], [.. days]);
    }
}
