using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Ledger;
using OpenHall.Payments;

namespace OpenHall.Tests.Modules;

public class SafeTests
{
    private sealed record People(MoneyHall Money, Person Keeper, Person Second, Person Guard)
    {
        public async Task<T> Do<THandler, T>(Person person, Func<THandler, Task<T>> act) where THandler : notnull => await person.Do(act);

        public Task<TransferState> Ends(Person person, Guid transfer, bool confirm = true) => person.Do((EndTransfer end) => end.Handle(new(Guid.CreateVersion7(), transfer, confirm)));

        public Task<long> InSafe() => Money.Hall.Read(db => db.HallSafes.Select(s => s.BalanceFen).SingleAsync());

        public Task<IReadOnlyList<DayFinding>> Findings() => Money.Hall.Read(async db =>
        {
            var board = await Keeper.Do(async (DayBoard days) => await days.Of(Money.HallId, MoneyHall.Day.Day));
            return board.Conditions.Single(c => c.Code == "safe_in_order").Findings;
        });
    }

    private static async Task<People> Open(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        Person Somebody(params string[] rights) => hall.As(Guid.CreateVersion7(), money.HallId, rights);
        return new(money, Somebody("safe.keep", "safe.see", "day.see"), Somebody("safe.keep"), Somebody("safe.escort", "safe.see"));
    }

    private static async Task Refuses(string code, Func<Task> act) => Assert.Equal(code, (await Assert.ThrowsAsync<Refused>(act)).Code);

