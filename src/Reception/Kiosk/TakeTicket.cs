using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>取号 at a kiosk: two touches, no sign-in; the kiosk's key says which hall.</summary>
public sealed class TakeTicket(Work work, ServiceCatalog catalog)
{
    /// <param name="DeviceKey">Key of the kiosk.</param>
    /// <param name="Service">Code of the queue service.</param>
    /// <param name="VisitorClass">One that may be chosen at the kiosk.</param>
    /// <param name="Typed">Phone or account number; may be left out.</param>
    [OpenToVisitors("gives a place in the queue of the kiosk's hall and shows nobody's data")]
    public sealed record Command(Guid RequestId, string DeviceKey, string Service, string VisitorClass, string? Typed) : ICommand;

    /// <exception cref="Refused">device.not_found; day.not_open; day.closing; service.not_found; ticket.class_unknown; ticket.number_invalid;
    /// ticket.service_limit; ticket.person_limit; ticket.numbers_used_up</exception>
    public Task<TakenTicket> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var kiosk = await db.Devices.SingleOrDefaultAsync(d => d.Key == command.DeviceKey && d.Kind == DeviceKind.Kiosk && !d.IsRetired, ct)
            ?? throw new Refused("device.not_found");
        Refused.If(catalog.FindClass(command.VisitorClass) is not { AtKiosk: true }, "ticket.class_unknown");
        var (day, head) = await db.HoldQueue(kiosk.HallId, ct);
        return (await NewTicket.Make(db, catalog, day, head, command.Service, command.VisitorClass, command.Typed, null, ct)).Taken;
    }, ct);
}

/// <summary>代客取号: a ticket for a visitor, taken by the staff in the hall; every visitor class may be given.</summary>
public sealed class TakeTicketFor(Work work, Current current, ServiceCatalog catalog)
{
    [Needs("queue.lead")]
    public sealed record Command(Guid RequestId, Guid HallId, string Service, string VisitorClass, string? Typed) : ICommand;

    /// <exception cref="Refused">as <see cref="TakeTicket"/>; hall.out_of_reach</exception>
    public Task<TakenTicket> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        await db.HallInReach(current, command.HallId, ct);
        Refused.If(catalog.FindClass(command.VisitorClass) is null, "ticket.class_unknown");
        var (day, head) = await db.HoldQueue(command.HallId, ct);
        return (await NewTicket.Make(db, catalog, day, head, command.Service, command.VisitorClass, command.Typed, current, ct)).Taken;
    }, ct);
}

/// <param name="Token">Opens the visitor's own page <c>/t/{token}</c>.</param>
public sealed record TakenTicket(Guid TicketId, Guid VisitId, string Number, string Token);

static class NewTicket
{
    /// <summary>Makes visit and ticket with the next number of the service's letter. The queue is held.</summary>
    public static async Task<(QueueTicket Ticket, TakenTicket Taken)> Make(HallDb db, ServiceCatalog catalog, BusinessDay day, QueueHead head,
        string serviceCode, string visitorClass, string? typed, Current? by, CancellationToken ct)
    {
        var service = catalog.Find(serviceCode) ?? throw new Refused("service.not_found");
        Refused.If(day.State == BusinessDayState.Closing, "day.closing");
        var number = VisitorNumber.Parse(typed, service.Asks);
        if (number is not null)
        {
            var open = await db.QueueTickets.CountAsync(t => t.HallId == day.HallId && t.Date == day.Date && t.TypedNumber == number.Value
                && (t.State == TicketState.Waiting || t.State == TicketState.Called || t.State == TicketState.Serving || t.State == TicketState.Parked), ct);
            Refused.IfField(open >= catalog.Rules.OpenTicketsPerNumber, "typed", "ticket.person_limit", open);
        }

        var letter = service.Letter.ToString();
        var numbers = await db.TicketNumbers.HoldOrNull(n => n.HallId == day.HallId && n.Date == day.Date && n.Letter == letter, ct)
            ?? db.Add(new TicketNumber { HallId = day.HallId, Date = day.Date, Letter = letter }).Entity;
        Refused.If(service.DailyLimit > 0 && numbers.Last >= service.DailyLimit, "ticket.service_limit", service.Name, service.DailyLimit);
        var visit = new Visit(day.HallId, day.Date, numbers.Next(), db.AtUtc);
        var priority = service.Priority + (catalog.FindClass(visitorClass)?.Priority ?? 0);
        var ticket = new QueueTicket(visit, service.Code, visitorClass, priority, head.NextRank(), number, db.AtUtc);
        db.AddRange(visit, ticket);
        await db.Step(ticket, "taken", by, ct, service.Code);
        db.Subject = ticket.Number;
        db.Raise(new TicketTaken(ticket.Id, ticket.Number, ticket.Service));
        return (ticket, new(ticket.Id, visit.Id, ticket.Number, ticket.Token));
    }
}
