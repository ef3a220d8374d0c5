using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Payments;
using OpenHall.Vouchers;

namespace OpenHall.Tests.Modules.Paying;

public class ReversalTests
{
    [Theory, BothDatabases]
    public async Task A_reversed_payment_is_owed_again_gives_the_money_back_and_voids_the_receipt(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, due: MoneyHall.Day.Day.AddDays(-10), bills: [100_00]);
        var paid = await MoneyHall.Pay(clerk, account, 150_00, 150_00);
        Assert.Equal(49_00, await money.Balance(account));
        var reversed = await money.Reverse(clerk, account, paid.PaymentId);
        Assert.Equal(("RSJ00000001", 150_00, 150_00), (reversed.Number, reversed.AmountFen, reversed.CashBackFen));
        Assert.Equal((100_00, 0), (await money.Owing(account), await money.Balance(account)));
        var receipt = await hall.Read(db => db.Receipts.SingleAsync());
        Assert.Equal((ReceiptState.Void, "金额输错"), (receipt.State, receipt.VoidReason));
        Assert.Equal("payment.already_reversed", (await Assert.ThrowsAsync<Refused>(() => money.Reverse(clerk, account, paid.PaymentId))).Code);
        Assert.Equal(0, (await money.Close(clerk)).DifferenceFen);
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task A_reversal_needs_another_person_for_exactly_this_payment(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [100_00]);
        var (first, second) = (await MoneyHall.Pay(clerk, account, 10_00, 10_00), await MoneyHall.Pay(clerk, account, 20_00, 20_00));
        var approved = new ReversePayment.Command(Guid.CreateVersion7(), account, first.PaymentId, "重复收费");
        await money.Approve(clerk.UserId, approved, nameof(ReversePayment), "payments.reverse_approve");
        Task Reverse(ReversePayment.Command command) => clerk.Person.Do((ReversePayment reverse) => reverse.Handle(command));
        Assert.Equal("approval.needed", (await Assert.ThrowsAsync<Refused>(() => Reverse(approved with { PaymentId = second.PaymentId }))).Code);
        Assert.Equal("approval.needed", (await Assert.ThrowsAsync<Refused>(() => Reverse(approved with { Reason = "别的原因" }))).Code);
        await Reverse(approved);
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task After_the_shift_a_payment_is_not_reversed_but_refunded(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [100_00]);
        var paid = await MoneyHall.Pay(clerk, account, 100_00);
        await money.Close(clerk);
        Assert.Equal("payment.other_shift", (await Assert.ThrowsAsync<Refused>(() => money.Reverse(clerk, account, paid.PaymentId))).Code);
    }

    [Theory, BothDatabases]
    public async Task A_part_that_went_to_the_balance_and_is_spent_can_not_be_taken_back(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [30_00, 50_00]);
        var prepaid = await MoneyHall.Pay(clerk, account, 100_00, 100_00, bills: MoneyHall.Bill(account, 0));
        await MoneyHall.Pay(clerk, new(Guid.CreateVersion7(), account, [], null, null, [new(TenderKind.Balance, 50_00)]));
        Assert.Equal("payment.balance_spent_by", (await Assert.ThrowsAsync<Refused>(() => money.Reverse(clerk, account, prepaid.PaymentId))).Code);
        Assert.Equal(20_00, await money.Balance(account));
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task Money_of_a_channel_goes_back_through_the_channel_before_the_till_closes(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [66_00]);
        var paid = await MoneyHall.Pay(clerk, new(Guid.CreateVersion7(), account, [], null, null, [new(TenderKind.WeChat, 66_00, "134567890123456789")]));
        Assert.Equal(0, (await money.Reverse(clerk, account, paid.PaymentId)).CashBackFen);
        Assert.Equal("till.answers_missing", (await Assert.ThrowsAsync<Refused>(() => money.Close(clerk))).Code);
        await clerk.Person.Do((CollectPayment collect) => collect.Check(account, paid.PaymentId));
        Assert.Equal([ChannelOrderState.Ok, ChannelOrderState.Ok], await hall.Read(db => db.ChannelOrders.Select(o => o.State).ToListAsync()));
        await money.Close(clerk);
        await money.AssertBooksAgree();
    }
}
