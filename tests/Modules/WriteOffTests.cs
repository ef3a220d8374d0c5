using System.Net;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;
using OpenHall.Payments;

namespace OpenHall.Tests.Modules;

/// <summary>坏账核销. The pack: overdue by a year, another person always, the manager above 1000.</summary>
public class WriteOffTests
{
    private static readonly DateOnly Old = new(2025, 1, 31);

    private static ProposeWriteOff.Command Of(long account, params int[] bills) =>
        new(Guid.CreateVersion7(), Customers.AccountNumber.Of(account), [.. bills.Select(i => MoneyHall.Bill(account, i))], WriteOffReason.Untraceable, "三次上门无人，电话停机");

    private static Task<ProposeWriteOff.Proposed> Propose(MoneyHall money, ProposeWriteOff.Command command) => money.Hall.As("writeoff.propose").Do((ProposeWriteOff propose) => propose.Handle(command));

    private static Task Attach(MoneyHall money, string number) => money.Hall.As("attachments.add", "writeoff.propose").Do((AttachFile attach) =>
        attach.Handle(Guid.CreateVersion7(), WriteOff.OwnerKind, number, "证明.txt", new MemoryStream("社区证明"u8.ToArray())));

    private static async Task<string> Book(MoneyHall money, ProposeWriteOff.Proposed proposed)
    {
        var command = new BookWriteOff.Command(Guid.CreateVersion7(), proposed.AccountId, proposed.Sequence, proposed.TotalFen);
        var asker = money.Hall.As(Guid.CreateVersion7(), money.HallId, "writeoff.propose");
        await money.Approve(asker.UserId, command, nameof(BookWriteOff), "writeoff.approve");
        return await asker.Do((BookWriteOff book) => book.Handle(command));
    }

    private static async Task<ProposeWriteOff.Proposed> WrittenOff(MoneyHall money, long account, params int[] bills)
    {
        var proposed = await Propose(money, Of(account, bills));
        await Attach(money, proposed.Number);
        await Book(money, proposed);
        return proposed;
    }

    private static async Task<string> Refusal(Task act) => (await Assert.ThrowsAsync<Refused>(() => act)).Code;

    private static Task<CustomerBill> Bill(MoneyHall money, long account, int index) => money.Hall.Read(db => db.CustomerBills.SingleAsync(b => b.AccountId == account && b.Period == 202601 + index));

    private static Task<long> Booked(MoneyHall money, long account, string code) =>
        money.Hall.Read(db => db.AccountJournalLines.Where(l => l.Bucket == Books.BucketOf(account) && l.AccountId == account && l.Account == code).SumAsync(l => l.DebitFen - l.CreditFen));

