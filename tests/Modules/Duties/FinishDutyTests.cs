using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Duties;
using OpenHall.Halls;
using OpenHall.Kernel;
using static OpenHall.Tests.Modules.HallIntents;

namespace OpenHall.Tests.Modules;

/// <summary>Who does a duty, when, and with what proof.</summary>
public class FinishDutyTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];

    [Theory, BothDatabases]
    public async Task Done_at_the_last_moment_is_in_time_and_a_second_later_late(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "cleaner");
        await duties.Open();
        var (cleaner, key) = (duties.As("cleaner"), await duties.Spot("washroom"));
        duties.Is("09:00");
        Assert.False((await DutyHall.Finish(cleaner, (await duties.Duty("T10.1B", "0830")).Id, key)).IsLate);
        hall.Clock.SetTo(DutyHall.Utc("09:30").AddSeconds(1));
        Assert.True((await DutyHall.Finish(cleaner, (await duties.Duty("T10.1B", "0900")).Id, key)).IsLate);
        var next = (await duties.Duty("T10.1B", "1000")).Id;
        Assert.Equal("duty.too_early", (await Refuses(() => DutyHall.Finish(cleaner, next, key))).Code);
        var done = (await duties.Duty("T10.1B", "0830")).Id;
        Assert.Equal("duty.ended", (await Refuses(() => DutyHall.Finish(cleaner, done, key))).Code);
    }

    [Theory, BothDatabases]
    public async Task Only_the_hall_s_own_people_of_the_post_do_it(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "cleaner");
        await duties.Open();
        duties.Is("08:40");
        var (duty, key) = ((await duties.Duty("T10.1B", "0830")).Id, await duties.Spot("washroom"));
        Assert.Equal("duty.other_post", (await Refuses(() => DutyHall.Finish(duties.As("guard"), duty, key))).Code);
        Assert.Equal("duty.other_hall", (await Refuses(() => DutyHall.Finish(hall.As(Guid.CreateVersion7(), Guid.CreateVersion7(), "duties.do").Holding("cleaner"), duty, key))).Code);
        Assert.Equal("permission.missing", (await Refuses(() => DutyHall.Finish(hall.As(Guid.CreateVersion7(), duties.At.Id).Holding("cleaner"), duty, key))).Code);
    }

    [Theory, BothDatabases]
    public async Task A_scan_proves_the_place_of_this_hall_and_nothing_else(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "cleaner");
        await duties.Open();
        duties.Is("08:40");
        var (cleaner, duty) = (duties.As("cleaner"), (await duties.Duty("T10.1B", "0830")).Id);
        var elsewhere = await hall.Read(async db =>
        {
            var city = await db.Set<OrgUnit>().SingleAsync(u => u.Code == "hz");
            var unit = new OrgUnit(city, OrgUnitKind.Hall, "h2", new("另一厅", "Other hall"));
            var other = new Hall(unit, "示范路2号", "0571-88880001", OpeningHours.EveryDay);
            var spot = new DutySpot(other.Id, "washroom");
            db.Entry(city).State = EntityState.Unchanged;
            db.AddRange(unit, other, spot);
            await db.SaveChangesAsync();
            return spot.Key;
        });
        foreach (var (code, key) in new[] { ("spot.missing", ""), ("spot.unknown", "ABCDEFGHJKMN"), ("spot.other_hall", elsewhere), ("spot.other_place", await duties.Spot("lobby")) })
            Assert.Equal((code, "SpotKey"), (await Refuses(() => DutyHall.Finish(cleaner, duty, key))) is var no ? (no.Code, no.Field) : default);
        // A scanner hands over the whole address.
        await DutyHall.Finish(cleaner, duty, "https://hall.example:5080/spot/" + (await duties.Spot("washroom")).ToLowerInvariant());
        Assert.True((await duties.Duty("T10.1B", "0830")).IsScanned);

        var old = await duties.Spot("lobby");
        await duties.As("duty_manager").Do((RenewSpot renew) => renew.Handle(new(Guid.CreateVersion7(), duties.At.Id, "lobby")));
        duties.Is("10:05");
        var sweep = (await duties.Duty("T10.1C", "1000")).Id;
        Assert.Equal("spot.unknown", (await Refuses(() => DutyHall.Finish(cleaner, sweep, old))).Code);
    }

    [Theory, BothDatabases]
    public async Task A_checklist_is_answered_whole_and_a_fault_opens_a_line_that_is_followed(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "duty_manager");
        await duties.Open();
        duties.Is("08:10");
        var (manager, duty) = (duties.As("duty_manager"), (await duties.Duties("T01.2B")).Single().Id);
        var half = await Refuses(() => DutyHall.Finish(manager, duty, null, new(DutyResult.Ok, null, null), new(DutyResult.Fault, null, " ")));
        Assert.Equal([("duty.fault_words_missing", "Item1"), ("duty.line_unanswered", "Item2"), ("duty.line_unanswered", "Item3")], half.All.Select(r => (r.Code, r.Field!)));
        var finished = await DutyHall.Finish(manager, duty, null, new(DutyResult.Ok, null, null), new(DutyResult.Fault, null, "意见簿缺页"), new(DutyResult.Fault, null, "宣传单只剩三张"), new(DutyResult.NotApplicable, null, null));
        Assert.Equal(2, finished.Faults);
        var faults = await hall.Read(db => db.FaultLines.OrderBy(f => f.Line).ToListAsync());
        Assert.Equal([(FaultKind.Repair, "意见簿缺页"), (FaultKind.Request, "宣传单只剩三张")], faults.Select(f => (f.Kind, f.What)));

        Task<FaultState> Move(FaultAction action, string? words, DateOnly? due = null) => manager.Do((MoveFault move) => move.Handle(new(Guid.CreateVersion7(), faults[0].Id, action, words, due)));
        Assert.Equal("fault.due_missing", (await Refuses(() => Move(FaultAction.Give, "后勤"))).Code);
        Assert.Equal(FaultState.Given, await Move(FaultAction.Give, "后勤", FirstDay.AddDays(2)));
        Assert.Equal(FaultState.Done, await Move(FaultAction.Finish, "已更换"));
        Assert.Equal("fault.move_not_allowed", (await Refuses(() => Move(FaultAction.Drop, "重复"))).Code);
    }

    [Theory, BothDatabases]
    public async Task A_photograph_is_a_picture_and_not_another_kind_of_file(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "duty_manager");
        // Monday.
        await hall.Read(db => db.BusinessDays.ExecuteUpdateAsync(s => s.SetProperty(d => d.Date, new BusinessDate(FirstDay.AddDays(6)))));
        duties.Is("07:30", 6);
        await duties.Open();
        duties.Is("08:10", 6);
        var (manager, duty) = (duties.As("duty_manager"), (await duties.Duties("T01.2E")).Single().Id);
        Task<AttachFile.Attached> Attach(string name, byte[] content) => manager.Do((AttachFile attach) => attach.Handle(Guid.CreateVersion7(), "duty", duty.ToString(), name, new MemoryStream(content)));
        Assert.Equal("duty.photo_missing", (await Refuses(() => DutyHall.Finish(manager, duty, null, DutyHall.AllOk(3)))).Code);
        await Attach("list.csv", Encoding.UTF8.GetBytes("a,b\r\n1,2\r\n"));
        Assert.Equal("duty.photo_missing", (await Refuses(() => DutyHall.Finish(manager, duty, null, DutyHall.AllOk(3)))).Code);
        Assert.Equal("attachment.wrong_content", (await Refuses(() => Attach("fire.png", Encoding.UTF8.GetBytes("no picture")))).Code);
        await Attach("fire.png", Png);
        await DutyHall.Finish(manager, duty, null, DutyHall.AllOk(3));
    }

    [Fact]
    public void A_figure_outside_its_range_is_a_fault_and_needs_words()
    {
        var items = new[] { new DutyItem(new("温度", "Temperature"), new("℃", "°C"), 2000, 8000) };
        var at = Guid.CreateVersion7();
        Assert.Equal(DutyResult.Ok, Checklist.Read(at, items, [new(null, 8m, null)])[0].Result);
        Assert.Equal("duty.fault_words_missing", Assert.Throws<Refused>(() => Checklist.Read(at, items, [new(null, 8.1m, null)])).Code);
        Assert.Equal((DutyResult.Fault, 8100L), Checklist.Read(at, items, [new(null, 8.1m, "门未关严")])[0] is var a ? (a.Result, a.Milli!.Value) : default);
        Assert.Equal("duty.figure_missing", Assert.Throws<Refused>(() => Checklist.Read(at, items, [new(null, null, null)])).Code);
        Assert.Equal(DutyResult.NotApplicable, Checklist.Read(at, items, [new(DutyResult.NotApplicable, null, null)])[0].Result);
    }

    [Fact]
    public void Every_move_is_in_the_table_or_refused()
    {
        foreach (var state in Enum.GetValues<DutyState>())
        {
            foreach (var action in Enum.GetValues<DutyAction>())
            {
                var duty = new Duty { HallId = default, Date = DutyHall.Day, Code = "X", Slot = "0", Post = "p", FromUtc = DutyHall.Utc("08:00"), DueUtc = DutyHall.Utc("09:00") };
                var at = DutyHall.Utc("08:30");
                if (state == DutyState.Done) duty.Finish(null, "甲", null, false, 0, at);
                if (state == DutyState.Missed) duty.Miss(at);
                if (state == DutyState.Excepted) duty.Except(null, "甲", "停业", at);
                Action act = action switch { DutyAction.Finish => () => duty.Finish(null, "乙", null, false, 0, at), DutyAction.Miss => () => duty.Miss(at), _ => () => duty.Except(null, "乙", "停业", at) };
                if (Duty.Moves.Any(m => m.From == state && m.Action == action)) act();
                else Assert.Equal("duty.ended", Assert.Throws<Refused>(act).Code);
            }
        }
    }
}
