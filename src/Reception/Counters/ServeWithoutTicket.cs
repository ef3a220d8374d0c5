using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>无号办理: somebody stands at the counter without a number; they get the next one and are served at once.</summary>
public sealed class ServeWithoutTicket(Work work, Current current, ServiceCatalog catalog)
{
    [Needs("queue.call")]
    public sealed record Command(Guid RequestId, string Service) : ICommand;

    /// <exception cref="Refused">counter.none_for_clerk; day.not_open; day.closing; counter.not_open; queue.still_called; service.not_found; ticket.service_limit</exception>
    public Task<CalledTicket> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var desk = await db.HoldDesk(current, ct);
        await Calling.FreeCounter(db, desk, current, catalog, ct);
        var usual = catalog.Classes.MinBy(c => c.Priority)!;
        var (ticket, _) = await NewTicket.Make(db, catalog, desk.Day, desk.Head, new(command.Service, usual.Code, null), current, ct);
        // Not announced: the visitor is at the counter already.
        ticket.Call(desk.Counter, 0, db.AtUtc);
        await Serving.Start(db, ticket, current, ct);
        return new CalledTicket(ticket.Id, ticket.VisitId, ticket.Number, ticket.Service, desk.Counter.Number, null);
    }, ct);
}
