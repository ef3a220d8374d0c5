using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>How many of one's duties are due now, in the top bar; in warning colours when one is late.</summary>
public sealed class DutiesInBar(HallDb db, Current current, DutyPlans plans, Texts texts, TimeProvider clock) : IShellFact
{
    public const string Src = "/my-day/count";

    public async Task Fill(ShellFacts facts)
    {
        if (await Count() is { } figure) facts.Figures.Add(figure);
    }

    /// <summary>Null: the person has no duties in a hall.</summary>
    public async Task<BarFigure?> Count(CancellationToken ct = default)
    {
        if (current.HallId is not { } hallId || !current.Can("duties.do") || !plans.Of(current.Posts).Any(p => p.IsScheduled)) return null;
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await db.Mine(current, hallId).Where(d => d.State == DutyState.Open && d.FromUtc <= now).Select(d => d.DueUtc).ToListAsync(ct);
        var late = due.Count(d => d < now);
        return new("duty-figure", "/my-day", "duty", late > 0 ? texts["duty.bar_late", due.Count, late] : texts["duty.bar", due.Count], due.Count, late > 0, DutyTopics.Duties, Src);
    }
}
