using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>跟踪报修、申领: gives a line to somebody until a day, ends it with what was done, drops it with a reason, or opens it again.</summary>
public sealed class MoveFault(Work work, Current current)
{
    /// <param name="Words">Who sees to it (Give), what came of it (Finish), why (Drop, Reopen).</param>
    [Needs("duties.lead")]
    public sealed record Command(Guid RequestId, Guid FaultId, FaultAction Action, string? Words, DateOnly? DueOn = null) : ICommand;

    /// <exception cref="Refused">fault.not_found; hall.out_of_reach; what <see cref="FaultLine.Move"/> refuses</exception>
    public Task<FaultState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var fault = await db.FaultLines.Hold(f => f.Id == c.FaultId, orRefuse: "fault.not_found", ct);
        await db.HallInReach(current, fault.HallId, ct);
        fault.Move(c.Action, c.Words, c.DueOn, current.Name, db.AtUtc);
        (db.HallOfCommand, db.Subject) = (fault.HallId, fault.WhereZh);
        db.Raise(new FaultMoved(fault.HallId, fault.Id));
        return fault.State;
    }, ct);
}
