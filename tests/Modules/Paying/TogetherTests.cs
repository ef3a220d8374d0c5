using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Payments;
using OpenHall.Vouchers;

namespace OpenHall.Tests.Modules.Paying;

/// <summary>Payments that come at the same moment share a transaction, and nothing else.</summary>
public class TogetherTests
{
    private const int Clerks = 16;

    [Theory, BothDatabases]
    public async Task A_refused_one_takes_nothing_of_the_others_with_it(TestHall hall)
    {
        var (money, clerks, accounts) = await Open(hall);
        var pays = clerks.Select((clerk, n) => Paid(() => MoneyHall.Pay(clerk, accounts[n], n % 4 == 0 ? 5_00 : 10_00, 10_00))).ToList();
        var answers = await Task.WhenAll(pays);
        Assert.Equal(Enumerable.Range(0, Clerks).Select(n => n % 4 == 0 ? "tender.short_by" : "paid"), answers);
        Assert.Equal(12, await hall.Read(db => db.Receipts.CountAsync()));
        Assert.Equal(12, await hall.Read(db => db.Set<AuditLine>().CountAsync(l => l.Operation == nameof(TakePayment))));
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task Those_of_one_account_come_after_each_other(TestHall hall)
    {
        var (money, clerks, accounts) = await Open(hall);
        var answers = await Task.WhenAll(clerks.Select((clerk, n) => Paid(() => MoneyHall.Pay(clerk, accounts[n % 2], 50_00, dueFen: 50_00, bills: MoneyHall.Bill(accounts[n % 2], 0)))));
        Assert.Equal(2, answers.Count(a => a == "paid"));
        Assert.Equal(Clerks - 2, answers.Count(a => a == "bill.already_paid"));
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task One_whose_till_is_held_by_somebody_else_keeps_none_of_the_others_waiting(TestHall hall)
    {
        if (!hall.IsPostgres) return;
        var (money, clerks, accounts) = await Open(hall);
        var pays = await hall.Read(async other =>
        {
            await using var transaction = await other.Database.BeginTransactionAsync();
            var held = clerks[0].UserId;
            await other.TillSessions.Hold(t => t.ClerkId == held && t.State == TillState.Open, orRefuse: "till.not_open");
            var all = clerks.Select((clerk, n) => Paid(() => MoneyHall.Pay(clerk, accounts[n], 10_00, 10_00))).ToList();
            Assert.All(await Task.WhenAll(all.Skip(1)), answer => Assert.Equal("paid", answer));
            Assert.False(all[0].IsCompleted);
            return all;
        });
        Assert.Equal("paid", await pays[0]);
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task When_what_they_share_breaks_each_is_done_by_itself(TestHall hall)
    {
        var (_, clerks, accounts) = await Open(hall);
        // This clerk's next number is there already: the database refuses hers, and with it all that is written in its transaction.
        await hall.Read(async db =>
        {
            var book = await db.ReceiptBooks.SingleAsync(b => b.Id == clerks[5].BookId);
            db.Add(Receipt.Use(book, clerks[5].UserId, clerks[5].Name, MoneyHall.Day, new(10_00), "payment", accounts[5], Guid.CreateVersion7(), hall.Clock.UtcNow));
            return await db.SaveChangesAsync();
        });
        var answers = await Task.WhenAll(clerks.Select((clerk, n) => Paid(() => MoneyHall.Pay(clerk, accounts[n], 10_00, 10_00))));
        Assert.Equal(Enumerable.Range(0, Clerks).Select(n => n == 5 ? "request.changed_meanwhile" : "paid"), answers);
    }

    [Theory, BothDatabases]
    public async Task Many_at_once_are_few_transactions(TestHall hall)
    {
        if (!hall.IsPostgres) return;
        var (money, clerks, accounts) = await Open(hall);
        await Task.WhenAll(clerks.Select(async (clerk, n) =>
        {
            for (var i = 0; i < 5; i++) await MoneyHall.Pay(clerk, accounts[n], 10_00, 10_00);
        }));
        var transactions = await hall.Read(db => db.Database.SqlQuery<int>($"select count(distinct xmin::text)::int as \"Value\" from payments").SingleAsync());
        Assert.InRange(transactions, 1, 5 * Clerks - 1);
        await money.AssertBooksAgree();
    }

    private static async Task<(MoneyHall Money, List<MoneyHall.Clerk> Clerks, List<long> Accounts)> Open(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerks = new List<MoneyHall.Clerk>();
        var accounts = new List<long>();
        for (var n = 0; n < Clerks; n++)
        {
            clerks.Add(await money.OpenTill());
            accounts.Add(await money.Account(0, bills: [50_00]));
        }

        return (money, clerks, accounts);
    }

    private static async Task<string> Paid(Func<Task> pay)
    {
        try
        {
            await pay();
            return "paid";
        }
        catch (Refused refused)
        {
            return refused.Code;
        }
    }
}
