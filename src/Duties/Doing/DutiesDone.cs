using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>What the packs want done before a day closes: some of it stands in the way, the rest is only told.</summary>
sealed class DutiesDone(DutyPlans plans) : IDayCondition
{
    public string Code => "duties_done";

    public async Task<IReadOnlyList<DayFinding>> Check(HallDb db, Guid hallId, BusinessDate date, CancellationToken ct)
    {
        // What ticks itself at closing can't be done before.
        var codes = plans.All.Where(p => p.AtClose != AtDayClose.Nothing && p.Proof.Fact != DutyFact.DayClosed).Select(p => p.Code).ToList();
        var open = await db.Duties.Where(d => d.HallId == hallId && d.Date == date && d.State == DutyState.Open && codes.Contains(d.Code)).OrderBy(d => d.DueUtc).ToListAsync(ct);
        return [.. from duty in open
                   let plan = plans.Find(duty.Code)!
                   orderby plan.AtClose descending
                   select new DayFinding("day.finding.duty", [plan.Name.ToString(), LocalTime.Of(duty.FromUtc)], $"/my-day?duty={duty.Id}", plan.AtClose == AtDayClose.Warn)];
    }
}
