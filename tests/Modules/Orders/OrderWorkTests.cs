using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Orders;

namespace OpenHall.Tests.Modules.Orders;

public class OrderWorkTests
{
    private static async Task<(MoneyHall Money, OpenAccount.Opened Account)> Begin(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        return (money, await hall.OpenAccount(place: CustomerIntents.Place(tariff: "power.zhejiang.resident"), on: new(2026, 2, 28), unit: "/zj/xh01/"));
    }

    private static Task<SupplyPoint> Point(TestHall hall, OpenAccount.Opened account) => hall.Read(db => db.SupplyPoints.SingleAsync(p => p.AccountId == account.AccountId));

    [Theory, BothDatabases]
    public async Task A_larger_household_counts_at_once_and_ends_with_its_validity(TestHall hall)
    {
        var (money, account) = await Begin(hall);
        var order = await money.Accept("larger_household", account.AccountNumber, new() { ["persons"] = "6" }, "register", "ownership");
        Assert.Equal(OrderState.Completed, order.State);
        Assert.Equal(6, (await Point(hall, account)).Persons);
        Assert.Equal(new DateOnly(2029, 3, 31), await hall.Read(db => db.ServiceOrders.Select(o => o.ValidUntil).SingleAsync()));
        Assert.Equal("order.changes_nothing", (await Assert.ThrowsAsync<Refused>(() => money.Accept("larger_household", account.AccountNumber, new() { ["persons"] = "6" }, "register", "ownership"))).Code);
        hall.Clock.SetTo(new DateTime(2029, 4, 1, 1, 0, 0, DateTimeKind.Utc));
        Assert.Equal(1, await hall.As("x").Do((Work work) => work.Once(new Sent(Guid.CreateVersion7()), db => Job<EndValidity>(hall, db))));
        Assert.Equal(0, (await Point(hall, account)).Persons);
    }

