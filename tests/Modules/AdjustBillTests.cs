using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

public class AdjustBillTests
{
    private static AdjustBill.Command Of(long account, AdjustmentKind kind, long fen, Guid? id = null) =>
        new(id ?? Guid.CreateVersion7(), MoneyHall.Bill(account, 0), kind, fen, AdjustmentReason.ReadingWrong, "抄表差错，已复核");

    private static async Task<AdjustBill.Adjusted> Adjust(MoneyHall money, AdjustBill.Command command)
    {
        var asker = money.Hall.As(Guid.CreateVersion7(), money.HallId, "bill.adjust");
        await money.Approve(asker.UserId, command, nameof(AdjustBill), "bill.adjust_approve");
        return await asker.Do((AdjustBill adjust) => adjust.Handle(command));
    }

    private static Task<CustomerBill> Bill(TestHall hall, long account) =>
        hall.Read(db => db.CustomerBills.SingleAsync(b => b.Bucket == Books.BucketOf(account) && b.AccountId == account && b.Period == 202601));

    private static Task<long> Booked(TestHall hall, long account, string code) =>
        hall.Read(db => db.AccountJournalLines.Where(l => l.Bucket == Books.BucketOf(account) && l.AccountId == account && l.Account == code).SumAsync(l => l.DebitFen - l.CreditFen));

    private static async Task AssertClean(MoneyHall money)
    {
        await money.AssertBooksAgree();
        await money.Hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task A_credit_lowers_what_is_owed_and_twice_the_same_key_books_once(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await money.Account(0, bills: [100_00]);
        var command = Of(account, AdjustmentKind.Credit, 30_00);
        var asker = hall.As(Guid.CreateVersion7(), money.HallId, "bill.adjust");
        Assert.Equal("approval.needed", (await Assert.ThrowsAsync<Refused>(() => asker.Do((AdjustBill adjust) => adjust.Handle(command)))).Code);
        await money.Approve(asker.UserId, command, nameof(AdjustBill), "bill.adjust_approve");
        var done = await asker.Do((AdjustBill adjust) => adjust.Handle(command));
        Assert.Equal(new AdjustBill.Adjusted(MoneyHall.Bill(account, 0) + "-1", 70_00, 0), done);
        Assert.Equal(done, await asker.Do((AdjustBill adjust) => adjust.Handle(command)));
        Assert.Equal((70_00L, -70_00L), (await Booked(hall, account, "1122"), await Booked(hall, account, "6001")));
        var row = await hall.Read(db => db.BillAdjustments.SingleAsync());
        Assert.Equal((100_00L, 70_00L, "测试", "值班经理"), (row.BeforeFen, row.AfterFen, row.AskedByName, row.ApprovedByName));

        // The adjusted amount is what a counter takes, no more.
        var clerk = await money.OpenTill();
        await MoneyHall.Pay(clerk, account, 70_00, 70_00);
        Assert.Equal((BillState.Settled, 0L), ((await Bill(hall, account)).State, await money.Balance(account)));
        await AssertClean(money);
    }

    [Theory, BothDatabases]
    public async Task A_credit_on_a_paid_bill_puts_the_excess_on_the_balance(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [100_00]);
        await MoneyHall.Pay(clerk, account, 90_00, 90_00);
        Assert.Equal(10_00, (await Adjust(money, Of(account, AdjustmentKind.Credit, 20_00))).ToBalanceFen);
        var bill = await Bill(hall, account);
        Assert.Equal((BillState.Settled, 80_00L, 80_00L), (bill.State, bill.AmountFen, bill.PaidFen));
        Assert.Equal(80_00, (await Adjust(money, Of(account, AdjustmentKind.Credit, 80_00))).ToBalanceFen);
        Assert.Equal((90_00L, 0L, -90_00L), (await money.Balance(account), await Booked(hall, account, "1122"), await Booked(hall, account, "2203")));
        await AssertClean(money);
    }

    [Theory, BothDatabases]
    public async Task Late_fee_paid_on_what_was_not_owed_comes_back_too(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        // 59 days late on 2026-03-31: 100.00 × 1 ‰ × 59 = 5.90; of 40.00 it is 2.36.
        var account = await money.Account(0, new DateOnly(2026, 1, 31), bills: [100_00]);
        await MoneyHall.Pay(clerk, account, 105_90, 105_90);
        Assert.Equal(63_54, (await Adjust(money, Of(account, AdjustmentKind.Credit, 60_00))).ToBalanceFen);
        Assert.Equal((63_54L, -2_36L), (await money.Balance(account), await Booked(hall, account, "6051")));
        await AssertClean(money);
    }

