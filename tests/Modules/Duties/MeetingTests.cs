using Microsoft.EntityFrameworkCore;
using OpenHall.Duties;
using static OpenHall.Tests.Modules.HallIntents;

namespace OpenHall.Tests.Modules;

/// <summary>Meetings: the roll is whole, signing ticks the duty, notices wait for their readers.</summary>
public class MeetingTests
{
    [Theory, BothDatabases]
    public async Task A_meeting_is_signed_once_with_everybody_on_its_roll_and_its_notices_wait_for_them(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "duty_manager", "clerk", "cleaner");
        await duties.Open();
        duties.Is("08:10");
        var (manager, duty) = (duties.As("duty_manager"), (await duties.Duties("T01.1")).Single());
        var staff = await hall.Read(db => db.Users.Where(u => u.HallId == duties.At.Id).OrderBy(u => u.UserName).Select(u => u.Id).ToListAsync());
        Task<Guid> Sign(Person who, params SignMeeting.Roll[] roll) => who.Do((SignMeeting sign) => sign.Handle(new(Guid.CreateVersion7(), duty.Id, roll, "新电价宣传口径", "讲评服务用语")));
        SignMeeting.Roll[] all = [new(staff[0], Attendance.Present, true, null), new(staff[1], Attendance.Late, false, "未戴工牌"), new(staff[2], Attendance.OnLeave, null, null)];
        Assert.Equal("meeting.roll_incomplete", (await Refuses(() => Sign(manager, all[..2]))).Code);
        Assert.Equal("meeting.nobody", (await Refuses(() => Sign(manager, [.. staff.Select(s => new SignMeeting.Roll(s, Attendance.Absent, null, null))]))).Code);
        Assert.Equal("duty.other_post", (await Refuses(() => Sign(duties.As("clerk"), all))).Code);
        Assert.Equal("duty.by_system", (await Refuses(() => DutyHall.Finish(manager, duty.Id))).Code);

        var meeting = await Sign(manager, all);
        Assert.Equal((DutyState.Done, true), (await duties.Duties("T01.1")).Single() is var done ? (done.State, done.LateAtUtc is null) : default);
        Assert.Equal("duty.ended", (await Refuses(() => Sign(manager, all))).Code);
        // Whoever was not there has no looks.
        Assert.Equal([true, false, null], (await hall.Read(db => db.MeetingPeople.ToListAsync())).OrderBy(p => staff.IndexOf(p.UserId)).Select(p => p.LooksRight));

        var reader = hall.As(staff[1], duties.At.Id, "duties.do").Holding("clerk");
        Assert.Single((await reader.Do((MyDay day) => day.Today())).Unread);
        await reader.Do((ReadNotices read) => read.Handle(new(Guid.CreateVersion7(), meeting)));
        Assert.Empty((await reader.Do((MyDay day) => day.Today())).Unread);
        Assert.Equal("meeting.not_found", (await Refuses(() => duties.As("clerk").Do((ReadNotices read) => read.Handle(new(Guid.CreateVersion7(), meeting))))).Code);
    }

    [Theory, BothDatabases]
    public async Task The_agenda_speaks_of_yesterday_before_opening_and_keeps_its_figures(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "duty_manager");
        await duties.Open();
        duties.Is("10:00");
        await hall.Take(duties.At, "complaint");
        duties.Is("17:00");
        await hall.Anybody().Do((Halls.StartClosing stop) => stop.Handle(new(Guid.CreateVersion7(), duties.At.DayId, false)));
        await hall.Anybody().Do((Reception.CancelWaiting cancel) => cancel.Handle(new(Guid.CreateVersion7(), duties.At.Id, "closing")));
        await DutyHall.Finish(duties.As("duty_manager"), (await duties.Duties("H01")).Single().Id, null, DutyHall.AllOk(5));
        var closed = await hall.Anybody().ClosesDay(duties.At);
        duties.Is("07:40", 1);
        await hall.Anybody().Do((Halls.OpenBusinessDay open) => open.Handle(new(Guid.CreateVersion7(), closed.NextDayId)));
        duties.Is("08:10", 1);
        var duty = (await duties.Duties("T01.1")).Single(d => d.Date == closed.Next);
        var view = await duties.As("duty_manager").Do((MeetingView meetings) => meetings.Of(duty.Id));
        Assert.Equal((DutyHall.Day, 1, 1), (view.Agenda.FactsOf, view.Agenda.Tickets, view.Agenda.Complaints));
        Assert.True(view.Agenda.MissedDuties > 5);
        Assert.NotNull(view.Agenda.Question);
        Assert.Equal("meeting.not_one", (await Refuses(async () => await duties.As("duty_manager").Do(async (MeetingView meetings) => await meetings.Of((await duties.Duties("T01.2A")).First().Id)))).Code);
    }
}
