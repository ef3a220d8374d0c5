using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>Sets a hall on its first business day; later days come from closing the one before.</summary>
public sealed class PrepareDay(Work work, Current current, TimeProvider clock)
{
    [Needs("day.open")]
    public sealed record Command(Guid RequestId, Guid HallId, DateOnly Day) : ICommand;

    /// <returns>Id of the day.</returns>
    /// <exception cref="Refused">hall.not_found; hall.out_of_reach; day.already_there; day.next_not_later</exception>
    public Task<Guid> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        await db.HallInReach(current, command.HallId, ct);
        await db.Halls.Hold(h => h.Id == command.HallId, orRefuse: "hall.not_found", ct);
        var last = await db.BusinessDays.Where(d => d.HallId == command.HallId).OrderByDescending(d => d.Date).FirstOrDefaultAsync(ct);
        if (last is not null)
        {
            Refused.If(last.State != BusinessDayState.Closed, "day.already_there", last.Date);
            Refused.IfField(command.Day <= last.Date.Day, "day", "day.next_not_later", last.Date);
        }

        var day = new BusinessDay(command.HallId, new(command.Day), clock.GetUtcNow().UtcDateTime);
        (db.HallOfCommand, db.Subject) = (command.HallId, day.Date.ToString());
        db.Add(day);
        return day.Id;
    }, ct);
}
