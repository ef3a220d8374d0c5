using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Duties;
using OpenHall.Halls;
using OpenHall.Kernel;
using static OpenHall.Tests.Modules.HallIntents;

namespace OpenHall.Tests.Modules;

/// <summary>The duty log: filled by the system, remarked by the duty manager, locked by one signature.</summary>
public class DutyLogTests
{
    private static Task<Guid> Sign(Person who, DutyHall duties) => who.Do((SignLog sign) => sign.Handle(new(Guid.CreateVersion7(), duties.At.Id, FirstDay)));

    private static Task<Guid> Remark(Person who, DutyHall duties, string? words) => who.Do((RemarkInLog remark) => remark.Handle(new(Guid.CreateVersion7(), duties.At.Id, FirstDay, words)));

    private static async Task<LogView.View> Look(DutyHall duties) => await duties.As("duty_manager").Do((LogView logs) => logs.Of(duties.At.Id, FirstDay));

    private static async Task<DutyHall> Stopped(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "duty_manager");
        await duties.Open();
        duties.Is("10:00");
        await hall.Take(duties.At, "complaint");
        duties.Is("17:00");
        await hall.Anybody().Do((StartClosing stop) => stop.Handle(new(Guid.CreateVersion7(), duties.At.DayId, false)));
        return duties;
    }

    [Theory, BothDatabases]
    public async Task Signing_keeps_the_events_ticks_the_duty_and_locks_the_log(TestHall hall)
    {
        var duties = await Stopped(hall);
        var manager = duties.As("duty_manager");
        Assert.Equal(("dutylog.words_missing", "Words"), (await Refuses(() => Remark(manager, duties, " "))) is var no ? (no.Code, no.Field) : default);
        await Remark(manager, duties, "空调滴水，已放警示牌");
        Assert.Equal("duty.by_system", (await Refuses(async () => await DutyHall.Finish(manager, (await duties.Duties("H02")).Single().Id))).Code);
        await Sign(manager, duties);
        Assert.Equal((DutyState.Done, true), (await duties.Duties("H02")).Single() is var duty ? (duty.State, duty.IsBySystem) : default);
        Assert.Equal("dutylog.signed", (await Refuses(() => Sign(manager, duties))).Code);
        Assert.Equal("dutylog.signed", (await Refuses(() => Remark(manager, duties, "补一句"))).Code);

        var before = await Look(duties);
        Assert.Equal([LogKind.DayOpened, LogKind.Complaint, LogKind.TicketsServed], before.Lines.Select(l => l.Kind));
        Assert.Equal("空调滴水，已放警示牌", Assert.Single(before.Remarks).Words);
        Assert.False(before.Signed!.IsLate || before.CanWrite || before.CanSign);
        // What happens afterwards changes nothing in it; the close of the day is its last event.
        await hall.Anybody().Do((Reception.CancelWaiting cancel) => cancel.Handle(new(Guid.CreateVersion7(), duties.At.Id, "closing")));
        await DutyHall.Finish(manager, (await duties.Duties("H01")).Single().Id, null, DutyHall.AllOk(5));
        await hall.Anybody().ClosesDay(duties.At);
        var after = (await Look(duties)).Lines;
        Assert.Equal(before.Lines, after.SkipLast(1));
        Assert.Equal(LogKind.DayClosed, after[^1].Kind);
    }

    [Theory, BothDatabases]
    public async Task Only_the_hall_s_own_people_with_the_right_sign_and_only_when_the_day_ends(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "duty_manager");
        await duties.Open();
        var manager = duties.As("duty_manager");
        Assert.Equal("dutylog.not_closing", (await Refuses(() => Sign(manager, duties))).Code);
        Assert.Equal("duty.other_hall", (await Refuses(() => Sign(hall.As(Guid.CreateVersion7(), Guid.CreateVersion7(), "duties.log"), duties))).Code);
        Assert.Equal("permission.missing", (await Refuses(() => Sign(hall.As(Guid.CreateVersion7(), duties.At.Id, "duties.do", "duties.see"), duties))).Code);
        Assert.Equal("permission.missing", (await Refuses(() => Remark(hall.As(Guid.CreateVersion7(), duties.At.Id, "duties.do").Holding("clerk"), duties, "值班"))).Code);
        Assert.Equal("dutylog.no_day", (await Refuses(() => manager.Do((SignLog sign) => sign.Handle(new(Guid.CreateVersion7(), duties.At.Id, FirstDay.AddDays(9)))))).Code);
        Assert.True((await Look(duties)) is { CanWrite: true, CanSign: false });
    }

    [Theory, BothDatabases]
    public async Task A_log_of_an_earlier_day_is_signed_late_and_its_duty_stays_missed(TestHall hall)
    {
        var duties = await Stopped(hall);
        await hall.Anybody().Do((Reception.CancelWaiting cancel) => cancel.Handle(new(Guid.CreateVersion7(), duties.At.Id, "closing")));
        await DutyHall.Finish(duties.As("duty_manager"), (await duties.Duties("H01")).Single().Id, null, DutyHall.AllOk(5));
        await hall.Anybody().ClosesDay(duties.At);
        duties.Is("09:00", 1);
        await Sign(duties.As("duty_manager"), duties);
        var view = await Look(duties);
        Assert.True(view.Signed!.IsLate);
        Assert.Contains(view.Lines, l => l.Kind == LogKind.DutyMissed && l.Told.Contains("值班日志", StringComparison.Ordinal));
        Assert.Equal(DutyState.Missed, (await duties.Duties("H02")).Single().State);
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_sign_at_once_one_signs(TestHall hall)
    {
        var duties = await Stopped(hall);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            try
            {
                await Sign(duties.As("duty_manager"), duties);
                return "";
            }
            catch (Refused no)
            {
                return no.Code;
            }
        })));
        Assert.Equal(["", "dutylog.signed", "dutylog.signed", "dutylog.signed"], outcomes.Order(StringComparer.Ordinal));
        Assert.Equal(1, await hall.Read(db => db.DutyLogs.CountAsync()));
    }
}