    [Theory, BothDatabases]
    public async Task A_debit_is_owed_again_without_late_fee_before_its_own_last_day(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, new DateOnly(2026, 1, 31), bills: [100_00]);
        await MoneyHall.Pay(clerk, account, 105_90, 105_90);
        await Adjust(money, Of(account, AdjustmentKind.Debit, 50_00));
        var bill = await Bill(hall, account);
        Assert.Equal((BillState.Issued, new Money(50_00)), (bill.State, bill.Owing));
        var rules = hall.Services.GetRequiredService<LateFeeRules>();
        var payBy = Assert.Single(bill.Raised).PayBy;
        Assert.Equal(Money.Zero, bill.LateFeeOn(payBy, rules));
        Assert.Equal(new Money(50), bill.LateFeeOn(payBy.AddDays(10), rules));
        await MoneyHall.Pay(clerk, account, 50_00, 50_00);
        Assert.Equal(BillState.Settled, (await Bill(hall, account)).State);
        await AssertClean(money);
    }

    [Theory, BothDatabases]
    public async Task Nothing_goes_below_zero_and_a_bill_out_of_reach_is_not_found(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await money.Account(0, bills: [100_00]);
        Assert.Equal("adjustment.below_zero", (await Assert.ThrowsAsync<Refused>(() => Adjust(money, Of(account, AdjustmentKind.Credit, 100_01)))).Code);
        Assert.Equal("adjustment.amount_wrong", (await Assert.ThrowsAsync<Refused>(() => Adjust(money, Of(account, AdjustmentKind.Debit, 0)))).Code);
        Assert.Equal("adjustment.note_missing", (await Assert.ThrowsAsync<Refused>(() => Adjust(money, Of(account, AdjustmentKind.Debit, 1) with { Note = " " }))).Code);
        var command = Of(account, AdjustmentKind.Credit, 1_00);
        var elsewhere = hall.As(Guid.CreateVersion7(), money.HallId, "bill.adjust").Within("/elsewhere/", DataScope.OwnUnit);
        await money.Approve(elsewhere.UserId, command, nameof(AdjustBill), "bill.adjust_approve");
        Assert.Equal("bill.not_found", (await Assert.ThrowsAsync<Refused>(() => elsewhere.Do((AdjustBill adjust) => adjust.Handle(command)))).Code);
        Assert.Equal(100_00, (await Bill(hall, account)).AmountFen);
        Assert.Equal(0, await hall.Read(db => db.BillAdjustments.CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task The_asker_cannot_agree_and_the_second_person_reads_from_what_to_what(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await money.Account(0, bills: [100_00]);
        var command = Of(account, AdjustmentKind.Credit, 30_00);
        var asker = Guid.CreateVersion7();
        var approval = new Approval { Operation = nameof(AdjustBill), Content = "{}", ContentHash = Approvals.HashOf(command, nameof(AdjustBill)), Permission = "bill.adjust_approve", AskedBy = asker, AskedByName = "核算员", Reason = "测试", AskedAtUtc = hall.Clock.UtcNow };
        Assert.Equal("approval.same_person", Assert.Throws<Refused>(() => approval.Decide(true, asker, "核算员", null, hall.Clock.UtcNow)).Code);

        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        await using var scope = hall.Services.CreateAsyncScope();
        var content = await scope.ServiceProvider.GetServices<IDescribeApproval>().Single(d => d.Operation == nameof(AdjustBill)).Describe(JsonSerializer.SerializeToElement(command), default);
        Assert.All(["调减", "王*", "30.00", "100.00", "70.00", "抄表差错"], word => Assert.Contains(word, content!.Words, StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task The_bill_and_its_account_show_the_adjustment(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var opened = await money.AccountWithSearch("王小明", "13800000000", 100_00);
        await Adjust(money, Of(opened.AccountId, AdjustmentKind.Credit, 30_00));
        await hall.HasStaff("B001", "billing", money.HallId);
        using var browser = await hall.SignedIn("B001");
        var number = MoneyHall.Bill(opened.AccountId, 0);
        foreach (var page in new[] { $"/bill/{number}", $"/bill/{number}/print", "/account/" + opened.AccountNumber })
            Assert.Contains(number + "-1", await browser.Text(page), StringComparison.Ordinal);
        var refused = await browser.Post($"/bill/{number}", "/bills/adjust", ("Number", number), ("Kind", "Credit"), ("Amount", "10"), ("Reason", "Dispute"), ("Note", "协商"));
        Assert.Contains("approval.needed", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
