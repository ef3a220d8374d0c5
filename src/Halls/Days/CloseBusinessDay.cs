using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>日结: closes the day when every condition is green and sets the hall on the next one.</summary>
public sealed class CloseBusinessDay(Work work, Current current, TimeProvider clock, IEnumerable<IDayCondition> conditions)
{
    /// <param name="NextDay">Day the hall stands on afterwards; later than this one.</param>
    [Needs("day.close")]
    public sealed record Command(Guid RequestId, Guid DayId, DateOnly NextDay) : ICommand;

    public sealed record Closed(BusinessDate Date, BusinessDate Next, Guid NextDayId);

    /// <exception cref="Refused">day.not_found; hall.out_of_reach; day.already_closed (another was first: who and when); day.has_findings;
    /// day.next_not_later; day.move_not_allowed</exception>
    public Task<Closed> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        // Whoever books on this day keeps it shared; from here on nobody does, so what the conditions see stays true.
        var day = await db.HoldDay(current, command.DayId, ct);
        var at = clock.GetUtcNow().UtcDateTime;
        day.Move(BusinessDayAction.Close, current.Name, at);
        Refused.IfField(command.NextDay <= day.Date.Day, "nextDay", "day.next_not_later", day.Date);
        var red = 0;
        foreach (var condition in conditions)
            if ((await condition.Check(db, day.HallId, day.Date, ct)).Any(f => !f.OnlyWarns)) red++;
        Refused.If(red > 0, "day.has_findings", red);
        // The index that allows one day that isn't closed has to see this one closed first.
        await db.SaveChangesAsync(ct);
        var next = new BusinessDay(day.HallId, new(command.NextDay), at);
        db.Add(next);
        db.Raise(new DayClosed(day.HallId, day.Date, next.Date));
        return new Closed(day.Date, next.Date, next.Id);
    }, ct);
}
