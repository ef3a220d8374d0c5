using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>柜台调配: the lead says what a counter serves from now on and what goes first there; nobody has to leave the seat for it. The audit trail is the log of it.</summary>
public sealed class PlanCounter(Work work, Current current, ServiceCatalog catalog)
{
    [Needs("queue.lead")]
    public sealed record Command(Guid RequestId, Guid CounterId) : ICommand
    {
        /// <summary>Codes of queue services, or <c>code:3</c> with the counter's own priority 1–9; blanks are left out; none at all is refused.</summary>
        public IReadOnlyList<string> Services { get; init; } = [];
    }

    /// <exception cref="Refused">counter.not_found; hall.out_of_reach; counter.services_none; counter.services_invalid; service.not_found</exception>
    public Task<string> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var counter = await db.Counters.Hold(c => c.Id == command.CounterId && !c.IsRetired, orRefuse: "counter.not_found", ct);
        await db.HallInReach(current, counter.HallId, ct);
        counter.Serve([.. command.Services.Where(s => !string.IsNullOrWhiteSpace(s))]);
        Refused.IfField(counter.ServiceCodes.Count == 0, "services", "counter.services_none", counter.Number);
        Refused.IfField(counter.ServiceCodes.Any(s => catalog.Find(s) is null), "services", "service.not_found");
        (db.HallOfCommand, db.Subject) = (counter.HallId, $"{counter.Number}: {counter.Services}");
        db.Raise(new CounterChanged(counter.Id, counter.Number, counter.State));
        return counter.Services;
    }, ct);
}

public static class TicketWay
{
    /// <exception cref="Refused">permission.missing; ticket.not_found; hall.out_of_reach</exception>
    public static async Task<IReadOnlyList<TicketPeriod>> PeriodsOf(this HallDb db, Current current, Guid ticketId, CancellationToken ct = default)
    {
        current.Require("queue.see");
        var hall = await db.QueueTickets.Where(t => t.Id == ticketId).Select(t => (Guid?)t.HallId).SingleOrDefaultAsync(ct) ?? throw new Refused("ticket.not_found");
        await db.HallInReach(current, hall, ct);
        return await db.TicketPeriods.Where(p => p.TicketId == ticketId).OrderBy(p => p.FromUtc).ThenBy(p => p.Id).ToListAsync(ct);
    }
}
