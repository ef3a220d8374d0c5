using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>呼叫下一位 (F8): ends the service that runs at the counter, then calls whoever is next by <see cref="CallOrder"/>.</summary>
public sealed class CallNext(Work work, Current current, ServiceCatalog catalog)
{
    [Needs("queue.call")]
    public sealed record Command(Guid RequestId) : ICommand;

    /// <exception cref="Refused">counter.none_for_clerk; day.not_open; counter.not_open; queue.still_called; queue.empty</exception>
    public Task<CalledTicket> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var desk = await db.HoldDesk(current, ct);
        await Calling.FreeCounter(db, desk, current, catalog, ct);
        var (hallId, date, counterId) = (desk.Day.HallId, desk.Day.Date, desk.Counter.Id);
        var waiting = await db.QueueTickets
            .Where(t => t.HallId == hallId && t.Date == date && t.State == TicketState.Waiting && (t.ForCounterId == null || t.ForCounterId == counterId))
            .Select(t => new { t.Id, t.Rank, t.Priority, t.Service, t.ForCounterId, t.ForClerkId }).ToListAsync(ct);
        // Whoever is kept for a person that sits nowhere is anybody's, so that nobody waits for somebody who has gone home.
        var seated = waiting.Exists(t => t.ForClerkId is not null) ? await db.Counters.Where(c => c.HallId == hallId && c.ClerkId != null).Select(c => c.ClerkId).ToListAsync(ct) : [];
        var mine = waiting.Where(t => Calling.IsMine(desk.Counter, current, catalog, t.Service, t.ForCounterId, seated.Contains(t.ForClerkId) ? t.ForClerkId : null))
            .Select(t => new InLine(t.Id, t.Rank, t.Priority + desk.Counter.BonusFor(t.Service))).ToList();
        var (next, outOfTurn) = CallOrder.Choose(mine, desk.Counter.OutOfTurnCalls, catalog.Rules.OutOfTurnCap) ?? throw new Refused("queue.empty");
        var ticket = await db.QueueTickets.Hold(t => t.Id == next.Id, orRefuse: "ticket.not_found", ct);
        desk.Counter.HasCalled(outOfTurn);
        return await Calling.Call(db, desk, ticket, current, ct);
    }, ct);
}

/// <summary>呼叫指定号: calls a chosen waiting or parked number to one's counter, out of the order; it stays in the time line.</summary>
public sealed class CallChosen(Work work, Current current, ServiceCatalog catalog)
{
    [Needs("queue.call")]
    public sealed record Command(Guid RequestId, Guid TicketId) : ICommand;

    /// <exception cref="Refused">as <see cref="CallNext"/>; ticket.not_found; ticket.called_elsewhere; ticket.move_not_allowed</exception>
    public Task<CalledTicket> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var desk = await db.HoldDesk(current, ct);
        await Calling.FreeCounter(db, desk, current, catalog, ct);
        var (hallId, date) = (desk.Day.HallId, desk.Day.Date);
        var ticket = await db.QueueTickets.Hold(t => t.Id == command.TicketId && t.HallId == hallId && t.Date == date, orRefuse: "ticket.not_found", ct);
        Refused.If(ticket.IsAtCounter, "ticket.called_elsewhere", ticket.Number, ticket.CounterNumber!);
        return await Calling.Call(db, desk, ticket, current, ct);
    }, ct);
}

/// <param name="TypedMasked">What the visitor typed at the kiosk, masked.</param>
public sealed record CalledTicket(Guid TicketId, Guid VisitId, string Number, string Service, int CounterNumber, string? TypedMasked);

static class Calling
{
    /// <summary>Makes room at the counter: a service that runs is ended.</summary>
    public static async Task FreeCounter(HallDb db, Desk desk, Current current, ServiceCatalog catalog, CancellationToken ct)
    {
        Refused.If(desk.Counter.State != CounterState.Open, "counter.not_open", desk.Counter.Number);
        if (desk.Ticket is not { } ticket) return;
        Refused.If(ticket.State == TicketState.Called, "queue.still_called", ticket.Number);
        // Their other matters are not to be walked past in a hurry: whoever ends them says so.
        Refused.If(ticket.BackClerkId is null && ticket.MoreServices is [var next, ..] && MayServe(desk.Counter, current, catalog, next), "queue.more_here", ticket.Number, catalog.NameOf(ticket.MoreServices.FirstOrDefault() ?? ""));
        await EndOrGoOn(db, desk, ticket, current, catalog, ct);
        // The index that allows one visitor at a counter has to see the first one gone.
        await db.SaveChangesAsync(ct);
    }

    public static async Task<CalledTicket> Call(HallDb db, Desk desk, QueueTicket ticket, Current current, CancellationToken ct)
    {
        ticket.Call(desk.Counter, desk.Head.NextCall(), db.AtUtc);
        await db.Step(ticket, "called", current, ct);
        db.Subject = ticket.Number;
        db.Raise(new TicketCalled(ticket.Id, ticket.Number, desk.Counter.Number, ticket.Calls));
        return new(ticket.Id, ticket.VisitId, ticket.Number, ticket.Service, desk.Counter.Number, ticket.TypedMasked);
    }

    /// <summary>The service ends; the visit only when nothing else was asked for.</summary>
    public static async Task EndOrGoOn(HallDb db, Desk desk, QueueTicket ticket, Current current, ServiceCatalog catalog, CancellationToken ct)
    {
        if (ticket.BackClerkId is { } back)
        {
            var isThere = await db.Counters.AnyAsync(c => c.ClerkId == back && c.HallId == ticket.HallId, ct);
            ticket.SendBack(isThere, db.AtUtc);
            await db.Step(ticket, "sent_back", current, ct, ticket.ForClerkName);
            db.Raise(new TicketMoved(ticket.Id, ticket.Number, ticket.Service));
        }
        else if (ticket.MoreServices is [var next, ..])
        {
            var here = MayServe(desk.Counter, current, catalog, next);
            ticket.GoOn(here, db.AtUtc);
            await db.Step(ticket, "next_service", current, ct, next);
            db.Raise(here ? new TicketStarted(ticket.Id, ticket.Number, desk.Counter.Number) : new TicketMoved(ticket.Id, ticket.Number, ticket.Service));
        }
        else
        {
            await End(db, ticket, current, ct);
        }
    }

    public static async Task End(HallDb db, QueueTicket ticket, Current current, CancellationToken ct)
    {
        ticket.End(db.AtUtc);
        await db.Step(ticket, "ended", current, ct);
        db.Raise(new TicketEnded(ticket.Id, ticket.VisitId, ticket.Number, ticket.ServiceSeconds));
    }

    /// <summary>The ticket waits for this counter, this person, or for a service that both do.</summary>
    public static bool IsMine(Counter counter, Current current, ServiceCatalog catalog, string service, Guid? forCounter, Guid? forClerk) =>
        forCounter == counter.Id || forClerk == current.UserId && forClerk is not null || forCounter is null && forClerk is null && MayServe(counter, current, catalog, service);

    /// <summary>By the counter's services and by the clerk's posts; programs that hold no post serve all.</summary>
    public static bool MayServe(Counter counter, Current current, ServiceCatalog catalog, string service) =>
        counter.Serves(service) && (current.Posts.Count == 0 || catalog.Find(service) is not { Posts.Count: > 0 } known || known.Posts.Any(current.Posts.Contains));
}
