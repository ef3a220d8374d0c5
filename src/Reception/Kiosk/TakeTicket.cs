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
    /// <param name="Typed">Phone, account or ID card number; may be left out. An ID card opens the green lane by age.</param>
    [OpenToVisitors("gives a place in the queue of the kiosk's hall and shows nobody's data")]
    public sealed record Command(Guid RequestId, string DeviceKey, string Service, string VisitorClass, string? Typed) : ICommand
    {
        /// <summary>Codes of what the visitor wants after that, at most three.</summary>
        public IReadOnlyList<string>? More { get; init; }
    }

    /// <exception cref="Refused">device.not_found; day.not_open; day.closing; service.not_found; ticket.class_unknown; ticket.number_invalid;
    /// ticket.service_limit; ticket.person_limit; ticket.day_limit; ticket.stopped; ticket.more_full; ticket.numbers_used_up</exception>
    public Task<TakenTicket> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var kiosk = await db.Devices.SingleOrDefaultAsync(d => d.Key == command.DeviceKey && d.Kind == DeviceKind.Kiosk && !d.IsRetired, ct)
            ?? throw new Refused("device.not_found");
        Refused.If(catalog.FindClass(command.VisitorClass) is not { AtKiosk: true }, "ticket.class_unknown");
        var (day, head) = await db.HoldQueue(kiosk.HallId, ct);
        await LastTickets.Check(db, day, ct);
        return (await NewTicket.Make(db, catalog, day, head, new(command.Service, command.VisitorClass, command.Typed) { More = command.More ?? [] }, null, ct)).Taken;
    }, ct);
}

/// <summary>代客取号: a ticket for a visitor, taken by the staff in the hall; every visitor class may be given.</summary>
public sealed class TakeTicketFor(Work work, Current current, ServiceCatalog catalog)
{
    [Needs("queue.lead")]
    public sealed record Command(Guid RequestId, Guid HallId, string Service, string VisitorClass, string? Typed) : ICommand
    {
        /// <summary>Codes of what the visitor wants after that, at most three.</summary>
        public IReadOnlyList<string>? More { get; init; }
    }

    /// <exception cref="Refused">as <see cref="TakeTicket"/>; hall.out_of_reach</exception>
    public Task<TakenTicket> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        await db.HallInReach(current, command.HallId, ct);
        Refused.If(catalog.FindClass(command.VisitorClass) is null, "ticket.class_unknown");
        var (day, head) = await db.HoldQueue(command.HallId, ct);
        return (await NewTicket.Make(db, catalog, day, head, new(command.Service, command.VisitorClass, command.Typed) { More = command.More ?? [] }, current, ct)).Taken;
    }, ct);
}

/// <param name="Token">Opens the visitor's own page <c>/t/{token}</c>.</param>
public sealed record TakenTicket(Guid TicketId, Guid VisitId, string Number, string Token);
