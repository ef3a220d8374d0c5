using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

/// <summary>Whatever clears a debt ends the episode of arrears in its own transaction; a payment taken back brings it back.</summary>
public class ArrearsEndTests
{
    private static Task<string?> Step(MoneyHall money, long account) => money.Hall.Read(db => db.AccountBalances.Where(b => b.AccountId == account).Select(b => b.ArrearsStep).SingleAsync());

    private static async Task<T> Approved<THandler, T>(MoneyHall money, ICommand command, string permission, Func<THandler, Task<T>> act) where THandler : notnull
    {
        var asker = money.Hall.As(Guid.CreateVersion7(), money.HallId, permission);
        await money.Approve(asker.UserId, command, typeof(THandler).Name, permission + "_approve");
        return await asker.Do(act);
    }

    private static Task<SuspensionState> Move(MoneyHall money, long account, SuspensionAction action) => money.Hall.As("arrears.suspend").Do(async (MoveSuspension move) =>
        await move.Handle(new(Guid.CreateVersion7(), account, (await ArrearsTests.Order(money, account)).Id, action)));

    [Theory, BothDatabases]
    public async Task A_reversed_payment_brings_the_episode_back_with_its_order(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await ArrearsTests.Suspended(money);
        var paid = await MoneyHall.Pay(clerk, account, 200_00);
        Assert.Equal(((string?)null, SuspensionState.Withdrawn), (await Step(money, account), (await ArrearsTests.Order(money, account)).State));
        await money.Reverse(clerk, account, paid.PaymentId);
        Assert.Equal(("suspension", SuspensionState.Ordered), (await Step(money, account), (await ArrearsTests.Order(money, account)).State));

        // Cut off, paid, taken back: cut off it is still.
        await Move(money, account, SuspensionAction.CarryOut);
        paid = await MoneyHall.Pay(clerk, account, 200_00);
        Assert.Equal(SuspensionState.RestoreDue, (await ArrearsTests.Order(money, account)).State);
        await money.Reverse(clerk, account, paid.PaymentId);
        Assert.Equal((SuspensionState.CarriedOut, (DateTime?)null), ((await ArrearsTests.Order(money, account)).State, (await ArrearsTests.Order(money, account)).PaidAtUtc));

        // Connected again meanwhile: it is to be cut off.
        paid = await MoneyHall.Pay(clerk, account, 200_00);
        await Move(money, account, SuspensionAction.Restore);
        await money.Reverse(clerk, account, paid.PaymentId);
        var order = await ArrearsTests.Order(money, account);
        Assert.Equal((SuspensionState.Ordered, (DateTime?)null, (DateTime?)null), (order.State, order.EndedAtUtc, order.CarriedOutAtUtc));
        Assert.Equal(1, await hall.Read(db => db.AccountBalances.Where(b => b.AccountId == account).Select(b => b.ArrearsEpisode).SingleAsync()));
        await money.AssertBooksAgree();
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task An_order_that_a_person_withdrew_stays_withdrawn(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await ArrearsTests.Suspended(money);
        await hall.As("arrears.suspend").Do(async (MoveSuspension move) => await move.Handle(new(Guid.CreateVersion7(), account, (await ArrearsTests.Order(money, account)).Id, SuspensionAction.Withdraw, "病人用氧")));
        var paid = await MoneyHall.Pay(clerk, account, 200_00);
        await money.Reverse(clerk, account, paid.PaymentId);
        Assert.Equal(("suspension", SuspensionState.Withdrawn), (await Step(money, account), (await ArrearsTests.Order(money, account)).State));
    }

    [Theory, BothDatabases]
    public async Task A_reversal_of_a_bill_that_was_never_in_the_episode_begins_none(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, new DateOnly(2026, 4, 20), bills: [100_00]);
        var paid = await MoneyHall.Pay(clerk, account, 100_00);
        await money.Reverse(clerk, account, paid.PaymentId);
        Assert.Null(await Step(money, account));
    }

    [Theory, BothDatabases]
    public async Task A_credit_that_clears_the_debt_ends_the_episode_at_once_and_sets_the_time_to_restore(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await ArrearsTests.Suspended(money);
        await Move(money, account, SuspensionAction.CarryOut);
        var half = new AdjustBill.Command(Guid.CreateVersion7(), MoneyHall.Bill(account, 0), AdjustmentKind.Credit, 40_00, AdjustmentReason.Dispute, "协商减免");
        await Approved(money, half, "bill.adjust", (AdjustBill adjust) => adjust.Handle(half));
        Assert.Equal("suspension", await Step(money, account));
        var rest = half with { RequestId = Guid.CreateVersion7(), AmountFen = 60_00 };
        await Approved(money, rest, "bill.adjust", (AdjustBill adjust) => adjust.Handle(rest));
        var order = await ArrearsTests.Order(money, account);
        Assert.Equal(((string?)null, SuspensionState.RestoreDue, hall.Clock.UtcNow.AddHours(24)), (await Step(money, account), order.State, order.RestoreByUtc!.Value));
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task A_waiver_of_the_last_late_fee_ends_the_episode_at_once(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await ArrearsTests.Suspended(money);
        await Move(money, account, SuspensionAction.CarryOut);
        var (day, rules) = (DateOnly.FromDateTime(Shown.Local(hall.Clock.UtcNow)), hall.Services.GetRequiredService<LateFeeRules>());
        // Only its late fee is left.
        var left = await hall.Read(async db =>
        {
            var bill = await db.CustomerBills.AsTracking().SingleAsync(b => b.Bucket == Books.BucketOf(account) && b.AccountId == account);
            bill.Settle(bill.Owing, Money.Zero, day, rules);
            await db.SaveChangesAsync();
            return bill.LateFeeOn(day, rules);
        });
        Assert.Equal(new Money(5_60), left);
        var command = new WaiveLateFee.Command(Guid.CreateVersion7(), MoneyHall.Bill(account, 0), left.Fen, "系统故障");
        await Approved(money, command, "latefee.waive", (WaiveLateFee waive) => waive.Handle(command));
        Assert.Equal(((string?)null, SuspensionState.RestoreDue), (await Step(money, account), (await ArrearsTests.Order(money, account)).State));
    }
}
