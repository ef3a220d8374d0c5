using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>重呼 (F9): the number at the counter is called once more.</summary>
public sealed class CallAgain(Work work, Current current)
{
    [Needs("queue.call")]
    public sealed record Command(Guid RequestId) : ICommand;

    /// <exception cref="Refused">counter.none_for_clerk; day.not_open; queue.nobody_here; ticket.move_not_allowed</exception>
    public Task<string> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var desk = await db.HoldDesk(current, ct);
        var ticket = desk.RequireTicket();
        ticket.CallAgain(desk.Head.NextCall(), db.AtUtc);
        await db.Step(ticket, "called_again", current, ct);
        db.Raise(new TicketCalled(ticket.Id, ticket.Number, desk.Counter.Number, ticket.Calls));
        return ticket.Number;
    }, ct);
}

/// <summary>过号 (F10): whoever was called did not come.</summary>
public sealed class MarkNoShow(Work work, Current current)
{
    [Needs("queue.call")]
    public sealed record Command(Guid RequestId) : ICommand;

    /// <exception cref="Refused">counter.none_for_clerk; day.not_open; queue.nobody_here; ticket.move_not_allowed</exception>
    public Task<string> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var ticket = (await db.HoldDesk(current, ct)).RequireTicket();
        ticket.MarkNoShow(db.AtUtc);
        await db.Step(ticket, "no_show", current, ct);
        db.Raise(new TicketNoShow(ticket.Id, ticket.Number));
        return ticket.Number;
    }, ct);
}

/// <summary>开始办理: the visitor has come to the counter.</summary>
public sealed class StartServing(Work work, Current current)
{
    [Needs("queue.call")]
    public sealed record Command(Guid RequestId) : ICommand;

    /// <returns>Id of the visit.</returns>
    /// <exception cref="Refused">counter.none_for_clerk; day.not_open; queue.nobody_here; ticket.move_not_allowed</exception>
    public Task<Guid> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var ticket = (await db.HoldDesk(current, ct)).RequireTicket();
        await Serving.Start(db, ticket, current, ct);
        return ticket.VisitId;
    }, ct);
}

/// <summary>挂起: the visitor fetches something and comes back; the counter is free meanwhile.</summary>
public sealed class ParkTicket(Work work, Current current, ServiceCatalog catalog)
{
    private const int MostMinutes = 480;

    /// <param name="Reason">Code of a park reason of the packs; it says where the papers are meanwhile.</param>
    [Needs("queue.call")]
    public sealed record Command(Guid RequestId, string Reason) : ICommand
    {
        /// <summary>Back in the line by itself after so many minutes, 1–480; 0: when somebody says so; null: as the reason has it.</summary>
        public int? Minutes { get; init; }
    }

    /// <exception cref="Refused">counter.none_for_clerk; day.not_open; queue.nobody_here; reason.missing; ticket.park_minutes; ticket.move_not_allowed</exception>
    public Task<string> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var reason = catalog.ParkReasons.FirstOrDefault(r => r.Code == command.Reason) ?? throw new Refused("reason.missing") { Field = "reason" };
        var minutes = command.Minutes ?? reason.Minutes;
        Refused.IfField(minutes is < 0 or > MostMinutes, "minutes", "ticket.park_minutes", MostMinutes);
        var ticket = (await db.HoldDesk(current, ct)).RequireTicket();
        ticket.Park(reason.Code, reason.Papers, minutes > 0 ? db.AtUtc.AddMinutes(minutes) : null, db.AtUtc);
        await db.Step(ticket, "parked", current, ct, command.Reason);
        db.Raise(new TicketParked(ticket.Id, ticket.Number, command.Reason));
        return ticket.Number;
    }, ct);
}

/// <summary>办结: the service at the counter ends. Whoever sent the visitor here gets them back, the next of several services is gone on with, else the visit ends and the second
/// screen asks for the rating.</summary>
public sealed class EndService(Work work, Current current, ServiceCatalog catalog)
{
    [Needs("queue.call")]
    public sealed record Command(Guid RequestId) : ICommand
    {
        /// <summary>Also when the visitor wanted more or was to go back: the visit ends.</summary>
        public bool All { get; init; }
    }

    /// <returns>Id of the visit.</returns>
    /// <exception cref="Refused">counter.none_for_clerk; day.not_open; queue.nobody_here; ticket.move_not_allowed</exception>
    public Task<Guid> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var desk = await db.HoldDesk(current, ct);
        var ticket = desk.RequireTicket();
        if (command.All) await Calling.End(db, ticket, current, ct);
        else await Calling.EndOrGoOn(db, desk, ticket, current, catalog, ct);
        return ticket.VisitId;
    }, ct);
}

public static class Serving
{
    internal static async Task Start(HallDb db, QueueTicket ticket, Current current, CancellationToken ct)
    {
        ticket.Start(db.AtUtc);
        await db.Step(ticket, "started", current, ct);
        db.Raise(new TicketStarted(ticket.Id, ticket.Number, ticket.CounterNumber!.Value));
    }
}
