using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>Finds what should have been done, and tells the post that is to hear of it; once for each duty.</summary>
public sealed class FindLateDuties(DutyPlans plans, TimeProvider clock) : IJob
{
    /// <summary>Rows held at once.</summary>
    private const int MostAtOnce = 500;

    public string Name => "duties.late";

    public string Cron => "*/2 * * * *";

    public async Task<long> Run(HallDb db, DateTime dueAtUtc, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var late = await db.HoldOpen(db.Duties.Where(d => d.State == DutyState.Open && d.LateAtUtc == null && d.DueUtc < now).OrderBy(d => d.Id).Take(MostAtOnce), ct);
        foreach (var duty in late)
        {
            duty.FindLate(now);
            if (plans.Find(duty.Code)?.Tell is { } post) db.Add(new DutyNotice { HallId = duty.HallId, DutyId = duty.Id, Post = post, AtUtc = now });
        }

        var missed = await Overtaken(db, now, ct);
        foreach (var duty in missed) duty.Miss(now);
        foreach (var hall in late.Concat(missed).Select(d => d.HallId).Distinct()) db.Raise(new DutiesChanged(hall));
        return late.Count;
    }

    /// <summary>Rounds that the next one has overtaken: nobody sweeps at ten for half past eight.</summary>
    private async Task<List<Duty>> Overtaken(HallDb db, DateTime now, CancellationToken ct)
    {
        var found = new List<Duty>();
        foreach (var step in plans.All.Where(p => p.When.Kind == DutyTimeKind.Every).GroupBy(p => p.When.Step))
        {
            var (codes, before) = (step.Select(p => p.Code).ToList(), now.AddMinutes(-step.Key));
            found.AddRange(await db.HoldOpen(db.Duties.Where(d => d.State == DutyState.Open && codes.Contains(d.Code) && d.DueUtc < before).OrderBy(d => d.Id).Take(MostAtOnce), ct));
        }

        return found;
    }
}

static class HeldDuties
{
    /// <summary>Those of the rows that are still open, held; in one order, so that nobody waits for each other.</summary>
    public static async Task<List<Duty>> HoldOpen(this HallDb db, IQueryable<Duty> duties, CancellationToken ct)
    {
        var ids = await duties.Select(d => d.Id).ToListAsync(ct);
        return ids.Count == 0 ? [] : await db.Duties.Where(d => ids.Contains(d.Id) && d.State == DutyState.Open).OrderBy(d => d.Id).HoldAll(ct);
    }
}
