using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>转移: to another service, to one counter or one person, at the old place in line, and back when that is done if wished. The clerk moves whom they serve, the lead anybody.</summary>
public sealed class TransferTicket(Work work, Current current, ServiceCatalog catalog)
{
    /// <param name="CounterId">Only this counter calls it; null: any that serves the service.</param>
    [Needs("queue.see")]
    public sealed record Command(Guid RequestId, Guid TicketId, string Service, Guid? CounterId) : ICommand
    {
        /// <summary>Only this person calls it, as long as they sit at a counter.</summary>
        public Guid? ClerkId { get; init; }
        /// <summary>When that is done the visitor comes back to the clerk who sends them.</summary>
        public bool ComeBack { get; init; }
    }

    /// <exception cref="Refused">ticket.not_found; hall.out_of_reach; day.not_open; permission.missing; service.not_found; counter.not_found; counter.not_open; counter.and_person;
    /// person.not_seated; ticket.come_back_whom; ticket.move_not_allowed</exception>
    public Task<string> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var (_, ticket) = await db.HoldTicket(current, command.TicketId, ct);
        current.Require(ticket.IsAtCounter && ticket.ClerkId == current.UserId ? "queue.call" : "queue.lead");
        Refused.IfField(catalog.Find(command.Service) is null, "service", "service.not_found");
        if (command.CounterId is { } target)
        {
            var counter = await db.Counters.SingleOrDefaultAsync(c => c.Id == target && c.HallId == ticket.HallId, ct) ?? throw new Refused("counter.not_found") { Field = "counterId" };
            Refused.IfField(counter.State == CounterState.Closed, "counterId", "counter.not_open", counter.Number);
        }

        Refused.IfField(command.CounterId is not null && command.ClerkId is not null, "clerkId", "counter.and_person");
        var seat = command.ClerkId is { } person
            ? await db.Counters.SingleOrDefaultAsync(c => c.ClerkId == person && c.HallId == ticket.HallId, ct) ?? throw new Refused("person.not_seated") { Field = "clerkId" }
            : null;
        var (by, wasFor) = (ticket.ClerkId, ticket.Service);
        Refused.IfField(command.ComeBack && (ticket.State != TicketState.Serving || by != current.UserId || by == command.ClerkId), "comeBack", "ticket.come_back_whom");
        ticket.Transfer(command.Service, command.CounterId, seat is null ? null : (seat.ClerkId!.Value, seat.ClerkName!), db.AtUtc);
        if (command.ComeBack) ticket.ComeBackTo(by!.Value, current.Name, wasFor);
        await db.Step(ticket, "transferred", current, ct, command.Service);
        db.Raise(new TicketMoved(ticket.Id, ticket.Number, ticket.Service));
        return ticket.Number;
    }, ct);
}

/// <summary>重新排队: a called, parked or missed number goes back to its old place.</summary>
public sealed class ReturnTicket(Work work, Current current)
{
    [Needs("queue.see")]
    public sealed record Command(Guid RequestId, Guid TicketId) : ICommand;

    /// <exception cref="Refused">ticket.not_found; hall.out_of_reach; day.not_open; permission.missing; ticket.move_not_allowed</exception>
    public Task<string> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var (_, ticket) = await db.HoldTicket(current, command.TicketId, ct);
        // Whoever came late and says so at the counter that called them may be put back by its clerk.
        current.Require(ticket.State == TicketState.NoShow && ticket.ClerkId == current.UserId ? "queue.call" : "queue.lead");
        ticket.Return(db.AtUtc);
        await Returning.ToOpenCounter(db, ticket, ct);
        await db.Step(ticket, "returned", current, ct);
        db.Raise(new TicketMoved(ticket.Id, ticket.Number, ticket.Service));
        return ticket.Number;
    }, ct);
}

/// <summary>过号 by the lead: someone else's called number did not come.</summary>
public sealed class SkipTicket(Work work, Current current)
{
    [Needs("queue.lead")]
    public sealed record Command(Guid RequestId, Guid TicketId) : ICommand;

    /// <exception cref="Refused">ticket.not_found; hall.out_of_reach; day.not_open; ticket.move_not_allowed</exception>
    public Task<string> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var (_, ticket) = await db.HoldTicket(current, command.TicketId, ct);
        ticket.MarkNoShow(db.AtUtc);
        await db.Step(ticket, "no_show", current, ct);
        db.Raise(new TicketNoShow(ticket.Id, ticket.Number));
        return ticket.Number;
    }, ct);
}

/// <summary>优先: gives a waiting visitor another class.</summary>
public sealed class PrioritiseTicket(Work work, Current current, ServiceCatalog catalog)
{
    [Needs("queue.lead")]
    public sealed record Command(Guid RequestId, Guid TicketId, string VisitorClass) : ICommand;

    /// <exception cref="Refused">ticket.not_found; hall.out_of_reach; day.not_open; ticket.class_unknown; ticket.move_not_allowed</exception>
    public Task<string> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var visitorClass = catalog.FindClass(command.VisitorClass) ?? throw new Refused("ticket.class_unknown") { Field = "visitorClass" };
        var (_, ticket) = await db.HoldTicket(current, command.TicketId, ct);
        ticket.Prioritise(visitorClass.Code, visitorClass.Priority + (catalog.Find(ticket.Service)?.Priority ?? 0));
        await db.Step(ticket, "prioritised", current, ct, visitorClass.Code);
        db.Raise(new TicketMoved(ticket.Id, ticket.Number, ticket.Service));
        return ticket.Number;
    }, ct);
}
