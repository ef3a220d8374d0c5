using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>What a clerk's command on the queue stands on: the open day, the head of the queue, the counter and who is at it. Held in this order.</summary>
/// <param name="Ticket">Called or being served at this counter; null: nobody.</param>
sealed record Desk(BusinessDay Day, QueueHead Head, Counter Counter, QueueTicket? Ticket)
{
    /// <exception cref="Refused">queue.nobody_here</exception>
    public QueueTicket RequireTicket() => Ticket ?? throw new Refused("queue.nobody_here");
}

static class QueueHolding
{
    /// <summary>Holds the queue of a hall's open day.</summary>
    /// <exception cref="Refused">day.not_open</exception>
    public static async Task<(BusinessDay Day, QueueHead Head)> HoldQueue(this HallDb db, Guid hallId, CancellationToken ct)
    {
        db.HallOfCommand = hallId;
        var day = await db.OpenDay(hallId, ct);
        return (day, await db.QueueHeads.Hold(h => h.HallId == hallId && h.Date == day.Date, orRefuse: "day.not_open", ct));
    }

    /// <summary>Holds what the signed-in clerk's counter stands on.</summary>
    /// <exception cref="Refused">counter.none_for_clerk; day.not_open</exception>
    public static async Task<Desk> HoldDesk(this HallDb db, Current current, CancellationToken ct)
    {
        var seat = await db.Counters.SingleOrDefaultAsync(c => c.ClerkId == current.UserId, ct) ?? throw new Refused("counter.none_for_clerk");
        var (day, head) = await db.HoldQueue(seat.HallId, ct);
        var counter = await db.Counters.Hold(c => c.Id == seat.Id && c.ClerkId == current.UserId, orRefuse: "counter.none_for_clerk", ct);
        var ticket = await db.QueueTickets.HoldOrNull(t => t.CounterId == counter.Id && (t.State == TicketState.Called || t.State == TicketState.Serving), ct);
        db.Subject = ticket?.Number;
        return new(day, head, counter, ticket);
    }

    /// <summary>Holds a ticket of a hall within reach, and the queue before it.</summary>
    /// <exception cref="Refused">ticket.not_found; hall.out_of_reach; day.not_open</exception>
    public static async Task<(QueueHead Head, QueueTicket Ticket)> HoldTicket(this HallDb db, Current current, Guid ticketId, CancellationToken ct)
    {
        var found = await db.QueueTickets.SingleOrDefaultAsync(t => t.Id == ticketId, ct) ?? throw new Refused("ticket.not_found");
        await db.HallInReach(current, found.HallId, ct);
        var (day, head) = await db.HoldQueue(found.HallId, ct);
        var ticket = await db.QueueTickets.Hold(t => t.Id == ticketId && t.Date == day.Date, orRefuse: "ticket.not_found", ct);
        db.Subject = ticket.Number;
        return (head, ticket);
    }

    /// <summary>Writes the ticket's step into the visit's time line and lets the visit follow.</summary>
    public static async Task<Visit> Step(this HallDb db, QueueTicket ticket, string kind, Current? by, CancellationToken ct, string? detail = null)
    {
        var visit = db.ChangeTracker.Entries<Visit>().Select(e => e.Entity).FirstOrDefault(v => v.Id == ticket.VisitId)
            ?? await db.Visits.Hold(v => v.Id == ticket.VisitId, orRefuse: "ticket.not_found", ct);
        visit.Follow(ticket.State, db.AtUtc);
        foreach (var ended in ticket.TakeEnded()) db.Insert(ended);
        db.Add(new VisitStep { VisitId = visit.Id, AtUtc = db.AtUtc, Kind = kind, CounterNumber = ticket.CounterNumber, StaffId = by?.UserId, StaffName = by?.Name, Detail = detail });
        return visit;
    }
}
