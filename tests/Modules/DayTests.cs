using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Reception;
using static OpenHall.Tests.Modules.HallIntents;

namespace OpenHall.Tests.Modules;

public class DayTests
{
    [Theory, BothDatabases]
    public async Task A_day_that_is_not_open_gives_no_tickets(TestHall hall)
    {
        var at = await hall.MakeHall(open: false);
        Assert.Equal("day.not_open", (await Refuses(() => hall.Take(at))).Code);
        var lead = hall.Anybody();
        await lead.Do((OpenBusinessDay open) => open.Handle(new(Guid.CreateVersion7(), at.DayId)));
        await hall.Take(at);
        await lead.Do((StartClosing stop) => stop.Handle(new(Guid.CreateVersion7(), at.DayId, false)));
        Assert.Equal("day.closing", (await Refuses(() => hall.Take(at))).Code);
        await lead.Do((StartClosing stop) => stop.Handle(new(Guid.CreateVersion7(), at.DayId, true)));
        Assert.Equal("A002", (await hall.Take(at)).Number);
    }

    [Theory, BothDatabases]
    public async Task A_day_with_people_in_the_hall_does_not_close_and_says_what_is_red(TestHall hall)
    {
        var at = await hall.MakeHall();
        await hall.Take(at);
        await hall.Take(at);
        var clerk = await hall.ClerkAt(at.Counters[0]);
        await clerk.CallsNext();
        Assert.Equal("day.has_findings", (await Refuses(() => clerk.ClosesDay(at))).Code);
        var board = await clerk.Do((DayBoard day) => day.Of(at.Id, FirstDay));
        Assert.False(board.MayClose);
        var red = board.Conditions.Where(c => !c.IsGreen).ToDictionary(c => c.Code, c => c.Findings);
        Assert.Equal(["day.finding.waiting", "day.finding.visit_open"], red["visits_ended"].Select(f => f.TextKey));
        Assert.Equal(["day.finding.counter_open"], red["counters_closed"].Select(f => f.TextKey));
        Assert.All(red.Values.SelectMany(f => f), f => Assert.NotNull(f.Href));

        await clerk.Starts();
        await clerk.Ends();
        Assert.Equal("day.not_closing", (await Refuses(() => clerk.Do((CancelWaiting cancel) => cancel.Handle(new(Guid.CreateVersion7(), at.Id, "closing"))))).Code);
        await clerk.Do((StartClosing stop) => stop.Handle(new(Guid.CreateVersion7(), at.DayId, false)));
        Assert.Equal(1, await clerk.Do((CancelWaiting cancel) => cancel.Handle(new(Guid.CreateVersion7(), at.Id, "closing"))));
        await clerk.Do((CloseCounter close) => close.Handle(new(Guid.CreateVersion7(), at.Counters[0])));
        var closed = await clerk.ClosesDay(at);
        Assert.Equal(FirstDay.AddDays(1), closed.Next.Day);
        Assert.Equal("day.not_open", (await Refuses(() => hall.Take(at))).Code);
        await clerk.Do((OpenBusinessDay open) => open.Handle(new(Guid.CreateVersion7(), closed.NextDayId)));
        Assert.Equal("A001", (await hall.Take(at)).Number);
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_close_at_once_one_closes_and_the_other_hears_who(TestHall hall)
    {
        var at = await hall.MakeHall();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () => await Refusals.Catch(() => hall.Anybody().ClosesDay(at)))));
        var refusal = Assert.Single(outcomes, o => o is not null)!;
        Assert.Equal("day.already_closed", refusal.Code);
        Assert.Equal(["2026-03-31", "测试", "09:00"], refusal.Values.Select(v => v.ToString()));
        Assert.Equal(1, await hall.Read(db => db.BusinessDays.CountAsync(d => d.State == BusinessDayState.Preparing)));
    }

    [Theory, BothDatabases]
    public async Task A_closed_day_opens_again_only_with_another_persons_consent_and_before_the_next_begins(TestHall hall)
    {
        var at = await hall.MakeHall();
        var manager = hall.Anybody();
        var closed = await manager.ClosesDay(at);
        var reopen = new ReopenBusinessDay.Command(Guid.CreateVersion7(), at.DayId, "漏记一笔");
        Task<Kernel.BusinessDate> Reopen(ReopenBusinessDay.Command command) => manager.Do((ReopenBusinessDay handler) => handler.Handle(command));
        Assert.Equal("approval.needed", (await Refuses(() => Reopen(reopen))).Code);
        await Approve(hall, manager, reopen);
        await Reopen(reopen);
        Assert.Equal(BusinessDayState.Closing, await hall.Read(db => db.BusinessDays.Select(d => d.State).SingleAsync()));
        var again = await manager.ClosesDay(at);
        Assert.NotEqual(closed.NextDayId, again.NextDayId);

        await manager.Do((OpenBusinessDay open) => open.Handle(new(Guid.CreateVersion7(), again.NextDayId)));
        var late = reopen with { RequestId = Guid.CreateVersion7() };
        await Approve(hall, manager, late);
        Assert.Equal("day.next_already_open", (await Refuses(() => Reopen(late))).Code);
    }

    /// <summary>Another person's consent, written as the approval page leaves it.</summary>
    private static Task Approve(TestHall hall, Person asker, ReopenBusinessDay.Command command) => hall.Read(async db =>
    {
        var approval = new Approval
        {
            Operation = nameof(ReopenBusinessDay), ContentHash = Approvals.HashOf(command, nameof(ReopenBusinessDay)), Content = "{}", Permission = "day.reopen",
            AskedBy = asker.UserId, AskedByName = "测试", Reason = command.Reason, AskedAtUtc = hall.Clock.UtcNow,
        };
        approval.Decide(true, Guid.CreateVersion7(), "复核人", null, hall.Clock.UtcNow);
        db.Add(approval);
        return await db.SaveChangesAsync();
    });

    [Theory, BothDatabases]
    public async Task A_hall_goes_to_the_next_working_day_by_its_own_calendar(TestHall hall)
    {
        var at = await hall.MakeHall();
        var admin = hall.Anybody();
        await admin.Do((SetSpecialDay set) => set.Handle(new(Guid.CreateVersion7(), at.Id, new(2026, 4, 1), false, "盘点")));
        await admin.Do((SetSpecialDay set) => set.Handle(new(Guid.CreateVersion7(), at.Id, new(2026, 4, 2), false, "盘点")));
        await admin.Do((SetSpecialDay set) => set.Handle(new(Guid.CreateVersion7(), at.Id, new(2026, 4, 3), false, "清明")));
        await admin.Do((SetSpecialDay set) => set.Handle(new(Guid.CreateVersion7(), at.Id, new(2026, 4, 5), true, "调休")));
        var board = await admin.Do((DayBoard day) => day.Of(at.Id, FirstDay));
        Assert.Equal((new DateOnly(2026, 4, 1), new DateOnly(2026, 4, 5)), (board.NextDay, board.NextWorkDay));
    }

    [Theory, BothDatabases]
    public async Task Halls_outside_ones_data_scope_are_refused(TestHall hall)
    {
        var at = await hall.MakeHall();
        await using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(hall.Services);
        var current = (Current)scope.ServiceProvider.GetService(typeof(Current))!;
        current.Become(new StaffUser { UserName = "9", DisplayName = "外人", UnitPath = "/gd/", Posts = "", Scope = DataScope.OwnUnitAndBelow }, new HashSet<string> { "day.close" });
        var close = (CloseBusinessDay)scope.ServiceProvider.GetService(typeof(CloseBusinessDay))!;
        Assert.Equal("hall.out_of_reach", (await Refuses(() => close.Handle(new(Guid.CreateVersion7(), at.DayId, FirstDay.AddDays(1))))).Code);
    }
}
