using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;
using OpenHall.Payments;

namespace OpenHall.Tests.Modules.Paying;

/// <summary>冲正 of a payment whose money has left its bill since.</summary>
public class MovedMoneyTests
{
    private static async Task<AdjustBill.Adjusted> Credit(MoneyHall money, long account, long fen)
    {
        var command = new AdjustBill.Command(Guid.CreateVersion7(), MoneyHall.Bill(account, 0), AdjustmentKind.Credit, fen, AdjustmentReason.ReadingWrong, "抄表差错");
        var asker = money.Hall.As(Guid.CreateVersion7(), money.HallId, "bill.adjust");
        await money.Approve(asker.UserId, command, nameof(AdjustBill), "bill.adjust_approve");
        return await asker.Do((AdjustBill adjust) => adjust.Handle(command));
    }

    [Theory, BothDatabases]
    public async Task What_an_adjustment_put_on_the_balance_is_taken_from_there(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        // Late fee of 59 days: 5.90, of 40.00 it is 2.36.
        var account = await money.Account(0, new DateOnly(2026, 1, 31), bills: [100_00]);
        var paid = await MoneyHall.Pay(clerk, account, 105_90, 105_90);
        Assert.Equal(63_54, (await Credit(money, account, 60_00)).ToBalanceFen);
        var reversed = await money.Reverse(clerk, account, paid.PaymentId);
        Assert.Equal(105_90, reversed.CashBackFen);
        Assert.Equal((0L, 40_00L), (await money.Balance(account), await money.Owing(account)));
        await money.AssertBooksAgree();
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task Two_payments_of_an_adjusted_bill_are_taken_back_one_by_one(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [100_00]);
        var first = await MoneyHall.Pay(clerk, account, 60_00, 60_00);
        var second = await MoneyHall.Pay(clerk, account, 40_00, 40_00);
        await Credit(money, account, 100_00);
        Assert.Equal(100_00, await money.Balance(account));
        await money.Reverse(clerk, account, first.PaymentId);
        Assert.Equal(40_00, await money.Balance(account));
        await money.AssertBooksAgree();
        await hall.AssertClean();
        await money.Reverse(clerk, account, second.PaymentId);
        Assert.Equal((0L, 0L), (await money.Balance(account), await money.Owing(account)));
        await money.AssertBooksAgree();
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task Spent_from_the_balance_it_says_which_payment_to_reverse_first(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [100_00, 30_00]);
        var paid = await MoneyHall.Pay(clerk, account, 100_00, 100_00, bills: MoneyHall.Bill(account, 0));
        await Credit(money, account, 50_00);
        var spent = await MoneyHall.Pay(clerk, new(Guid.CreateVersion7(), account, [MoneyHall.Bill(account, 1)], null, null, [new(TenderKind.Balance, 30_00)]));
        var refused = await Assert.ThrowsAsync<Refused>(() => money.Reverse(clerk, account, paid.PaymentId));
        Assert.Equal(("payment.balance_spent_by", spent.Number, new Money(30_00)), (refused.Code, (string)refused.Values[2], (Money)refused.Values[3]));
        Assert.Equal((20_00L, 0L), (await money.Balance(account), await money.Owing(account)));
        await money.Reverse(clerk, account, spent.PaymentId);
        await money.Reverse(clerk, account, paid.PaymentId);
        Assert.Equal((0L, 80_00L), (await money.Balance(account), await money.Owing(account)));
        await money.AssertBooksAgree();
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task What_went_over_to_a_bill_made_anew_is_taken_from_that_and_from_the_balance(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await hall.OpenAccount();
        await hall.Read(account, new(2026, 1, 31), 300);
        await hall.Bill(202601);
        var clerk = await money.OpenTill();
        var bill = new BillKey(account.AccountId, 202601, 0).Number;
        var paid = await MoneyHall.Pay(clerk, new(Guid.CreateVersion7(), account.AccountId, [bill], null, 146_49, [new(TenderKind.Card, 146_49)]));
        await hall.As("readings.enter").Do((EnterReading enter) => enter.Handle(new(Guid.CreateVersion7(), account.AccountNumber, new(2026, 1, 31), 260, null, null, null, null, null, ReadingKind.Cycle, "抄错")));
        var command = new RebillPeriod.Command(Guid.CreateVersion7(), account.AccountNumber, 202601, false, -19_53, "抄表差错");
        var asker = hall.As(Guid.CreateVersion7(), money.HallId, "bill.rebill");
        await money.Approve(asker.UserId, command, nameof(RebillPeriod), "bill.rebill_approve");
        await asker.Do((RebillPeriod rebill) => rebill.Handle(command));
        Assert.Equal(19_53, await money.Balance(account.AccountId));
        await money.Reverse(clerk, account.AccountId, paid.PaymentId);
        Assert.Equal((0L, 126_96L), (await money.Balance(account.AccountId), await money.Owing(account.AccountId)));
        await money.AssertBooksAgree();
        await hall.AssertClean();
    }
}
