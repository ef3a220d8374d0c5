using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>开门营业: the prepared day takes visitors and money from now on.</summary>
public sealed class OpenBusinessDay(Work work, Current current, TimeProvider clock)
{
    [Needs("day.open")]
    public sealed record Command(Guid RequestId, Guid DayId) : ICommand;

    /// <exception cref="Refused">day.not_found; hall.out_of_reach; day.move_not_allowed</exception>
    public Task<BusinessDate> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var day = await db.HoldDay(current, command.DayId, ct);
        day.Move(BusinessDayAction.Open, current.Name, clock.GetUtcNow().UtcDateTime);
        db.Raise(new DayOpened(day.HallId, day.Date));
        return day.Date;
    }, ct);
}

/// <summary>停止取号: no new visitors; those inside are served and tills settle. Can be taken back.</summary>
public sealed class StartClosing(Work work, Current current, TimeProvider clock)
{
    /// <param name="Resume">Takes visitors again.</param>
    [Needs("day.close")]
    public sealed record Command(Guid RequestId, Guid DayId, bool Resume) : ICommand;

    /// <exception cref="Refused">day.not_found; hall.out_of_reach; day.already_closed; day.move_not_allowed</exception>
    public Task<BusinessDate> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var day = await db.HoldDay(current, command.DayId, ct);
        day.Move(command.Resume ? BusinessDayAction.ResumeService : BusinessDayAction.StartClosing, current.Name, clock.GetUtcNow().UtcDateTime);
        db.Raise(new DayClosing(day.HallId, day.Date, command.Resume));
        return day.Date;
    }, ct);
}

static class HeldDay
{
    /// <summary>Holds a day of a hall within reach and makes it the command's subject.</summary>
    public static async Task<BusinessDay> HoldDay(this HallDb db, Current current, Guid dayId, CancellationToken ct)
    {
        var day = await db.BusinessDays.Hold(d => d.Id == dayId, orRefuse: "day.not_found", ct);
        await db.HallInReach(current, day.HallId, ct);
        (db.HallOfCommand, db.Subject) = (day.HallId, day.Date.ToString());
        return day;
    }
}
