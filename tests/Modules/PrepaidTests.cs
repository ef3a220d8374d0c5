using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

/// <summary>预付费: an account is told once when what is left falls to a limit; a top-up at the counter clears it at once.</summary>
public class PrepaidTests
{
    /// <summary>February of 28 days for 28.00 is paid: 1.00 a day, 31 days not billed on 31 March.</summary>
    private static async Task<long> Account(MoneyHall money, MoneyHall.Clerk clerk, long balance)
    {
        var account = await money.Account(0, bills: [28_00, 28_00]);
        await MoneyHall.Pay(clerk, account, 56_00 + balance, 56_00 + balance);
        return account;
    }

    private static Task<PrepaidLevel?> Set(MoneyHall money, long account, long alert, long stop, bool isOn = true) =>
        money.Hall.As("prepaid.set").Do((SetPrepaid set) => set.Handle(new(Guid.CreateVersion7(), Customers.AccountNumber.Of(account), isOn, alert, stop)));

    private static Task<PrepaidAccount> Row(MoneyHall money, long account) => money.Hall.Read(db => db.PrepaidAccounts.SingleAsync(p => p.AccountId == account));

    private static async Task<long> Look(TestHall hall)
    {
        await using var scope = hall.Services.CreateAsyncScope();
        var job = scope.ServiceProvider.GetServices<IJob>().Single(j => j.Name == "prepaid.look");
        var db = scope.ServiceProvider.GetRequiredService<HallDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var looked = await job.Run(db, hall.Clock.UtcNow, default);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return looked;
    }

    private static Task<List<string>> Told(TestHall hall) => hall.Read(db => db.OutboxMessages.Where(m => m.Topic.StartsWith("prepaid.")).OrderBy(m => m.Id).Select(m => m.Topic).ToListAsync());

    [Theory]
    [InlineData(100_00, 0, 10, 1_00, 90_00, 90)]
    [InlineData(100_00, 60_00, 10, 1_00, 30_00, 30)]
    [InlineData(5_00, 0, 10, 1_00, -5_00, 0)]
    public void What_is_left_is_balance_less_bills_less_days_not_billed(long balance, long owing, int unbilled, long day, long left, int days) =>
        Assert.Equal(new PrepaidEstimate(day, left, days), PrepaidEstimate.Of(new(balance), new(owing), [(new(31_00), 31), (new(28_00), 28)], unbilled));

    [Fact]
    public void Without_a_bill_nothing_is_guessed() => Assert.Equal(new PrepaidEstimate(0, 7_00, null), PrepaidEstimate.Of(new(7_00), Money.Zero, [], 0));

