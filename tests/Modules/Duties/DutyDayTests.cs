using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Duties;
using OpenHall.Halls;
using static OpenHall.Tests.Modules.HallIntents;

namespace OpenHall.Tests.Modules;

/// <summary>Late, excepted, closed: what becomes of what is not done.</summary>
public class DutyDayTests
{
    [Theory, BothDatabases]
    public async Task A_late_duty_is_found_once_and_the_post_that_is_named_hears(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "cleaner");
        await duties.Open();
        duties.Is("09:00");
        await DutyHall.RunJobs(hall);
        // Cleaning before opening was due at 8:30; the first half hour ends only now.
        Assert.Equal(["T10.1A"], (await Late(duties)).Select(d => d.Code));
        hall.Clock.Advance(TimeSpan.FromMinutes(2));
        await DutyHall.RunJobs(hall);
        Assert.Equal(["T10.1A", "T10.1B"], (await Late(duties)).Select(d => d.Code));
        hall.Clock.Advance(TimeSpan.FromMinutes(2));
        await DutyHall.RunJobs(hall);
        var notices = await hall.Read(db => db.DutyNotices.OrderBy(n => n.Id).ToListAsync());
        Assert.Equal(["duty_manager", "duty_manager"], notices.Select(n => n.Post));
        Assert.Contains(await hall.Read(db => db.Set<HallEvent>().Where(e => e.Type == nameof(DutiesChanged)).ToListAsync()), e => e.HallId == duties.At.Id);

