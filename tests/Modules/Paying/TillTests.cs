using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Ledger;
using OpenHall.Payments;
using OpenHall.Vouchers;

namespace OpenHall.Tests.Modules.Paying;

public class TillTests
{
    [Theory, BothDatabases]
    public async Task A_count_that_is_right_closes_the_till_without_a_difference(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [100_00]);
        await MoneyHall.Pay(clerk, account, 150_00, 100_00);
        var settled = await money.Close(clerk);
        Assert.Equal((316_60, 316_60, 0), (settled.CountedFen, settled.ExpectedFen, settled.DifferenceFen));
        Assert.Equal("till.not_open", (await Assert.ThrowsAsync<Refused>(() => MoneyHall.Pay(clerk, account, 10_00, 10_00))).Code);
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task Short_and_over_go_to_the_clerks_own_account(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var (first, second) = (await money.OpenTill(), await money.OpenTill());
        Assert.Equal(-5_00, (await money.Close(first, wrongFen: -5_00)).DifferenceFen);
        Assert.Equal(20, (await money.Close(second, wrongFen: 20)).DifferenceFen);
        var lines = await hall.Read(db => db.JournalLines.Where(l => l.Account == AccountCodes.ShortOver).OrderBy(l => l.WrittenAtUtc).ThenBy(l => l.EntryId).ToListAsync());
        Assert.Equal([(5_00L, 0L), (0L, 20L)], lines.Select(l => (l.DebitFen, l.CreditFen)));
        Assert.Equal(2, lines.Select(l => l.Sub).Distinct().Count());
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task A_till_is_opened_once_and_closed_by_its_own_clerk_only(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var book = await money.IssueBook(clerk.UserId);
        Assert.Equal("till.already_open", (await Assert.ThrowsAsync<Refused>(() => clerk.Person.Do((OpenTill open) => open.Handle(new(Guid.CreateVersion7(), MoneyHall.Float, book.Id, book.NextNumber))))).Code);
        var other = await money.OpenTill();
        Assert.Equal("till.not_yours", (await Assert.ThrowsAsync<Refused>(() => other.Person.Do((CloseTill close) => close.Handle(new(Guid.CreateVersion7(), clerk.TillId, MoneyHall.Float))))).Code);
        await money.Close(clerk);
        Assert.Equal("till.closed", (await Assert.ThrowsAsync<Refused>(() => money.Close(clerk))).Code);
    }

    [Theory, BothDatabases]
    public async Task Eight_presses_of_open_open_one_till(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        await money.Close(clerk);
        var book = await hall.Read(db => db.ReceiptBooks.SingleAsync(b => b.Id == clerk.BookId));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try { await clerk.Person.Do((OpenTill open) => open.Handle(new(Guid.CreateVersion7(), MoneyHall.Float, book.Id, book.NextNumber))); return ""; }
            catch (Refused refusal) { return refusal.Code; }
        }));
        Assert.Single(outcomes, "");
        Assert.Equal(1, await hall.Read(db => db.TillSessions.CountAsync(t => t.State == TillState.Open)));
    }

    [Theory, BothDatabases]
    public async Task Without_an_open_day_no_till_opens(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        await money.Close(clerk);
        await hall.Read(db => db.Database.ExecuteSqlRawAsync("update business_days set state = 'Closed', closed_at_utc = prepared_at_utc"));
        var book = await hall.Read(db => db.ReceiptBooks.SingleAsync(b => b.Id == clerk.BookId));
        Assert.Equal("day.not_open", (await Assert.ThrowsAsync<Refused>(() => clerk.Person.Do((OpenTill open) => open.Handle(new(Guid.CreateVersion7(), MoneyHall.Float, book.Id, book.NextNumber))))).Code);
    }

    [Theory, BothDatabases]
    public async Task A_till_is_reopened_by_four_eyes_and_counted_again(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        await money.Close(clerk, wrongFen: -10_00);
        var lead = hall.As(Guid.CreateVersion7(), money.HallId, "tills.reopen");
        var command = new ReopenTill.Command(Guid.CreateVersion7(), clerk.TillId, "漏点一张十元");
        Assert.Equal("approval.needed", (await Assert.ThrowsAsync<Refused>(() => lead.Do((ReopenTill reopen) => reopen.Handle(command)))).Code);
        await money.Approve(lead.UserId, command, nameof(ReopenTill), "tills.reopen_approve");
        await lead.Do((ReopenTill reopen) => reopen.Handle(command));
        Assert.Equal(0, (await money.Close(clerk)).DifferenceFen);
        Assert.Equal(0, await hall.Read(db => db.JournalLines.Where(l => l.Account == AccountCodes.ShortOver).SumAsync(l => l.DebitFen - l.CreditFen)));
        Assert.Equal([(short)0, (short)1, (short)2], await hall.Read(db => db.TillCounts.Where(c => c.TillSessionId == clerk.TillId).Select(c => c.Turn).Distinct().OrderBy(t => t).ToListAsync()));
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task What_should_be_in_the_drawer_is_told_nowhere_before_the_count(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [100_00]);
        await MoneyHall.Pay(clerk, account, 100_00);
        var mine = await clerk.Person.Do((MyShift shift) => shift.Of());
        Assert.Null(mine.Till!.ExpectedFen);
        Assert.Null(mine.Totals);
        var board = await money.Manager.Do((SettlementBoard settlement) => settlement.Of(money.HallId));
        var row = Assert.Single(board.Tills);
        Assert.Equal((TillState.Open, null, null), (row.State, row.ExpectedFen, row.DifferenceFen));
        Assert.False(await hall.Read(db => db.TillSessions.AnyAsync(t => t.ExpectedFen != null)));
        await money.Close(clerk);
        mine = await clerk.Person.Do((MyShift shift) => shift.Of());
        Assert.Equal(100_00, Assert.Single(mine.Totals!).AmountFen);
        Assert.Equal(316_60, mine.Till!.ExpectedFen);
    }

    [Theory, BothDatabases]
    public async Task A_payment_and_the_closing_of_its_till_never_pass_each_other(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await money.Account(0, bills: [9000_00]);
        var clerk = await money.OpenTill();
        var paying = Enumerable.Range(0, 12).Select(async _ =>
        {
            try { await MoneyHall.Pay(clerk, account, 10_00, 10_00); return 1; }
            catch (Refused refusal) when (refusal.Code == "till.not_open") { return 0; }
        }).ToList();
        var closing = clerk.Person.Do((CloseTill close) => close.Handle(new(Guid.CreateVersion7(), clerk.TillId, MoneyHall.Float)));
        var paid = await Task.WhenAll(paying);
        var settled = await closing;
        Assert.Equal(216_60 + paid.Sum() * 10_00, settled.ExpectedFen);
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task The_day_names_who_has_not_settled_and_what_does_not_agree(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [100_00]);
        await MoneyHall.Pay(clerk, account, 100_00);
        async Task<IReadOnlyList<DayFinding>> Findings(string code)
        {
            await using var scope = hall.Services.CreateAsyncScope();
            var condition = scope.ServiceProvider.GetServices<IDayCondition>().Single(c => c.Code == code);
            return await hall.Read(db => condition.Check(db, money.HallId, MoneyHall.Day, default));
        }

        Assert.Equal("1 号窗口", Assert.Single(await Findings("tills_settled")).Values[1]);
        await money.Close(clerk);
        Assert.Empty(await Findings("tills_settled"));
        Assert.Empty(await Findings("accounts_tills_receipts"));
        Assert.Empty(await Findings("ledger_balanced"));
        Assert.Empty(await Findings("receipts_without_gap"));
        // Somebody tampers with the database: the culprit is named.
        await hall.Read(db => db.Database.ExecuteSqlRawAsync("update receipts set amount_fen = amount_fen - 100"));
        Assert.Contains(await Findings("accounts_tills_receipts"), f => f.Href == "/receipt/SJ00000001");
        await hall.Read(db => db.Database.ExecuteSqlRawAsync("delete from receipts"));
        Assert.Equal("SJ00000001", Assert.Single(await Findings("receipts_without_gap")).Values[1]);
    }
}
