using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>Adds a counter to a hall.</summary>
public sealed class AddCounter(Work work, Current current)
{
    /// <param name="Services">Codes of the queue services it serves; none: all.</param>
    [Needs("admin.halls")]
    public sealed record Command(Guid RequestId, Guid HallId, int Number, string Name, IReadOnlyList<string> Services) : ICommand;

    /// <exception cref="Refused">hall.not_found; hall.out_of_reach; counter.number_invalid; counter.number_taken; counter.name_missing</exception>
    public Task<Guid> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        await db.HallInReach(current, command.HallId, ct);
        Refused.IfField(await db.Counters.AnyAsync(c => c.HallId == command.HallId && c.Number == command.Number, ct), "number", "counter.number_taken", command.Number);
        var counter = new Counter(command.HallId, command.Number, command.Name, command.Services);
        db.Add(counter);
        (db.HallOfCommand, db.Subject) = (command.HallId, $"counter {command.Number}");
        return counter.Id;
    }, ct);
}

/// <summary>Changes a counter; retiring takes it out of use, its history stays.</summary>
public sealed class ChangeCounter(Work work, Current current)
{
    [Needs("admin.halls")]
    public sealed record Command(Guid RequestId, Guid CounterId, int Number, string Name, IReadOnlyList<string> Services, bool IsRetired) : ICommand;

    /// <exception cref="Refused">counter.not_found; hall.out_of_reach; counter.number_invalid; counter.number_taken; counter.name_missing; counter.in_use</exception>
    public Task<Guid> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var counter = await db.Counters.Hold(c => c.Id == command.CounterId, orRefuse: "counter.not_found", ct);
        await db.HallInReach(current, counter.HallId, ct);
        Refused.IfField(await db.Counters.AnyAsync(c => c.HallId == counter.HallId && c.Number == command.Number && c.Id != counter.Id, ct), "number", "counter.number_taken", command.Number);
        counter.Change(command.Number, command.Name, command.Services);
        if (counter.IsRetired != command.IsRetired) counter.Retire(command.IsRetired);
        (db.HallOfCommand, db.Subject) = (counter.HallId, $"counter {counter.Number}");
        return counter.Id;
    }, ct);
}