        var manager = duties.As("duty_manager");
        Assert.Equal(2, (await manager.Do((MyDay day) => day.Today())).Heard.Count);
        Assert.Equal("duty.other_post", (await Refuses(() => duties.As("cleaner").Do((SeeNotice see) => see.Handle(new(Guid.CreateVersion7(), notices[0].Id))))).Code);
        await manager.Do((SeeNotice see) => see.Handle(new(Guid.CreateVersion7(), notices[0].Id)));
        Assert.Single((await manager.Do((MyDay day) => day.Today())).Heard);
    }

    [Theory, BothDatabases]
    public async Task A_round_that_the_next_has_overtaken_is_missed_and_can_no_longer_be_made(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "cleaner");
        await duties.Open();
        // The round of 8:30 was due at 9:00; until 9:30 it is late, then it is overtaken.
        foreach (var (time, state) in new[] { ("09:30", DutyState.Open), ("09:32", DutyState.Missed) })
        {
            duties.Is(time);
            await DutyHall.RunJobs(hall);
            Assert.Equal(state, (await duties.Duty("T10.1B", "0830")).State);
        }

        // What is no round waits to the end of the day.
        Assert.Equal(DutyState.Open, (await duties.Duties("T10.1A")).Single().State);
    }

    private static async Task<List<Duty>> Late(DutyHall duties) => [.. (await duties.Duties()).Where(d => d.LateAtUtc is not null)];

    [Theory, BothDatabases]
    public async Task A_day_does_not_close_without_what_the_packs_insist_on_and_what_is_left_is_missed_for_good(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "duty_manager");
        await duties.Open();
        duties.Is("17:10");
        var anybody = hall.Anybody();
        var condition = (await anybody.Do((DayBoard board) => board.Of(duties.At.Id, FirstDay))).Conditions.Single(c => c.Code == "duties_done");
        Assert.False(condition.IsGreen);
        Assert.Equal(("day.finding.duty", false), (condition.Findings[0].TextKey, condition.Findings[0].OnlyWarns));
        Assert.All(condition.Findings.Skip(1), f => Assert.True(f.OnlyWarns));
        Assert.StartsWith("/my-day?duty=", condition.Findings[0].Href);
        Assert.Equal("day.has_findings", (await Refuses(() => anybody.ClosesDay(duties.At))).Code);

        var sheet = (await duties.Duties("H01")).Single();
        await DutyHall.Finish(duties.As("duty_manager"), sheet.Id, null, DutyHall.AllOk(5));
        await anybody.ClosesDay(duties.At);
        var log = (await duties.Duties("H02")).Single();
        Assert.Equal(DutyState.Missed, log.State);
        Assert.DoesNotContain(await duties.Duties(), d => d.State == DutyState.Open);
        var checks = (await duties.Duties("T01.2B")).Single();
        Assert.Equal("duty.ended", (await Refuses(() => DutyHall.Finish(duties.As("duty_manager"), checks.Id, null, DutyHall.AllOk(4)))).Code);
    }

    [Theory, BothDatabases]
    public async Task A_hall_that_closes_early_does_its_closing_duties_early(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "duty_manager");
        await duties.Open();
        duties.Is("11:00");
        var sheet = (await duties.Duties("H01")).Single();
        Assert.Equal("duty.too_early", (await Refuses(() => DutyHall.Finish(duties.As("duty_manager"), sheet.Id, null, DutyHall.AllOk(5)))).Code);
        await hall.Anybody().Do((StartClosing stop) => stop.Handle(new(Guid.CreateVersion7(), duties.At.DayId, false)));
        await DutyHall.Finish(duties.As("duty_manager"), sheet.Id, null, DutyHall.AllOk(5));
        await hall.Anybody().ClosesDay(duties.At);
    }

    [Theory, BothDatabases]
    public async Task An_exception_needs_a_reason_and_another_person_of_the_managers_post(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "cleaner");
        await duties.Open();
        duties.Is("08:40");
        var (cleaner, duty) = (duties.As("cleaner"), await duties.Duty("T10.1B", "1000"));
        var except = new ExceptDuty.Command(Guid.CreateVersion7(), duty.Id, "停水检修");
        Assert.Equal("approval.needed", (await Refuses(() => cleaner.Do((ExceptDuty handler) => handler.Handle(except)))).Code);
        await hall.Read(async db =>
        {
            var approval = new Approval
            {
                Operation = nameof(ExceptDuty), ContentHash = Approvals.HashOf(except, nameof(ExceptDuty)), Content = "{}", Permission = "duties.except_approve",
                AskedBy = cleaner.UserId, AskedByName = "测试", Reason = except.Reason, AskedAtUtc = hall.Clock.UtcNow,
            };
            approval.Decide(true, Guid.CreateVersion7(), "经理", null, hall.Clock.UtcNow);
            db.Add(approval);
            return await db.SaveChangesAsync();
        });
        Assert.Equal(DutyState.Excepted, await cleaner.Do((ExceptDuty handler) => handler.Handle(except)));
        duties.Is("10:40");
        await DutyHall.RunJobs(hall);
        var excepted = await duties.Duty("T10.1B", "1000");
        Assert.Equal((DutyState.Excepted, "停水检修", (DateTime?)null), (excepted.State, excepted.Remark, excepted.LateAtUtc));
    }

    [Theory, BothDatabases]
    public async Task My_day_shows_what_is_late_first_and_the_bar_counts_what_is_due(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "cleaner");
        await duties.Open();
        duties.Is("10:05");
        var cleaner = duties.As("cleaner");
        await DutyHall.Finish(cleaner, (await duties.Duty("T10.1B", "0900")).Id, await duties.Spot("washroom"));
        var view = await cleaner.Do((MyDay day) => day.Today());
        Assert.Equal((3, 2, 1), (view.Count(DutyStanding.Late), view.Count(DutyStanding.Due), view.Count(DutyStanding.Done)));
        Assert.Equal(DutyStanding.Late, view.Lines[0].Standing);
        Assert.Contains(view.Always, p => p.Code == "S01.1");
        var figure = await cleaner.Do((DutiesInBar bar) => bar.Count());
        Assert.Equal((5, true), (figure!.Count, figure.Warns));
        // What is due where the code hangs, the longest due first.
        var (_, due) = await cleaner.Do(async (MyDay day) => await day.AtSpot(await duties.Spot("washroom")));
        Assert.Equal("0830", due!.Duty.Slot);
    }

    [Theory, BothDatabases]
    public async Task The_board_and_the_month_count_the_same_rows(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "cleaner");
        await duties.Open();
        duties.Is("09:40");
        var (cleaner, key) = (duties.As("cleaner"), await duties.Spot("washroom"));
        await DutyHall.Finish(cleaner, (await duties.Duty("T10.1B", "0830")).Id, key);
        await DutyHall.Finish(cleaner, (await duties.Duty("T10.1B", "0930")).Id, key);
        await DutyHall.RunJobs(hall);
        var board = await duties.As().Do((DutyBoard b) => b.Of(duties.At.Id, null));
        var post = Assert.Single(board.Posts);
        Assert.Equal((1, 1, 2), (post.Figures.InTime, post.Figures.Late, post.Figures.OpenLate));
        var month = await duties.As().Do((DutyScores s) => s.Of(null, 2026, 3));
        Assert.Equal(post.Figures, Assert.Single(month.Rows).Figures);
        Assert.Equal(75, post.Figures.Score);
        var (total, rows) = await duties.As().Do((DutyList list) => list.Find(ListQuery.Of("/duties/list", Microsoft.AspNetCore.Http.QueryCollection.Empty)));
        Assert.Equal(3, total);
        Assert.Equal(40, rows.Single(r => r.State == "late" && r.LateMinutes is not null).LateMinutes);
        Assert.Equal("permission.missing", (await Refuses(() => hall.As(Guid.CreateVersion7(), duties.At.Id).Do((DutyBoard b) => b.Of(duties.At.Id, null)))).Code);
        Assert.Equal("hall.out_of_reach", (await Refuses(() => hall.As(Guid.CreateVersion7(), Guid.CreateVersion7(), "duties.see").Within("/gd/", DataScope.OwnUnit).Do((DutyBoard b) => b.Of(duties.At.Id, null)))).Code);
    }
}