    [Theory, BothDatabases]
    public async Task It_wants_an_old_debt_evidence_and_another_person(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await money.Account(0, Old, bills: [100_00]);
        var fresh = await money.Account(0, new DateOnly(2026, 3, 1), bills: [100_00]);
        Assert.Equal("writeoff.not_overdue", await Refusal(Propose(money, Of(fresh, 0))));
        Assert.Equal("writeoff.note_missing", await Refusal(Propose(money, Of(account, 0) with { Note = " " })));
        Assert.Equal("writeoff.no_bills", await Refusal(Propose(money, Of(account))));
        var proposed = await Propose(money, Of(account, 0));
        Assert.Equal("writeoff.already_proposed", await Refusal(Propose(money, Of(account, 0))));
        var command = new BookWriteOff.Command(Guid.CreateVersion7(), account, proposed.Sequence, 100_00);
        Assert.Equal("approval.needed", await Refusal(hall.As("writeoff.propose").Do((BookWriteOff book) => book.Handle(command))));
        Assert.Equal((ApprovalNeed.Usual, ApprovalNeed.Large), (command.NeedOf(hall.Services), (command with { TotalFen = 1000_01 }).NeedOf(hall.Services)));
        Assert.Equal("writeoff.evidence_missing", await Refusal(Book(money, proposed)));
        await Attach(money, proposed.Number);
        Assert.Equal("writeoff.total_changed", await Refusal(Book(money, proposed with { TotalFen = 99_00 })));
        await Book(money, proposed);
        Assert.Equal("writeoff.not_proposed", await Refusal(Book(money, proposed)));
        Assert.Equal((BillState.WrittenOff, 0L), ((await Bill(money, account, 0)).State, await money.Owing(account)));
        Assert.Equal((0L, 100_00L, -100_00L), (await Booked(money, account, "1122"), await Booked(money, account, "1231"), await Booked(money, account, "6001")));
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task What_was_paid_between_proposal_and_booking_is_not_written_off(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, Old, bills: [100_00]);
        var proposed = await Propose(money, Of(account, 0));
        await Attach(money, proposed.Number);
        // The late fee takes 42.40 of it.
        await MoneyHall.Pay(clerk, account, 50_00, 50_00);
        Assert.Equal("writeoff.total_changed", await Refusal(Book(money, proposed)));
        await hall.As("writeoff.propose").Do((WithdrawWriteOff withdraw) => withdraw.Handle(new(Guid.CreateVersion7(), account, proposed.Sequence)));
        Assert.Equal(92_40, (await WrittenOff(money, account, 0)).TotalFen);
        await money.AssertBooksAgree();
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task A_payment_and_a_booking_at_once_leave_one_truth(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, Old, bills: [100_00]);
        var proposed = await Propose(money, Of(account, 0));
        await Attach(money, proposed.Number);
        var (booking, paying) = (Book(money, proposed), MoneyHall.Pay(clerk, account, 142_40, null, null, null, MoneyHall.Bill(account, 0)));
        var booked = await Record.ExceptionAsync(() => booking);
        var paid = await Record.ExceptionAsync(() => paying);
        var bill = await Bill(money, account, 0);
        Assert.True(booked is null or Refused { Code: "writeoff.total_changed" } && paid is null or Refused, $"{booked} {paid}");
        Assert.Contains(bill.State, new[] { BillState.Settled, BillState.WrittenOff });
        await money.AssertBooksAgree();
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task Paid_after_all_it_is_recovered_part_by_part_and_a_reversal_writes_it_off_again(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, Old, bills: [100_00, 60_00]);
        await WrittenOff(money, account, 0);
        // Not asked for by itself: the other bill is paid, with its late fee of 42.3 ‰ a day since, and the rest goes to the balance.
        var rest = await MoneyHall.Pay(clerk, account, 100_00, 100_00);
        Assert.Equal(BillState.WrittenOff, (await Bill(money, account, 0)).State);
        Assert.True(rest.ToBalanceFen > 0);
        var part = await MoneyHall.Pay(clerk, account, 30_00, 30_00, bills: MoneyHall.Bill(account, 0));
        Assert.Equal((BillState.WrittenOff, 30_00L, 0L), ((await Bill(money, account, 0)).State, (await Bill(money, account, 0)).PaidFen, part.ToBalanceFen));
        Assert.Equal((70_00L, 0L), (await Booked(money, account, "1231"), await Booked(money, account, "1122")));
        await hall.AssertClean();
        var last = await MoneyHall.Pay(clerk, account, 70_00, null, null, 70_00, MoneyHall.Bill(account, 0));
        Assert.Equal((BillState.Settled, 0L), ((await Bill(money, account, 0)).State, await Booked(money, account, "1231")));
        var view = await hall.As("arrears.see", "customers.see").Do((WriteOffList list) => list.Years());
        Assert.Equal(new WriteOffYear(2026, 1, new(100_00), new(100_00)), Assert.Single(view));
        await hall.AssertClean();

        await money.Reverse(clerk, account, last.PaymentId);
        Assert.Equal((BillState.WrittenOff, 70_00L), ((await Bill(money, account, 0)).State, await Booked(money, account, "1231")));
        Assert.Equal(new Money(30_00), Assert.Single(await hall.As("arrears.see").Do((WriteOffList list) => list.Years())).Recovered);
        await money.AssertBooksAgree();
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task A_code_that_is_answered_later_recovers_it_too(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, Old, bills: [100_00]);
        await WrittenOff(money, account, 0);
        var paid = await MoneyHall.Pay(clerk, new(Guid.CreateVersion7(), account, [MoneyHall.Bill(account, 0)], null, null, [new(TenderKind.WeChat, 100_00, "134567890123456789")]));
        Assert.Equal((PaymentState.Confirmed, BillState.Settled), (paid.State, (await Bill(money, account, 0)).State));
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task The_ladder_is_left_but_a_supply_that_is_cut_off_stays_so_until_it_is_paid(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await ArrearsTests.Suspended(money);
        await hall.As("arrears.suspend").Do(async (MoveSuspension move) => await move.Handle(new(Guid.CreateVersion7(), account, (await ArrearsTests.Order(money, account)).Id, SuspensionAction.CarryOut)));
        hall.Clock.Advance(TimeSpan.FromDays(365));
        await WrittenOff(money, account, 0);
        await ArrearsTests.Climb(money);
        Assert.Equal(SuspensionState.CarriedOut, (await ArrearsTests.Order(money, account)).State);
        Assert.Null(await hall.Read(db => db.AccountBalances.Where(b => b.AccountId == account).Select(b => b.ArrearsStep).SingleAsync()));
        await MoneyHall.Pay(clerk, account, 100_00, null, null, 100_00, MoneyHall.Bill(account, 0));
        Assert.Equal(SuspensionState.RestoreDue, (await ArrearsTests.Order(money, account)).State);
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task Pages_and_lists_show_it(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        await hall.HasStaff("A001", "administrator billing clerk", money.HallId);
        var opened = await money.AccountWithSearch("王小明", "13800000000", 100_00);
        hall.Clock.SetTo(new(2027, 5, 30, 1, 0, 0, DateTimeKind.Utc));
        using var browser = await hall.SignedIn("A001");
        var form = $"/account/{opened.AccountNumber}/writeoff";
        using var proposed = await browser.Post(form, "/writeoffs/propose", ("AccountNumber", opened.AccountNumber), ("Bills", MoneyHall.Bill(opened.AccountId, 0)), ("Reason", "TimeBarred"), ("Note", "超过三年未能联系"));
        Assert.Equal(HttpStatusCode.Found, proposed.StatusCode);
        var (number, page) = ($"HX{opened.AccountNumber}-1", $"/writeoff/{opened.AccountId}/1");
        using var refused = await browser.Post(page, "/writeoffs/book", ("AccountId", $"{opened.AccountId}"), ("Sequence", "1"), ("TotalFen", "10000"));
        Assert.Contains("approval.needed", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var address in new[] { "/writeoffs", "/writeoffs?state=Proposed", page, "/writeoffs/export?format=csv", "/api/v1/writeoffs", form }) Assert.Contains(number, await browser.Text(address), StringComparison.Ordinal);
        await Attach(money, number);
        await Book(money, new(opened.AccountId, 1, number, 100_00));
        Assert.Contains(number, await browser.Text("/writeoffs?year=2027"), StringComparison.Ordinal);
        Assert.Contains("已核销", WebUtility.HtmlDecode(await browser.Text("/account/" + opened.AccountNumber)), StringComparison.Ordinal);
    }
}
