using CsCheck;
using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;
using OpenHall.Payments;

namespace OpenHall.Tests.Modules.Paying;

/// <summary>Random days: payments of all kinds, reversals and double presses on a few accounts; the rules hold after each.</summary>
public class MoneyHistoryTests
{
    private enum Act { Cash, CashToBalance, Mixed, FromBalance, Channel, Reverse, PressTwice, Wrong }

    private sealed record Step(Act Act, int Clerk, int Account, int Yuan, bool IsChosen);

    private static readonly Gen<Step[]> Days =
        (from act in Gen.Enum<Act>()
         from clerk in Gen.Int[0, 1]
         from account in Gen.Int[0, 2]
         from yuan in Gen.Int[1, 300]
         from chosen in Gen.Bool
         select new Step(act, clerk, account, yuan, chosen)).Array[5, 14];

    [Theory, BothDatabases]
    public async Task Whatever_the_day_brings_the_books_agree(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        await Days.SampleAsync(async steps =>
        {
            var clerks = new[] { await money.OpenTill(), await money.OpenTill() };
            var accounts = new[] { await money.Account(50_00, bills: [40_00, 60_55]), await money.Account(0, due: MoneyHall.Day.Day.AddDays(-30), bills: [333_33]), await money.Account(0, bills: [10_00, 20_00, 30_01]) };
            var paid = new List<(MoneyHall.Clerk Clerk, long Account, Guid Payment)>();
            var open = new List<(MoneyHall.Clerk Clerk, long Account, Guid Payment)>();
            foreach (var step in steps)
            {
                var (clerk, account) = (clerks[step.Clerk], accounts[step.Account]);
                try
                {
                    if (step.Act == Act.Reverse)
                    {
                        if (paid.Count == 0) continue;
                        var (by, of, payment) = paid[step.Yuan % paid.Count];
                        await money.Reverse(by, of, payment);
                        continue;
                    }

                    var command = CommandOf(step, account);
                    var result = await MoneyHall.Pay(clerk, command);
                    if (step.Act == Act.PressTwice) Assert.Equal(result, await MoneyHall.Pay(clerk, command));
                    if (result.State == PaymentState.Pending) result = await clerk.Person.Do((CollectPayment collect) => collect.Check(account, result.PaymentId));
                    if (result.State == PaymentState.Confirmed) paid.Add((clerk, account, result.PaymentId));
                    else if (result.State == PaymentState.Pending) open.Add((clerk, account, result.PaymentId));
                }
                catch (Refused)
                {
                    // A "no" is an answer too; it must leave nothing behind.
                }
            }

            // A channel may take a minute to answer; no till closes before.
            hall.Clock.Advance(TimeSpan.FromMinutes(2));
            foreach (var (by, of, payment) in paid.Concat(open)) await by.Person.Do((CollectPayment collect) => collect.Check(of, payment));
            foreach (var clerk in clerks) Assert.Equal(0, (await money.Close(clerk)).DifferenceFen);
            await money.AssertBooksAgree();
            Assert.False(await hall.Read(db => db.Database.SqlQueryRaw<int>("select 1 as \"Value\" from account_balances where balance_fen < 0").AnyAsync()));
        }, iter: 8, threads: 1);
    }

    private static TakePayment.Command CommandOf(Step step, long account)
    {
        var fen = step.Yuan * 100L;
        IReadOnlyList<string> bills = step.IsChosen ? [MoneyHall.Bill(account, 0)] : [];
        var (amount, tenders) = step.Act switch
        {
            Act.CashToBalance => ((long?)fen, new Tender[] { new(TenderKind.Cash, fen) }),
            Act.Mixed => (fen, [new(TenderKind.Card, fen / 2), new(TenderKind.Cash, fen - fen / 2 + (10 - (fen - fen / 2) % 10) % 10 + 50)]),
            Act.FromBalance => (null, [new(TenderKind.Balance, fen)]),
            Act.Channel => (fen, [new(TenderKind.WeChat, fen, "1345678901234567" + (step.Yuan % 5).ToString("00", System.Globalization.CultureInfo.InvariantCulture))]),
            Act.Wrong => (fen, [new(TenderKind.Cash, fen - 100)]),
            _ => (null, [new(TenderKind.Cash, fen + 100_00)]),
        };
        return new(Guid.CreateVersion7(), account, bills, null, amount, tenders);
    }
}