    [Theory, BothDatabases]
    public async Task Each_limit_is_told_once_a_crossing_and_a_top_up_clears_it_at_once(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        // 31 days not billed: 100.00 less 31.00.
        var account = await Account(money, clerk, 100_00);
        Assert.Equal(PrepaidLevel.Enough, await Set(money, account, 50_00, 20_00));
        Assert.Equal((69_00L, 69, 1_00L), ((await Row(money, account)).LeftFen, (await Row(money, account)).DaysLeft, (await Row(money, account)).DayFen));
        hall.Clock.Advance(TimeSpan.FromDays(18));
        Assert.Equal(1, await Look(hall));
        Assert.Empty(await Told(hall));
        hall.Clock.Advance(TimeSpan.FromDays(1));
        await Look(hall);
        await Look(hall);
        hall.Clock.Advance(TimeSpan.FromDays(5));
        await Look(hall);
        Assert.Equal(["prepaid.low"], await Told(hall));
        hall.Clock.Advance(TimeSpan.FromDays(25));
        await Look(hall);
        await Look(hall);
        Assert.Equal(["prepaid.low", "prepaid.stop"], await Told(hall));
        Assert.Equal([(1, PrepaidLevel.Low, 50_00L), (2, PrepaidLevel.Stop, 20_00L)], await hall.Read(async db => (await db.PrepaidAlerts.OrderBy(a => a.Crossing).ToListAsync()).Select(a => (a.Crossing, a.Level, a.LeftFen)).ToList()));

        // Some money, not enough: lower, but not told again; then enough; then spent again: told again.
        await MoneyHall.Pay(clerk, account, 10_00, 10_00);
        Assert.Equal(PrepaidLevel.Low, (await Row(money, account)).Level);
        var topUp = await MoneyHall.Pay(clerk, account, 100_00, 100_00);
        Assert.Equal((PrepaidLevel.Enough, 2), ((await Row(money, account)).Level, (await Row(money, account)).Crossings));
        Assert.Equal(2, (await Told(hall)).Count);
        await money.Reverse(clerk, account, topUp.PaymentId);
        Assert.Equal((PrepaidLevel.Low, 3), ((await Row(money, account)).Level, (await Row(money, account)).Crossings));
        await money.AssertBooksAgree();
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task A_top_up_beside_the_morning_look_is_not_lost(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await Account(money, clerk, 60_00);
        await Set(money, account, 50_00, 20_00);
        Assert.Equal(PrepaidLevel.Low, (await Row(money, account)).Level);
        await Task.WhenAll(Look(hall), MoneyHall.Pay(clerk, account, 100_00, 100_00), Look(hall));
        Assert.Equal((PrepaidLevel.Enough, 129_00L, 160_00L), ((await Row(money, account)).Level, (await Row(money, account)).LeftFen, (await Row(money, account)).BalanceFen));
        Assert.Single(await Told(hall));
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task Limits_are_refused_and_an_account_that_ends_it_is_left_alone(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await money.Account(10_00);
        async Task<string> Refusal(Task act) => (await Assert.ThrowsAsync<Refused>(() => act)).Code;
        Assert.Equal("prepaid.limits_wrong", await Refusal(Set(money, account, 20_00, 20_00)));
        Assert.Equal("prepaid.limits_wrong", await Refusal(Set(money, account, 20_00, -1)));
        Assert.Equal("prepaid.not_set", await Refusal(Set(money, account, 0, 0, isOn: false)));
        Assert.Equal("account.not_found", await Refusal(hall.As("prepaid.set").Within("/elsewhere/", DataScope.OwnUnit).Do((SetPrepaid set) => set.Handle(new(Guid.CreateVersion7(), Customers.AccountNumber.Of(account), true, 2, 1)))));
        Assert.Equal(PrepaidLevel.Low, await Set(money, account, 50_00, 0));
        Assert.Null(await Set(money, account, 0, 0, isOn: false));
        Assert.Equal(0, await Look(hall));
        Assert.Empty((await hall.As("arrears.see").Do((PrepaidList list) => list.All(ListQuery.Of("/prepaid", new Microsoft.AspNetCore.Http.QueryCollection())))));
    }

    [Theory, BothDatabases]
    public async Task The_list_the_account_and_the_API_show_who_runs_out_first(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        await hall.HasStaff("A001", "administrator billing clerk", money.HallId);
        var opened = await money.AccountWithSearch("王小明", "13800000000", 28_00);
        using var browser = await hall.SignedIn("A001");
        using var set = await browser.Post("/account/" + opened.AccountNumber, "/prepaid/set", ("AccountNumber", opened.AccountNumber), ("IsOn", "true"), ("Alert", "50"), ("Stop", "10"));
        Assert.Equal(HttpStatusCode.Found, set.StatusCode);
        var list = WebUtility.HtmlDecode(await browser.Text("/prepaid"));
        Assert.Contains(opened.AccountNumber, list, StringComparison.Ordinal);
        Assert.Contains("应停电", list, StringComparison.Ordinal);
        Assert.DoesNotContain("王小明", list, StringComparison.Ordinal);
        foreach (var page in new[] { "/prepaid?level=all", "/prepaid/export?format=csv" }) Assert.Contains(opened.AccountNumber, await browser.Text(page), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await browser.Text("/api/v1/prepaid"));
        Assert.Equal(1, json.RootElement.GetProperty("stop").GetInt32());
        Assert.Contains("应停电", WebUtility.HtmlDecode(await browser.Text("/account/" + opened.AccountNumber)), StringComparison.Ordinal);
        var message = await hall.Read(db => db.OutboxMessages.SingleAsync(m => m.Topic == "prepaid.stop"));
        Assert.DoesNotContain("王小明", message.Payload, StringComparison.Ordinal);
        Assert.Equal("13800000000", message.Recipient);
    }
}