    [Theory, BothDatabases]
    public async Task A_completed_order_is_taken_back_whole_by_four_eyes(TestHall hall)
    {
        var (money, account) = await Begin(hall);
        var order = await money.Accept("larger_household", account.AccountNumber, new() { ["persons"] = "6", ["combined_price"] = "true" }, "register", "ownership");
        var taker = money.Taker;
        var command = new ReverseOrder.Command(Guid.CreateVersion7(), order.Number, "资料有误");
        Assert.Equal("approval.needed", (await Assert.ThrowsAsync<Refused>(() => taker.Do((ReverseOrder reverse) => reverse.Handle(command)))).Code);
        await money.Approve(taker.UserId, command, nameof(ReverseOrder), "orders.reverse_approve");
        Assert.Equal(OrderState.Reversed, await taker.Do((ReverseOrder reverse) => reverse.Handle(command)));
        var point = await Point(hall, account);
        Assert.Equal((0, false), (point.Persons, point.ChoosesCombinedPrice));
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task The_same_business_is_taken_twice_only_on_purpose(TestHall hall)
    {
        var (money, account) = await Begin(hall);
        var first = await money.Accept("meter_change", account.AccountNumber, new() { ["why"] = "fault" });
        var again = await Assert.ThrowsAsync<Refused>(() => money.Accept("meter_change", account.AccountNumber, new() { ["why"] = "fault" }));
        Assert.Equal(("order.duplicate", first.Number), (again.Code, again.Values[0]));
        await money.Taker.Do((AcceptOrder accept) => accept.Handle(new(Guid.CreateVersion7(), "meter_change", account.AccountNumber, null, null, new Dictionary<string, string> { ["why"] = "fault" }, [], AgainDespite: true)));
        Assert.Equal(2, await hall.Read(db => db.ServiceOrders.CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task Usage_goes_on_over_a_replaced_meter(TestHall hall)
    {
        var (money, account) = await Begin(hall);
        var order = await money.Accept("meter_change", account.AccountNumber, new() { ["why"] = "fault" });
        await money.Engineer.Does(order.Number, "replace", new() { ["replaced_on"] = "2026-03-20", ["old_reading"] = "80", ["meter"] = "NB20260001", ["first_reading"] = "5" });
        await hall.Read(account, new(2026, 3, 31), 25);
        await hall.Bill(202603);
        // 80 on the old meter, 20 on the new.
        Assert.Equal(100_000, (await hall.Bills()).Single().UsageWh);
        Assert.Equal("NB20260001", (await Point(hall, account)).MeterNumber);
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task The_meter_is_read_the_old_holder_billed_and_the_new_one_goes_on(TestHall hall)
    {
        var (money, account) = await Begin(hall);
        await hall.Read(account, new(2026, 3, 1), 10);
        var order = await money.Accept("change_holder", account.AccountNumber,
            new() { ["new_kind"] = "person", ["new_name"] = "赵新主", ["new_phone"] = "13700137000", ["new_paper"] = "110101199003071233", ["consent"] = "true" }, "new_identity", "ownership", "old_consent");
        var done = await money.OfPost("meter_reader").Does(order.Number, "read", new() { ["read_on"] = "2026-03-20", ["final_reading"] = "90" });
        Assert.Equal(OrderState.Completed, done.State);
        var data = await hall.Read(db => db.ServiceOrders.Select(o => o.DataJson).SingleAsync());
        Assert.Contains("_new_account", data, StringComparison.Ordinal);
        Assert.Equal(90_000, (await hall.Bills()).Single().UsageWh);
        Assert.Equal(2, await hall.Read(db => db.BillingAccounts.CountAsync()));
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task An_account_is_closed_when_its_last_bill_is_settled_and_not_before(TestHall hall)
    {
        var (money, account) = await Begin(hall);
        var clerk = await money.OpenTill();
        var order = await money.Accept("end_supply", account.AccountNumber, new() { ["why"] = "搬迁" }, "identity");
        await money.Engineer.Does(order.Number, "dismantle", new() { ["read_on"] = "2026-03-20", ["final_reading"] = "100" });
        var settler = money.Taker;
        Assert.Equal("account.owes", (await Assert.ThrowsAsync<Refused>(() => settler.Does(order.Number, "settle"))).Code);
        await MoneyHall.Pay(clerk, account.AccountId, await money.Owing(account.AccountId));
        await settler.Do((FinishStage finish) => finish.Handle(new(Guid.CreateVersion7(), order.Number, "settle", new Dictionary<string, string>())));
        Assert.Equal(AccountState.Closed, await hall.Read(db => db.BillingAccounts.Select(a => a.State).SingleAsync()));
        await hall.AssertClean();
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task A_stage_is_claimed_by_its_post_returned_held_and_resumed_with_the_time_that_was_left(TestHall hall)
    {
        var (money, account) = await Begin(hall);
        var order = await money.Accept("pause_supply", account.AccountNumber, new() { ["from_day"] = "2026-04-02", ["why"] = "装修" }, "identity");
        Assert.Equal("order.not_your_post", (await Assert.ThrowsAsync<Refused>(() => money.OfPost("meter_reader").Moves(order.Number, OrderAction.Claim))).Code);
        var engineer = money.Engineer;
        await engineer.Moves(order.Number, OrderAction.Claim);
        Assert.Equal("order.not_yours", (await Assert.ThrowsAsync<Refused>(() => money.Engineer.Moves(order.Number, OrderAction.PutBack))).Code);
        Assert.Equal("order.words_missing", (await Assert.ThrowsAsync<Refused>(() => engineer.Moves(order.Number, OrderAction.Return))).Code);
        var due = await hall.Read(db => db.ServiceOrders.Select(o => o.DueUtc).SingleAsync());
        await engineer.Moves(order.Number, OrderAction.Return, "身份证不清楚");
        hall.Clock.Advance(TimeSpan.FromDays(10));
        await money.Taker.Moves(order.Number, OrderAction.Resubmit);
        Assert.Equal(due!.Value.AddDays(10), await hall.Read(db => db.ServiceOrders.Select(o => o.DueUtc).SingleAsync()));
        await engineer.Does(order.Number, "cut", new() { ["seal"] = "F123" });
        Assert.Equal(new DateOnly(2026, 4, 2), (await Point(hall, account)).PausedOn);
        var restart = await money.Accept("restart_supply", account.AccountNumber, [], "identity");
        await money.Engineer.Does(restart.Number, "restore");
        Assert.Null((await Point(hall, account)).PausedOn);
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task Soon_due_and_overdue_are_said_once_each(TestHall hall)
    {
        var (money, account) = await Begin(hall);
        await money.Accept("re_read", account.AccountNumber, new() { ["doubt"] = "用量突增" });
        Task<long> Look() => hall.As("x").Do((Work work) => work.Once(new Sent(Guid.CreateVersion7()), db => Job<FindLateOrders>(hall, db)));
        Assert.Equal(0, await Look());
        hall.Clock.Advance(TimeSpan.FromDays(1.5));
        Assert.Equal((1, 0), (await Look(), await Look()));
        hall.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((1, 0), (await Look(), await Look()));
        Assert.Equal(["Warned", "Overdue"], await hall.Read(db => db.OrderSteps.Where(s => s.Kind == "Warned" || s.Kind == "Overdue").OrderBy(s => s.Place).Select(s => s.Kind).ToListAsync()));
    }

    [Theory, BothDatabases]
    public async Task A_person_sees_only_orders_of_the_units_in_reach(TestHall hall)
    {
        var (money, account) = await Begin(hall);
        var order = await money.Accept("re_read", account.AccountNumber, new() { ["doubt"] = "用量突增" });
        var far = hall.As("orders.see").Within("/js/", DataScope.OwnUnitAndBelow);
        Assert.Equal("order.not_found", (await Assert.ThrowsAsync<Refused>(() => far.Do((OrderFile file) => file.Of(order.Number)))).Code);
        Assert.Equal(0, (await far.Do((OrderFile file) => file.List(new("/orders", "", null, false, 1, 50, [], new Dictionary<string, string>())))).Total);
    }

    [Theory, BothDatabases]
    public async Task Another_hall_reads_an_order_and_leaves_it_to_the_hall_that_took_it(TestHall hall)
    {
        var (money, account) = await Begin(hall);
        var order = await money.Accept("re_read", account.AccountNumber, new() { ["doubt"] = "用量突增" });
        var stranger = hall.As(Guid.CreateVersion7(), await SecondHall(hall), "orders.see", "orders.take", "orders.work", "orders.lead").Holding("meter_reader");
        var view = await stranger.Do((OrderFile file) => file.Of(order.Number));
        Assert.Equal((0, false, false), (view.Moves.Count, view.MayFinish, view.MaySign));
        Assert.Equal("order.other_hall", (await Assert.ThrowsAsync<Refused>(() => stranger.Moves(order.Number, OrderAction.Claim))).Code);
        Assert.Empty((await stranger.Do((OrderFile file) => file.WorkList())).Waiting);
    }

    [Theory, BothDatabases]
    public async Task An_order_is_given_only_to_who_can_work_at_it(TestHall hall)
    {
        var (money, account) = await Begin(hall);
        var order = await money.Accept("re_read", account.AccountNumber, new() { ["doubt"] = "用量突增" });
        var lead = hall.As(Guid.CreateVersion7(), money.HallId, "orders.see", "orders.work", "orders.lead");
        await hall.HasStaff("9001", "meter_reader", unitPath: "/js/", scope: DataScope.OwnUnitAndBelow);
        await hall.HasStaff("9002", "security_guard");
        await hall.HasStaff("9003", "meter_reader");
        foreach (var unfit in new[] { "9001", "9002" })
            Assert.Equal(("order.worker_unfit", "To"), await Refusal(() => lead.Moves(order.Number, OrderAction.Dispatch, to: unfit)));
        Assert.Equal(OrderState.InProgress, await lead.Moves(order.Number, OrderAction.Dispatch, to: "9003"));
    }

    private static Task<Guid> SecondHall(TestHall hall) => hall.Read(async db =>
    {
        var unit = new OrgUnit(await db.OrgUnits.AsTracking().SingleAsync(u => u.Code == "zj"), OrgUnitKind.Hall, "hz02", new("第二厅", "Second hall"));
        db.AddRange(unit, new Hall(unit, "湖滨路 2 号", "057112345679", OpeningHours.EveryDay));
        await db.SaveChangesAsync();
        return unit.Id;
    });

    private static async Task<(string, string?)> Refusal(Func<Task> refused)
    {
        var refusal = await Assert.ThrowsAsync<Refused>(refused);
        return (refusal.Code, refusal.Field);
    }

    [Theory, BothDatabases]
    public async Task Steps_of_one_moment_keep_their_order_and_what_was_done_at_once_is_still_signed(TestHall hall)
    {
        var (money, account) = await Begin(hall);
        var order = await money.Accept("larger_household", account.AccountNumber, new() { ["persons"] = "6" }, "register", "ownership");
        var view = await money.Taker.Do((OrderFile file) => file.Of(order.Number));
        Assert.Equal(Enumerable.Range(1, view.Steps.Count), view.Steps.Select(s => s.Place));
        Assert.Equal(["Accepted", "Effect", "FinishLast", "Told"], view.Steps.Select(s => s.Kind));
        Assert.True(view.MaySign);
        var staged = await money.Accept("re_read", account.AccountNumber, new() { ["doubt"] = "用量突增" });
        await money.Taker.Moves(staged.Number, OrderAction.Cancel, "客户撤回");
        Assert.False((await money.Taker.Do((OrderFile file) => file.Of(staged.Number))).MaySign);
        Assert.Equal(("order.move_not_allowed", null), await Refusal(() => money.Taker.Do((SignOrder sign) => sign.Handle(new(Guid.CreateVersion7(), staged.Number, Guid.CreateVersion7())))));
    }

    [OpenToVisitors("a test")]
    private sealed record Sent(Guid RequestId) : ICommand;

    private static async Task<long> Job<T>(TestHall hall, HallDb db) where T : IJob
    {
        await using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(hall.Services);
        var job = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetServices<IJob>(scope.ServiceProvider).OfType<T>().Single();
        return await job.Run(db, hall.Clock.UtcNow, default);
    }
}
