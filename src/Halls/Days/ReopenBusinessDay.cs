using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>重开营业日: the last closed day takes postings again, while the next one hasn't begun. Another person has to agree.</summary>
public sealed class ReopenBusinessDay(Work work, Current current, TimeProvider clock)
{
    [Needs("day.close"), FourEyes("day.reopen")]
    public sealed record Command(Guid RequestId, Guid DayId, string Reason) : ICommand;

    /// <exception cref="Refused">approval.needed; day.not_found; hall.out_of_reach; reason.missing; day.next_already_open; day.move_not_allowed</exception>
    public Task<BusinessDate> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(command.Reason), "reason", "reason.missing");
        var day = await db.HoldDay(current, command.DayId, ct);
        var next = await db.BusinessDays.HoldOrNull(d => d.HallId == day.HallId && d.State != BusinessDayState.Closed, ct);
        Refused.If(next is not null && next.State != BusinessDayState.Preparing, "day.next_already_open", next?.Date ?? day.Date, day.Date);
        Refused.If(await db.BusinessDays.AnyAsync(d => d.HallId == day.HallId && d.State == BusinessDayState.Closed && d.Date > day.Date, ct),
            "day.move_not_allowed", day.Date);
        if (next is not null)
        {
            db.Remove(next);
            await db.SaveChangesAsync(ct);
        }

        day.Move(BusinessDayAction.Reopen, current.Name, clock.GetUtcNow().UtcDateTime);
        db.Raise(new DayReopened(day.HallId, day.Date, command.Reason.Trim()));
        return day.Date;
    }, ct);
}
