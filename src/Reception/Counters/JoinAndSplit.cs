using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>并号: another number of the same visitor is served with the one at the counter; what it was for is added to it.</summary>
public sealed class JoinTicket(Work work, Current current)
{
    /// <param name="Number">As it stands on the slip: B004.</param>
    [Needs("queue.call")]
    public sealed record Command(Guid RequestId, string Number) : ICommand;

    /// <exception cref="Refused">counter.none_for_clerk; day.not_open; queue.nobody_here; ticket.not_found; ticket.join_itself; ticket.move_not_allowed; ticket.more_full</exception>
    public Task<string> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var desk = await db.HoldDesk(current, ct);
        var ticket = desk.RequireTicket();
        var (hallId, date, number) = (ticket.HallId, ticket.Date, command.Number.Trim().ToUpperInvariant());
        Refused.IfField(number == ticket.Number, "number", "ticket.join_itself", number);
        var other = await db.QueueTickets.HoldOrNull(t => t.HallId == hallId && t.Date == date && t.Number == number, ct) ?? throw new Refused("ticket.not_found") { Field = "number" };
        ticket.Want([other.Service, .. other.MoreServices]);
        other.Join(db.AtUtc);
        await db.Step(other, "joined", current, ct, ticket.Number);
        await db.Step(ticket, "took_in", current, ct, other.Number);
        db.Raise(new TicketCancelled(other.Id, other.Number, other.Reason!));
        return ticket.Number;
    }, ct);
}

/// <summary>拆号: one of the matters at the counter gets a number of its own, for somebody else of the party or another day's end of the line.</summary>
public sealed class SplitTicket(Work work, Current current, ServiceCatalog catalog)
{
    [Needs("queue.call")]
    public sealed record Command(Guid RequestId, string Service) : ICommand;

    /// <exception cref="Refused">counter.none_for_clerk; day.not_open; queue.nobody_here; service.not_found; ticket.split_itself; ticket.service_limit; ticket.numbers_used_up</exception>
    public Task<TakenTicket> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var desk = await db.HoldDesk(current, ct);
        var ticket = desk.RequireTicket();
        var service = catalog.Find(command.Service) ?? throw new Refused("service.not_found") { Field = "service" };
        Refused.IfField(service.Code == ticket.Service, "service", "ticket.split_itself");
        ticket.Drop(s => s == service.Code);
        var priority = service.Priority + (catalog.FindClass(ticket.VisitorClass)?.Priority ?? 0);
        var split = await NewTicket.Add(db, desk.Day, desk.Head, service, ticket.VisitorClass, priority, null, ct);
        await db.Step(split, "taken", current, ct, service.Code);
        await db.Step(ticket, "split", current, ct, split.Number);
        db.Subject = ticket.Number;
        db.Raise(new TicketTaken(split.Id, split.Number, split.Service));
        return new TakenTicket(split.Id, split.VisitId, split.Number, split.Token);
    }, ct);
}