    [Theory, BothDatabases]
    public async Task A_day_s_cash_goes_from_safe_to_till_to_safe_to_bank(TestHall hall)
    {
        var p = await Open(hall);
        Assert.Equal(2000_00, await p.Keeper.Do((FetchCash fetch) => fetch.Handle(new(Guid.CreateVersion7(), 2000_00, "QX-1"))));
        var clerk = await p.Money.OpenTill();

        // Change into the drawer: nothing has moved before she confirms, and she alone may.
        var supply = await p.Keeper.Do((IssueCash issue) => issue.Handle(new(Guid.CreateVersion7(), clerk.UserId, 300_00)));
        Assert.Equal(2000_00, await p.InSafe());
        await Refuses("till.transfers_open", () => p.Money.Close(clerk));
        await Refuses("transfer.not_yours", () => p.Ends(p.Second, supply));
        Assert.Equal(["safe.finding.waiting"], (await p.Findings()).Select(f => f.TextKey));
        await p.Ends(clerk.Person, supply);
        await Refuses("transfer.ended", () => p.Ends(clerk.Person, supply));
        Assert.Equal(1700_00, await p.InSafe());

        var account = await p.Money.Account(0, bills: 1000_00);
        await MoneyHall.Pay(clerk, account, 1000_00);
        await Refuses("safe.amount_invalid", () => clerk.Person.Do((HandInCash handIn) => handIn.Handle(new(Guid.CreateVersion7(), 9000_00))));
        var drop = await clerk.Person.Do((HandInCash handIn) => handIn.Handle(new(Guid.CreateVersion7(), 800_00)));
        await Refuses("transfer.not_yours", () => p.Ends(clerk.Person, drop));
        await p.Ends(p.Keeper, drop);
        Assert.Equal(2500_00, await p.InSafe());

        // Float 216.60, supply 300, payment 1,000, drop 800.
        var settled = await p.Money.Close(clerk);
        Assert.Equal((716_60L, 0L), (settled.ExpectedFen, settled.DifferenceFen));
        Assert.Equal(["safe.finding.not_handed_in"], (await p.Findings()).Select(f => f.TextKey));
        var takings = await clerk.Person.Do((HandInCash handIn) => handIn.Handle(new(Guid.CreateVersion7(), null)));
        await p.Ends(p.Keeper, takings);
        await Refuses("safe.nothing_left", () => clerk.Person.Do((HandInCash handIn) => handIn.Handle(new(Guid.CreateVersion7(), null))));
        Assert.Equal(3216_60, await p.InSafe());
        Assert.Empty(await p.Findings());

        var deposit = await p.Keeper.Do((PrepareDeposit prepare) => prepare.Handle(new(Guid.CreateVersion7(), 1500_00)));
        await Refuses("safe.not_enough", () => p.Second.Do((PrepareDeposit prepare) => prepare.Handle(new(Guid.CreateVersion7(), 2000_00))));
        await Refuses("deposit.same_person", () => p.Keeper.Do((SignDeposit sign) => sign.Handle(new(Guid.CreateVersion7(), deposit.DepositId))));
        await Refuses("deposit.move_not_allowed", () => p.Guard.Do((CarryDeposit carry) => carry.Handle(new(Guid.CreateVersion7(), deposit.DepositId, "押运公司", "F1"))));
        await p.Second.Do((SignDeposit sign) => sign.Handle(new(Guid.CreateVersion7(), deposit.DepositId)));
        await p.Guard.Do((CarryDeposit carry) => carry.Handle(new(Guid.CreateVersion7(), deposit.DepositId, "押运公司", "F1")));
        Assert.Equal(1716_60, await p.InSafe());
        await p.Keeper.Do((EnterSlip slip) => slip.Handle(new(Guid.CreateVersion7(), deposit.DepositId, "YH0001", MoneyHall.Day.Day)));
        await Refuses("deposit.move_not_allowed", () => p.Keeper.Do((CancelDeposit cancel) => cancel.Handle(new(Guid.CreateVersion7(), deposit.DepositId, "误操作"))));

        // In the books: 2,000 fetched, 1,000 taken, 1,500 banked.
        Assert.Equal(1500_00, await hall.Read(db => db.JournalLines.Where(l => l.Account == AccountCodes.Cash).SumAsync(l => l.DebitFen - l.CreditFen)));
        await p.Money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task A_safe_is_counted_a_deposit_is_taken_back_and_too_much_stops_the_day(TestHall hall)
    {
        var p = await Open(hall);
        await p.Keeper.Do((FetchCash fetch) => fetch.Handle(new(Guid.CreateVersion7(), 60_000_00, "QX-1")));
        Assert.Equal(["safe.finding.overnight"], (await p.Findings()).Where(f => !f.OnlyWarns).Select(f => f.TextKey));
        var counted = await p.Keeper.Do((CountSafe count) => count.Handle(new(Guid.CreateVersion7(), new Dictionary<int, int> { [100_00] = 599 })));
        Assert.Equal((59_900_00L, -100_00L), (counted.CountedFen, counted.DifferenceFen));
        Assert.Equal(100_00, await hall.Read(db => db.JournalLines.Where(l => l.Account == AccountCodes.ShortOver && l.Sub == "SAFE").SumAsync(l => l.DebitFen)));
        var deposit = await p.Keeper.Do((PrepareDeposit prepare) => prepare.Handle(new(Guid.CreateVersion7(), 59_900_00)));
        await p.Keeper.Do((CancelDeposit cancel) => cancel.Handle(new(Guid.CreateVersion7(), deposit.DepositId, "金额写错")));
        var again = await p.Keeper.Do((PrepareDeposit prepare) => prepare.Handle(new(Guid.CreateVersion7(), 30_000_00)));
        Assert.NotEqual(deposit.Number, again.Number);
        await Refuses("safe.own", () => p.Keeper.Do((IssueCash issue) => issue.Handle(new(Guid.CreateVersion7(), p.Keeper.UserId, 1_00))));
    }

    [Fact]
    public void A_deposit_moves_only_as_its_table_says()
    {
        foreach (var from in Enum.GetValues<DepositState>())
            foreach (var action in Enum.GetValues<DepositAction>())
                Assert.InRange(BankDeposit.Moves.Count(m => m.From == from && m.Action == action), 0, 1);
        Assert.DoesNotContain(BankDeposit.Moves, m => m.From is DepositState.Slipped or DepositState.Cancelled);
    }
}
