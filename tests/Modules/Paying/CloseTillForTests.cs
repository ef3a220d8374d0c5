using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Ledger;
using OpenHall.Payments;

namespace OpenHall.Tests.Modules.Paying;

/// <summary>代交班: a clerk falls ill with her till open.</summary>
public class CloseTillForTests
{
    private static readonly Dictionary<int, int> Counted = new() { [10000] = 2, [5000] = 1 };

    [Theory, BothDatabases]
    public async Task Another_person_counts_and_closes_with_consent_and_the_difference_is_the_clerks(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [50_00]);
        await MoneyHall.Pay(clerk, account, 50_00);
        // The float and 50.00 should be there; 250.00 are.
        var expected = MoneyHall.Float.Sum(f => (long)f.Key * f.Value) + 50_00;
        var command = new CloseTillFor.Command(Guid.CreateVersion7(), clerk.TillId, Counted, "突发疾病送医");
        Task<CloseTill.Settled> Close(Person by, CloseTillFor.Command c) => by.Do((CloseTillFor close) => close.Handle(c));

        Assert.Equal("permission.missing", (await Assert.ThrowsAsync<Refused>(() => Close(clerk.Person, command))).Code);
        Assert.Equal("approval.needed", (await Assert.ThrowsAsync<Refused>(() => Close(money.Manager, command))).Code);
        await money.Approve(money.Manager.UserId, command, nameof(CloseTillFor), "tills.close_for_approve");
        // Consent is bound to the count: another one needs another.
        var other = command with { RequestId = Guid.CreateVersion7(), Pieces = new Dictionary<int, int> { [10000] = 3 } };
        Assert.Equal("approval.needed", (await Assert.ThrowsAsync<Refused>(() => Close(money.Manager, other))).Code);

        var settled = await Close(money.Manager, command);
        Assert.Equal((250_00, expected, 250_00 - expected), (settled.CountedFen, settled.ExpectedFen, settled.DifferenceFen));
        Assert.Equal(settled, await Close(money.Manager, command));
        var whose = await hall.Read(db => db.TillSessions.Select(t => t.ClerkNumber).SingleAsync());
        var owed = await hall.Read(db => db.JournalLines.Where(l => l.Account == AccountCodes.ShortOver && l.Sub == whose).SumAsync(l => l.CreditFen - l.DebitFen));
        Assert.Equal(settled.DifferenceFen, owed);

        var row = Assert.Single((await money.Manager.Do((SettlementBoard board) => board.Of(money.HallId))).Tills);
        Assert.Equal((TillState.Closed, "测试", "突发疾病送医"), (row.State, row.ClosedForByName, row.ClosedForReason));
        Assert.Equal("till.not_open", (await Assert.ThrowsAsync<Refused>(() => MoneyHall.Pay(clerk, account, 50_00, 50_00))).Code);
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task Ones_own_till_and_a_closed_one_are_refused_and_so_is_no_reason(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var own = hall.As(clerk.UserId, money.HallId, "tills.close_for");
        async Task<string> Refusal(Person by, CloseTillFor.Command command)
        {
            await money.Approve(by.UserId, command, nameof(CloseTillFor), "tills.close_for_approve");
            return (await Assert.ThrowsAsync<Refused>(() => by.Do((CloseTillFor close) => close.Handle(command)))).Code;
        }

        Assert.Equal("till.own", await Refusal(own, new(Guid.CreateVersion7(), clerk.TillId, Counted, "x")));
        Assert.Equal("till.for_reason_missing", await Refusal(money.Manager, new(Guid.CreateVersion7(), clerk.TillId, Counted, " ")));
        Assert.Equal("till.denomination_unknown", await Refusal(money.Manager, new(Guid.CreateVersion7(), clerk.TillId, new Dictionary<int, int> { [3] = 1 }, "x")));
        await money.Close(clerk);
        Assert.Equal("till.closed", await Refusal(money.Manager, new(Guid.CreateVersion7(), clerk.TillId, Counted, "y")));
        Assert.Equal("till.closed", (await Assert.ThrowsAsync<Refused>(() => money.Manager.Do((SettlementBoard board) => board.OpenTillOf(clerk.TillId)))).Code);
    }
}
