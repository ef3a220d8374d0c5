using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>取消: the staff takes a number out of the queue, with a reason.</summary>
public sealed class CancelTicket(Work work, Current current, ServiceCatalog catalog)
{
    /// <param name="Reason">Code of a cancel reason of the packs.</param>
    [Needs("queue.lead")]
    public sealed record Command(Guid RequestId, Guid TicketId, string Reason) : ICommand;

    /// <exception cref="Refused">ticket.not_found; hall.out_of_reach; day.not_open; reason.missing; ticket.move_not_allowed</exception>
    public Task<string> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        Refused.IfField(catalog.CancelReasons.All(r => r.Code != command.Reason), "reason", "reason.missing");
        var (_, ticket) = await db.HoldTicket(current, command.TicketId, ct);
        await Cancelling.Cancel(db, ticket, command.Reason, current, ct);
        return ticket.Number;
    }, ct);
}

/// <summary>The visitor gives up the own number on the phone page.</summary>
public sealed class CancelOwnTicket(Work work)
{
    public const string Reason = "by_visitor";

    /// <param name="Token">Of the visitor's own page.</param>
    [OpenToVisitors("whoever holds the ticket's unguessable token gives up their own place")]
    public sealed record Command(Guid RequestId, string Token) : ICommand;

    /// <exception cref="Refused">ticket.not_found; day.not_open; ticket.move_not_allowed</exception>
    public Task<string> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var found = await db.QueueTickets.SingleOrDefaultAsync(t => t.Token == command.Token, ct) ?? throw new Refused("ticket.not_found");
        var (day, _) = await db.HoldQueue(found.HallId, ct);
        var ticket = await db.QueueTickets.Hold(t => t.Id == found.Id && t.Date == day.Date, orRefuse: "ticket.not_found", ct);
        db.Subject = ticket.Number;
        await Cancelling.Cancel(db, ticket, Reason, null, ct);
        return ticket.Number;
    }, ct);
}

/// <summary>At closing: everybody who still waits is told, and their numbers are cancelled in one explicit act.</summary>
public sealed class CancelWaiting(Work work, Current current, ServiceCatalog catalog)
{
    [Needs("queue.lead")]
    public sealed record Command(Guid RequestId, Guid HallId, string Reason) : ICommand;

    /// <returns>How many numbers were cancelled.</returns>
    /// <exception cref="Refused">hall.out_of_reach; day.not_open; day.not_closing; reason.missing</exception>
    public Task<int> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        Refused.IfField(catalog.CancelReasons.All(r => r.Code != command.Reason), "reason", "reason.missing");
        await db.HallInReach(current, command.HallId, ct);
        var (day, _) = await db.HoldQueue(command.HallId, ct);
        Refused.If(day.State != BusinessDayState.Closing, "day.not_closing");
        var waiting = await db.QueueTickets.Where(t => t.HallId == day.HallId && t.Date == day.Date && t.State == TicketState.Waiting).OrderBy(t => t.Id).HoldAll(ct);
        foreach (var ticket in waiting) await Cancelling.Cancel(db, ticket, command.Reason, current, ct);
        db.Subject = day.Date.ToString();
        return waiting.Count;
    }, ct);
}

static class Cancelling
{
    public static async Task Cancel(HallDb db, QueueTicket ticket, string reason, Current? by, CancellationToken ct)
    {
        ticket.Cancel(reason, db.AtUtc);
        await db.Step(ticket, "cancelled", by, ct, reason);
        db.Raise(new TicketCancelled(ticket.Id, ticket.Number, reason));
    }
}
