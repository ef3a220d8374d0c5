using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Reception;

namespace OpenHall.Duties;

/// <summary>高峰将至: the forecast wants more counters than are open, and the post that minds the floor is told before the line is there; at most once in half an hour.</summary>
static class PeaksAhead
{
    private const int LookEveryMinutes = 10;

    public static async Task<int> Make(HallDb db, DutyPlans plans, HallForecast forecast, DateTime atUtc, CancellationToken ct)
    {
        var wanted = plans.On(DutyFact.PeakAhead).ToList();
        if (wanted.Count == 0 || atUtc.Minute % LookEveryMinutes != 0) return 0;
        var made = 0;
        foreach (var day in await db.BusinessDays.Where(d => d.State == BusinessDayState.Open).OrderBy(d => d.HallId).Select(d => new { d.HallId, d.Date }).ToListAsync(ct))
        {
            var view = await forecast.Of(day.HallId, null, ct);
            if (view.Advice is not { Kind: AdviceKind.Open } advice) continue;
            var local = LocalTime.At(atUtc);
            var slot = string.Create(CultureInfo.InvariantCulture, $"peak-{local:HH}{local.Minute / 30 * 30:00}");
            foreach (var plan in wanted)
            {
                var post = $" {plan.Post} ";
                if (!await db.Staff.AnyAsync(s => s.HallId == day.HallId && !s.HasLeft && (" " + s.Posts + " ").Contains(post), ct)) continue;
                if (!await db.MakeDutyOn(plan, view.Queue.Hall, day.Date, slot, null, null, string.Create(CultureInfo.InvariantCulture, $"+{advice.Counters}"), atUtc, ct)) continue;
                made++;
                db.Raise(new DutiesChanged(day.HallId));
            }
        }

        return made;
    }
}
