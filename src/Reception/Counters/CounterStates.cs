using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>开台, or back from a pause: the clerk takes the counter.</summary>
public sealed class OpenCounter(Work work, Current current)
{
    [Needs("queue.call")]
    public sealed record Command(Guid RequestId, Guid CounterId) : ICommand;

    /// <exception cref="Refused">counter.not_found; hall.out_of_reach; day.not_open; counter.in_use; counter.retired; counter.clerk_elsewhere; counter.open_already</exception>
    public Task<int> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var found = await db.Counters.SingleOrDefaultAsync(c => c.Id == command.CounterId, ct) ?? throw new Refused("counter.not_found");
        await db.HallInReach(current, found.HallId, ct);
        var (day, _) = await db.HoldQueue(found.HallId, ct);
        var counter = await db.Counters.Hold(c => c.Id == command.CounterId, orRefuse: "counter.not_found", ct);
        var elsewhere = await db.Counters.SingleOrDefaultAsync(c => c.ClerkId == current.UserId && c.Id != counter.Id, ct);
        Refused.If(elsewhere is not null, "counter.clerk_elsewhere", elsewhere?.Number ?? 0);
        counter.Open(current.UserId!.Value, current.Name, current.StaffNumber, db.AtUtc);
        await CounterPeriods.Turn(db, counter, day.Date, ct);
        return counter.Number;
    }, ct);
}

/// <summary>暂停服务 with its reason.</summary>
public sealed class PauseCounter(Work work, Current current, ServiceCatalog catalog)
{
    /// <param name="Reason">Code of a pause reason of the packs.</param>
    [Needs("queue.call")]
    public sealed record Command(Guid RequestId, string Reason) : ICommand;

    /// <exception cref="Refused">counter.none_for_clerk; day.not_open; reason.missing; counter.has_visitor; counter.not_open</exception>
    public Task<int> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        Refused.IfField(catalog.PauseReasons.All(r => r.Code != command.Reason), "reason", "reason.missing");
        var desk = await db.HoldDesk(current, ct);
        Refused.If(desk.Ticket is not null, "counter.has_visitor", desk.Ticket?.Number ?? "");
        desk.Counter.Pause(command.Reason, db.AtUtc);
        await CounterPeriods.Turn(db, desk.Counter, desk.Day.Date, ct);
        return desk.Counter.Number;
    }, ct);
}

/// <summary>关台: the clerk leaves the counter; whoever leads the hall may close another's.</summary>
public sealed class CloseCounter(Work work, Current current)
{
    [Needs("queue.see")]
    public sealed record Command(Guid RequestId, Guid CounterId) : ICommand;

    /// <exception cref="Refused">counter.not_found; permission.missing (another's counter without queue.lead); hall.out_of_reach; day.not_open;
    /// counter.has_visitor; counter.not_open</exception>
    public Task<int> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var found = await db.Counters.SingleOrDefaultAsync(c => c.Id == command.CounterId, ct) ?? throw new Refused("counter.not_found");
        await db.HallInReach(current, found.HallId, ct);
        if (found.ClerkId != current.UserId) current.Require("queue.lead");
        var (day, _) = await db.HoldQueue(found.HallId, ct);
        var counter = await db.Counters.Hold(c => c.Id == command.CounterId && c.ClerkId == found.ClerkId, orRefuse: "counter.not_found", ct);
        Refused.If(counter.State == CounterState.Closed, "counter.not_open", counter.Number);
        var here = await db.QueueTickets.SingleOrDefaultAsync(t => t.CounterId == counter.Id && (t.State == TicketState.Called || t.State == TicketState.Serving), ct);
        Refused.If(here is not null, "counter.has_visitor", here?.Number ?? "");
        counter.Close();
        await CounterPeriods.Turn(db, counter, day.Date, ct);
        foreach (var kept in await db.QueueTickets.Where(t => t.ForCounterId == counter.Id && t.State == TicketState.Waiting).OrderBy(t => t.Id).HoldAll(ct)) kept.Release();
        return counter.Number;
    }, ct);
}

static class CounterPeriods
{
    /// <summary>Ends the counter's running period and begins the next one, unless it is closed now.</summary>
    public static async Task Turn(HallDb db, Counter counter, BusinessDate date, CancellationToken ct)
    {
        db.Subject = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"counter {counter.Number}");
        var running = await db.CounterPeriods.HoldOrNull(p => p.CounterId == counter.Id && p.UntilUtc == null, ct);
        running?.End(db.AtUtc);
        if (counter.ClerkId is { } clerk)
        {
            db.Add(new CounterPeriod
            {
                HallId = counter.HallId, CounterId = counter.Id, Date = date, State = counter.State, ClerkId = clerk, ClerkName = counter.ClerkName!, Reason = counter.Reason, FromUtc = db.AtUtc,
            });
        }

        db.Raise(new CounterChanged(counter.Id, counter.Number, counter.State));
    }
}
