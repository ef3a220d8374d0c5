using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Reception;

public enum NormKind { Wait, Service, Idle, Line }

/// <summary>A norm that is not kept now.</summary>
/// <param name="About">Number of the ticket, or of the counter; empty: the hall.</param>
/// <param name="Value">Minutes; people in line.</param>
public sealed record NormBreach(NormKind Kind, string About, int Value, int Norm);

/// <summary>The floor as it is now, and what is not as it should be.</summary>
public sealed class FloorWatch(HallDb db, HallQueue queue)
{
    public sealed record View(QueueView Queue, QueueNorms Norms, IReadOnlyList<NormBreach> Breaches);

    /// <exception cref="Kernel.Refused">hall.not_found</exception>
    public async Task<View> Of(Guid hallId, CancellationToken ct = default)
    {
        var view = await queue.Of(hallId, ct);
        var norms = await QueueNorms.Of(db, ct);
        return new(view, norms, view.Day is null ? [] : Find(view, norms, await LastVisitors(view, ct)));
    }

    /// <summary>Pure: what of the view breaks a norm, the worst of each kind first.</summary>
    /// <param name="lastVisitor">By counter number: when its last visitor left.</param>
    public static IReadOnlyList<NormBreach> Find(QueueView view, QueueNorms norms, IReadOnlyDictionary<int, DateTime> lastVisitor)
    {
        int Minutes(DateTime from) => Math.Max(0, (int)(view.AtUtc - from).TotalMinutes);
        var found = new List<NormBreach>();
        if (view.Waiting.Count > norms.Line) found.Add(new(NormKind.Line, "", view.Waiting.Count, norms.Line));
        found.AddRange(view.Waiting.Select(t => new NormBreach(NormKind.Wait, t.Number, Minutes(t.TakenAtUtc), norms.WaitMinutes)).Where(b => b.Value > b.Norm).OrderByDescending(b => b.Value));
        found.AddRange(view.Tickets.Where(t => t.State == TicketState.Serving).Select(t => new NormBreach(NormKind.Service, t.Number, Minutes(t.SinceUtc), norms.ServiceMinutes)).Where(b => b.Value > b.Norm).OrderByDescending(b => b.Value));
        foreach (var counter in view.Counters.Where(c => c.State == CounterState.Open && view.At(c.Id) is null))
        {
            var since = lastVisitor.TryGetValue(counter.Number, out var last) && last > counter.SinceUtc ? last : counter.SinceUtc!.Value;
            // Idle is only who could call somebody.
            var longest = view.Waiting.Where(t => t.ForCounterId == counter.Id || t.ForCounterId is null && counter.Serves(t.Service)).Select(t => (DateTime?)t.SinceUtc).Min();
            if (longest is not { } waiting) continue;
            var minutes = Minutes(waiting > since ? waiting : since);
            if (minutes > norms.IdleMinutes) found.Add(new(NormKind.Idle, counter.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), minutes, norms.IdleMinutes));
        }

        return found;
    }

    private async Task<Dictionary<int, DateTime>> LastVisitors(QueueView view, CancellationToken ct)
    {
        var (hallId, date) = (view.Hall.Id, view.Day!.Date);
        return await db.TicketPeriods.Where(p => p.HallId == hallId && p.Date == date && p.CounterNumber != null)
            .GroupBy(p => p.CounterNumber!.Value).Select(g => new { g.Key, At = g.Max(p => p.UntilUtc) }).ToDictionaryAsync(g => g.Key, g => g.At, ct);
    }
}
