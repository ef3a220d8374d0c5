using Microsoft.EntityFrameworkCore;
using OpenHall.Duties;
using OpenHall.Halls;
using OpenHall.Kernel;
using static OpenHall.Tests.Modules.HallIntents;

namespace OpenHall.Tests.Modules;

/// <summary>Which rows a business day gets, and that it gets them once.</summary>
public class MakeDutiesTests
{
    [Theory, BothDatabases]
    public async Task The_days_duties_are_there_before_opening_and_its_opening_makes_none_anew(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "cleaner");
        await DutyHall.RunJobs(hall);
        var made = await duties.Duties();
        Assert.Equal(("0730", DutyHall.Utc("07:30"), DutyHall.Utc("08:30")), made.Where(d => d.Code == "T10.1A").Select(d => (d.Slot, d.FromUtc, d.DueUtc)).Single());
        // Every half hour from 8:30, the last one begins at 17:00.
        Assert.Equal(18, made.Count(d => d.Code == "T10.1B"));
        Assert.Equal(["1000", "1130", "1430", "1630"], made.Where(d => d.Code == "T10.1C").Select(d => d.Slot));
        Assert.All(made, d => Assert.Equal("cleaner", d.Post));
        await duties.Open();
        hall.Clock.Advance(TimeSpan.FromMinutes(4));
        await DutyHall.RunJobs(hall);
        Assert.Equal(made.Count, (await duties.Duties()).Count);
    }

    [Theory, BothDatabases]
    public async Task A_post_that_nobody_in_the_hall_holds_has_no_duties_and_tomorrows_day_none_today(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "guard");
        await duties.Open();
        Assert.All(await duties.Duties(), d => Assert.Equal("guard", d.Post));
        await hall.Anybody().ClosesDay(duties.At);
        hall.Clock.Advance(TimeSpan.FromMinutes(10));
        await DutyHall.RunJobs(hall);
        Assert.DoesNotContain(await duties.Duties(), d => d.Date != DutyHall.Day);
    }

    [Fact]
    public async Task Two_nodes_that_look_at_once_make_each_duty_once()
    {
        Assert.SkipWhen(await PostgresServer.Shared is null, "no PostgreSQL here");
        await using var hall = await BothDatabasesAttribute.OnPostgres();
        await using var other = await BothDatabasesAttribute.AnotherNode(hall);
        var duties = await DutyHall.Make(hall, "cleaner", "guard", "duty_manager");
        other.Clock.SetTo(hall.Clock.UtcNow);
        await Task.WhenAll(DutyHall.RunJobs(hall), DutyHall.RunJobs(other), duties.Open());
        var made = await duties.Duties();
        Assert.NotEmpty(made);
        Assert.Equal(made.Count, made.DistinctBy(d => (d.Code, d.Slot)).Count());
        Assert.Equal(1, await hall.Read(db => db.DutyDays.CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task What_a_system_fact_proves_ticks_itself_in_the_same_transaction_and_an_event_makes_its_duty_once(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "duty_manager");
        await duties.Open();
        duties.Is("10:00");
        var ticket = await hall.Take(duties.At, "complaint");
        var complaint = Assert.Single(await duties.Duties("T01.6"));
        Assert.Equal((ticket.Number, DutyHall.Utc("10:30")), (complaint.About, complaint.DueUtc));
        Assert.Equal("duty.by_system", (await Refuses(async () => await DutyHall.Finish(duties.As("duty_manager"), (await SettledAt(duties)).Id))).Code);

        var manager = duties.As("duty_manager");
        await hall.Anybody().Do((StartClosing stop) => stop.Handle(new(Guid.CreateVersion7(), duties.At.DayId, false)));
        await hall.Anybody().Do((Reception.CancelWaiting cancel) => cancel.Handle(new(Guid.CreateVersion7(), duties.At.Id, "closing")));
        await DutyHall.Finish(manager, (await duties.Duties("H01")).Single().Id, null, DutyHall.AllOk(5));
        await hall.Anybody().ClosesDay(duties.At);
        var settled = (await duties.Duties("T01.5A")).Single();
        Assert.Equal((DutyState.Done, true), (settled.State, settled.IsBySystem));

        static async Task<Duty> SettledAt(DutyHall duties)
        {
            duties.Is("17:00");
            return (await duties.Duties("T01.5A")).Single();
        }
    }

    [Theory, BothDatabases]
    public async Task A_wait_over_the_norm_asks_the_duty_manager_once_in_half_an_hour(TestHall hall)
    {
        var duties = await DutyHall.Make(hall, "duty_manager");
        await duties.Open();
        duties.Is("09:01");
        await hall.Take(duties.At);
        duties.Is("09:21");
        await DutyHall.RunJobs(hall);
        Assert.Empty(await duties.Duties("T01.4A"));
        foreach (var time in new[] { "09:24", "09:28", "09:34" })
        {
            duties.Is(time);
            await DutyHall.RunJobs(hall);
        }

        Assert.Equal(["wait-0900", "wait-0930"], (await duties.Duties("T01.4A")).Select(d => d.Slot));
    }

    [Fact]
    public void Days_without_business_are_made_up_for_at_the_next_opening()
    {
        var monday = new DateOnly(2026, 3, 30);
        var time = new DutyTime(DutyTimeKind.Day, 30, 5, [], [], [28], [], null, null, false);
        Assert.True(time.IsDueOn(monday, monday.AddDays(-3)));
        Assert.False(time.IsDueOn(monday, monday.AddDays(-1)));
        Assert.False(time.IsDueOn(monday, null));
        var last = time with { MonthDays = [0] };
        Assert.True(last.IsDueOn(new(2026, 3, 31), monday));
        Assert.True((time with { MonthDays = [], Weekdays = [1] }).IsDueOn(monday, null));
        Assert.False((time with { MonthDays = [], Weekdays = [1], Months = [4] }).IsDueOn(monday, null));
        // What comes every day is not made up for.
        Assert.Equal(["0800"], (time with { MonthDays = [] }).Slots(monday, [new(new(8, 30), new(12, 0)), new(new(13, 30), new(17, 30))]).Select(s => s.Slot));
    }
}
