using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;

namespace OpenHall.Reception;

/// <summary>What the queue pane of a clerk shows: the own counter, who is there, who waits for it.</summary>
public sealed class MyDesk(HallDb db, Current current, HallQueue queue, ServiceCatalog catalog)
{
    /// <param name="Counter">Null: the clerk has no counter open.</param>
    /// <param name="Ticket">Called or being served there.</param>
    /// <param name="Mine">Waiting for this counter, as they stand in line.</param>
    /// <param name="Parked">Parked by this clerk.</param>
    /// <param name="Missed">Numbers of this clerk that did not come, the newest first; they may still come.</param>
    /// <param name="ServedToday">Visits this clerk has ended today.</param>
    public sealed record View(QueueView Queue, Counter? Counter, QueueTicket? Ticket, IReadOnlyList<QueueTicket> Mine, IReadOnlyList<QueueTicket> Parked, IReadOnlyList<QueueTicket> Missed, int ServedToday)
    {
        /// <summary>Changes whenever what the pane shows does.</summary>
        public string Version => string.Join('|', Queue.Day?.State, Counter?.State, Counter?.Number, Counter?.Services, Ticket?.Id, Ticket?.State, Ticket?.Calls, Ticket?.Service, Ticket?.More,
            string.Join(',', Mine.Select(t => t.Number)), string.Join(',', Parked.Select(t => t.Number)), string.Join(',', Missed.Select(t => t.Number)), ServedToday,
            string.Join(',', Queue.Counters.Select(c => (int)c.State)), (Ticket is null ? 0 : Queue.AtUtc.Ticks / TimeSpan.TicksPerMinute));
    }

    private const int MissedShown = 3;

    /// <exception cref="Kernel.Refused">hall.none_for_person</exception>
    public async Task<View> Now(CancellationToken ct = default)
    {
        var counter = await db.Counters.SingleOrDefaultAsync(c => c.ClerkId == current.UserId, ct);
        var view = await queue.Of(counter?.HallId ?? current.RequireHall(), ct);
        if (view.Day is not { } day) return new(view, counter, null, [], [], [], 0);
        var mine = counter is null ? [] : view.Waiting.Where(t => Calling.IsMine(counter, current, catalog, t.Service, t.ForCounterId, view.PersonFor(t)))
            .OrderByDescending(t => t.Priority + counter.BonusFor(t.Service)).ThenBy(t => t.Rank).ToList();
        var (hallId, date) = (view.Hall.Id, day.Date);
        var missed = await db.QueueTickets.Where(t => t.HallId == hallId && t.Date == date && t.State == TicketState.NoShow && t.ClerkId == current.UserId)
            .OrderByDescending(t => t.CallRank).Take(MissedShown).ToListAsync(ct);
        var served = await db.QueueTickets.CountAsync(t => t.HallId == hallId && t.Date == date && t.State == TicketState.Done && t.ClerkId == current.UserId, ct);
        return new(view, counter, counter is null ? null : view.At(counter.Id), mine, [.. view.Tickets.Where(t => t.State == TicketState.Parked && t.ClerkId == current.UserId)], missed, served);
    }
}
