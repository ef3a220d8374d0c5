using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Reception;

/// <summary>Numbers whose time aside is over went back into the line.</summary>
public sealed record TicketsReturned(Guid HallId, int Count) : IOfHall;

/// <summary>挂起到时自动回队: puts back into the line, at the old place, whoever was put aside for some minutes.</summary>
public sealed class ReturnParked : IJob
{
    /// <summary>Tickets looked at in one run.</summary>
    private const int MostAtOnce = 200;

    public string Name => "queue.return";

    public string Cron => "* * * * *";

    public async Task<long> Run(HallDb db, DateTime dueAtUtc, CancellationToken ct)
    {
        var due = await db.QueueTickets.Where(t => t.BackAtUtc != null && t.BackAtUtc <= dueAtUtc && t.State == TicketState.Parked)
            .OrderBy(t => t.BackAtUtc).Select(t => new { t.Id, t.HallId, t.Date }).Take(MostAtOnce).ToListAsync(ct);
        var returned = 0L;
        foreach (var hall in due.GroupBy(t => new { t.HallId, t.Date }).OrderBy(g => g.Key.HallId))
        {
            var (hallId, date) = (hall.Key.HallId, hall.Key.Date);
            // Everything that moves the queue holds the day and then its head.
            if (await db.BusinessDays.HoldShared(d => d.HallId == hallId && d.Date == date && (d.State == BusinessDayState.Open || d.State == BusinessDayState.Closing), ct) is null) continue;
            if (await db.QueueHeads.HoldOrNull(h => h.HallId == hallId && h.Date == date, ct) is null) continue;
            var ids = hall.Select(t => t.Id).ToList();
            var tickets = await db.QueueTickets.Where(t => ids.Contains(t.Id) && t.State == TicketState.Parked && t.BackAtUtc != null && t.BackAtUtc <= dueAtUtc).OrderBy(t => t.Id).HoldAll(ct);
            foreach (var ticket in tickets)
            {
                ticket.Return(db.AtUtc);
                await Returning.ToOpenCounter(db, ticket, ct);
                await db.Step(ticket, "returned", null, ct);
            }

            if (tickets.Count > 0) db.Raise(new TicketsReturned(hallId, tickets.Count));
            returned += tickets.Count;
        }

        return returned;
    }
}

static class Returning
{
    /// <summary>Papers that lie at a counter nobody sits at are fetched by whoever calls the number.</summary>
    public static async Task ToOpenCounter(HallDb db, QueueTicket ticket, CancellationToken ct)
    {
        if (ticket.ForCounterId is { } kept && !await db.Counters.AnyAsync(c => c.Id == kept && c.State != CounterState.Closed, ct)) ticket.Release();
    }
}
