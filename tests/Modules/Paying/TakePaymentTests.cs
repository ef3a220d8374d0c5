using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;
using OpenHall.Ledger;
using OpenHall.Payments;
using OpenHall.Vouchers;

namespace OpenHall.Tests.Modules.Paying;

public class TakePaymentTests
{
    private const string WeChatOk = "134567890123456789";
    private const string AlipayRefused = "281234567890123401";
    private const string UnknownThenOk = "134567890123456702";
    private const string UnknownThenRefused = "134567890123456703";

    [Theory, BothDatabases]
    public async Task Enter_pressed_twice_books_the_payment_once(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [88_00]);
        var command = new TakePayment.Command(Guid.CreateVersion7(), account, [MoneyHall.Bill(account, 0)], 88_00, null, [new(TenderKind.Cash, 100_00)]);
        var results = await Task.WhenAll(MoneyHall.Pay(clerk, command), MoneyHall.Pay(clerk, command));
        Assert.Equal(results[0], results[1]);
        Assert.Equal("SJ00000001", results[0].ReceiptNumber);
        Assert.Equal(12_00, results[0].ChangeFen);
        Assert.Equal(0, await money.Owing(account));
        Assert.Equal(1, await hall.Read(db => db.Receipts.CountAsync()));
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task Fifty_equal_posts_with_one_key_book_once(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [50_00]);
        var command = new TakePayment.Command(Guid.CreateVersion7(), account, [], null, 50_00, [new(TenderKind.Cash, 50_00)]);
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => MoneyHall.Pay(clerk, command)));
        Assert.Single(results.Distinct());
        Assert.Equal(1, await hall.Read(db => db.Payments.CountAsync()));
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task The_same_key_with_another_amount_is_refused(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [50_00]);
        var id = Guid.CreateVersion7();
        await MoneyHall.Pay(clerk, account, 20_00, 20_00, id);
        var refusal = await Assert.ThrowsAsync<Refused>(() => MoneyHall.Pay(clerk, account, 30_00, 30_00, id));
        Assert.Equal("request.content_differs", refusal.Code);
    }

    [Theory, BothDatabases]
    public async Task Eight_callers_pay_one_bill_one_wins_and_the_others_hear_who(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerks = new List<MoneyHall.Clerk>();
        for (var i = 0; i < 8; i++) clerks.Add(await money.OpenTill());
        var account = await money.Account(0, bills: [66_00]);
        var bill = MoneyHall.Bill(account, 0);
        var outcomes = await Task.WhenAll(clerks.Select(async clerk =>
        {
            try { return (Clerk: clerk, Result: await MoneyHall.Pay(clerk, account, 66_00, dueFen: 66_00, bills: bill), Refusal: null); }
            catch (Refused refusal) { return (Clerk: clerk, Result: (PaymentResult?)null, Refusal: (Refused?)refusal); }
        }));
        var winner = Assert.Single(outcomes, o => o.Result is not null).Clerk;
        Assert.All(outcomes.Where(o => o.Refusal is not null), o =>
        {
            Assert.Equal("bill.already_paid", o.Refusal!.Code);
            Assert.Equal([bill, "测试", winner.Name.Replace("柜员", "", StringComparison.Ordinal) + " 号窗口"], o.Refusal.Values.Take(3));
        });
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task A_tampered_total_is_refused(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [66_00]);
        var refusal = await Assert.ThrowsAsync<Refused>(() => MoneyHall.Pay(clerk, account, 6_60, 6_60, dueFen: 6_60, bills: MoneyHall.Bill(account, 0)));
        Assert.Equal("payment.due_changed", refusal.Code);
        Assert.Equal(66_00, await money.Owing(account));
    }

    [Theory, BothDatabases]
    public async Task An_amount_goes_to_the_oldest_bill_first_and_the_rest_to_the_balance(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [30_00, 40_00, 50_00]);
        await MoneyHall.Pay(clerk, account, 45_00, 45_00);
        var bills = await hall.Read(db => db.CustomerBills.Where(b => b.AccountId == account && b.Bucket == Books.BucketOf(account)).OrderBy(b => b.Period).ToListAsync());
        Assert.Equal([0, 25_00, 50_00], bills.Select(b => b.Owing.Fen));
        var rest = await MoneyHall.Pay(clerk, account, 200_00, 200_00);
        Assert.Equal(125_00, rest.ToBalanceFen);
        Assert.Equal(125_00, await money.Balance(account));
        Assert.Equal(0, rest.ChangeFen);
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task The_late_fee_is_counted_on_the_day_and_paid_before_the_bill(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        // Due ten days before the business date: 1 ‰ a day.
        var account = await money.Account(0, due: MoneyHall.Day.Day.AddDays(-10), bills: [1000_00]);
        var paid = await MoneyHall.Pay(clerk, account, 500_00, 500_00);
        var payment = await hall.Read(db => db.Payments.SingleAsync(p => p.Id == paid.PaymentId));
        Assert.Equal((10_00, 490_00), (payment.LateFeeFen, payment.BillsFen));
        Assert.Equal(10_00, await hall.Read(db => db.AccountJournalLines.Where(l => l.Account == AccountCodes.LateFeeIncome).SumAsync(l => l.CreditFen)));
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task Change_is_given_in_whole_jiao_and_the_odd_fen_go_to_the_balance(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [45_67]);
        var paid = await MoneyHall.Pay(clerk, account, 50_00, dueFen: 45_67, bills: MoneyHall.Bill(account, 0));
        Assert.Equal((4_30, 45_70, 3), (paid.ChangeFen, paid.AmountFen, paid.ToBalanceFen));
        Assert.Equal("tender.cash_step", (await Assert.ThrowsAsync<Refused>(() => MoneyHall.Pay(clerk, account, 5_67, 5_67))).Code);
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task Several_tenders_add_up_and_change_comes_from_cash_only(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(20_00, bills: [100_00]);
        var bill = MoneyHall.Bill(account, 0);
        Task<PaymentResult> Pay(params Tender[] tenders) => MoneyHall.Pay(clerk, new(Guid.CreateVersion7(), account, [bill], 100_00, null, tenders));
        Assert.Equal("tender.change_only_from_cash", (await Assert.ThrowsAsync<Refused>(() => Pay(new(TenderKind.Card, 95_00), new(TenderKind.Cash, 1_00), new(TenderKind.Balance, 10_00)))).Code);
        Assert.Equal("tender.short_by", (await Assert.ThrowsAsync<Refused>(() => Pay(new Tender(TenderKind.Card, 95_00)))).Code);
        Assert.Equal("balance.not_enough", (await Assert.ThrowsAsync<Refused>(() => Pay(new(TenderKind.Card, 75_00), new(TenderKind.Balance, 25_00)))).Code);
        Assert.Equal("tender.one_channel", (await Assert.ThrowsAsync<Refused>(() => Pay(new(TenderKind.WeChat, 50_00, WeChatOk), new(TenderKind.Alipay, 50_00, AlipayRefused)))).Code);
        var paid = await Pay(new(TenderKind.Cash, 50_00), new(TenderKind.Card, 30_00, Reference: "004512"), new(TenderKind.WeChat, 20_00, WeChatOk), new(TenderKind.Balance, 10_00));
        Assert.Equal((PaymentState.Confirmed, 10_00, 10_00), (paid.State, paid.ChangeFen, paid.BalanceFen));
        Assert.Equal(90_00, await hall.Read(db => db.Receipts.Select(r => r.AmountFen).SingleAsync()));
        Assert.Equal(40_00, await hall.Read(db => db.JournalLines.Where(l => l.Account == AccountCodes.Cash).SumAsync(l => l.DebitFen - l.CreditFen)));
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task The_balance_pays_a_bill_without_a_receipt(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(80_00, bills: [66_00]);
        var paid = await MoneyHall.Pay(clerk, new(Guid.CreateVersion7(), account, [], null, null, [new(TenderKind.Balance, 66_00)]));
        Assert.Null(paid.ReceiptNumber);
        Assert.Equal(14_00, await money.Balance(account));
        Assert.Equal(0, await money.Owing(account));
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task An_unknown_channel_prints_nothing_until_it_is_asked_again_and_was_ok(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [66_00]);
        var command = new TakePayment.Command(Guid.CreateVersion7(), account, [MoneyHall.Bill(account, 0)], 66_00, null, [new(TenderKind.WeChat, 66_00, UnknownThenOk)]);
        var first = await MoneyHall.Pay(clerk, command);
        Assert.Equal((PaymentState.Pending, null), (first.State, first.ReceiptNumber));
        Assert.Equal(66_00, await money.Owing(account));
        Assert.False(await hall.Read(db => db.Receipts.AnyAsync()));
        // The till can't close between question and answer.
        Assert.Equal("till.answers_missing", (await Assert.ThrowsAsync<Refused>(() => money.Close(clerk))).Code);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => clerk.Person.Do((CollectPayment collect) => collect.Check(account, first.PaymentId))));
        Assert.All(results, r => Assert.Equal((PaymentState.Confirmed, "SJ00000001"), (r.State, r.ReceiptNumber)));
        Assert.Equal(0, await money.Owing(account));
        await money.Close(clerk);
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task A_channel_that_refuses_leaves_nothing_booked(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [66_00]);
        var refused = await MoneyHall.Pay(clerk, new(Guid.CreateVersion7(), account, [], null, null, [new(TenderKind.Alipay, 66_00, AlipayRefused)]));
        Assert.Equal(PaymentState.Failed, refused.State);
        var later = await MoneyHall.Pay(clerk, new(Guid.CreateVersion7(), account, [], null, null, [new(TenderKind.WeChat, 66_00, UnknownThenRefused)]));
        Assert.Equal(PaymentState.Pending, later.State);
        Assert.Equal(PaymentState.Failed, (await clerk.Person.Do((CollectPayment collect) => collect.Check(account, later.PaymentId))).State);
        Assert.Equal(66_00, await money.Owing(account));
        Assert.False(await hall.Read(db => db.JournalLines.AnyAsync()));
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task Money_of_a_late_answer_goes_to_the_balance_when_the_bill_was_paid_meanwhile(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [66_00]);
        var bill = MoneyHall.Bill(account, 0);
        var pending = await MoneyHall.Pay(clerk, new(Guid.CreateVersion7(), account, [bill], 66_00, null, [new(TenderKind.WeChat, 66_00, UnknownThenOk)]));
        await MoneyHall.Pay(clerk, account, 66_00, dueFen: 66_00, bills: bill);
        var settled = await clerk.Person.Do((CollectPayment collect) => collect.Check(account, pending.PaymentId));
        Assert.Equal((PaymentState.Confirmed, 66_00), (settled.State, settled.ToBalanceFen));
        Assert.Equal(66_00, await money.Balance(account));
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task Receipt_numbers_have_no_gap_under_eight_clerks(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerks = new List<MoneyHall.Clerk>();
        for (var i = 0; i < 8; i++) clerks.Add(await money.OpenTill());
        var accounts = new List<long>();
        for (var i = 0; i < 4; i++) accounts.Add(await money.Account(0, bills: [5000_00]));
        await Task.WhenAll(clerks.Select(async (clerk, n) =>
        {
            for (var i = 0; i < 10; i++) await MoneyHall.Pay(clerk, accounts[(n + i) % 4], 10_00, 10_00);
        }));
        Assert.Equal(80, await hall.Read(db => db.Receipts.Select(r => r.Number).Distinct().CountAsync()));
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task A_payment_for_the_clerks_own_account_is_flagged(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var own = await money.Account(0, phone: "13911112222", bills: [66_00]);
        var other = await money.Account(0, bills: [66_00]);
        var clerk = await money.OpenTill(phone: "13911112222");
        await MoneyHall.Pay(clerk, own, 66_00);
        await MoneyHall.Pay(clerk, other, 66_00);
        Assert.Equal([own], await hall.Read(db => db.Payments.Where(p => p.IsOwnAccount).Select(p => p.AccountId).ToListAsync()));
    }

    [Theory, BothDatabases]
    public async Task A_used_up_book_says_so_and_the_next_one_goes_on(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [5000_00]);
        await clerk.Person.Do((SpoilNumbers spoil) => spoil.Handle(new(Guid.CreateVersion7(), clerk.BookId, 99, "整本受潮")));
        Assert.Equal("SJ00000100", (await MoneyHall.Pay(clerk, account, 10_00, 10_00)).ReceiptNumber);
        Assert.Equal("receipt_book.used_up", (await Assert.ThrowsAsync<Refused>(() => MoneyHall.Pay(clerk, account, 10_00, 10_00))).Code);
        var next = await money.IssueBook(clerk.UserId);
        Assert.Equal("receipt_book.next_differs", (await Assert.ThrowsAsync<Refused>(() => clerk.Person.Do((StartReceiptBook start) => start.Handle(new(Guid.CreateVersion7(), next.Id, 102))))).Code);
        await clerk.Person.Do((StartReceiptBook start) => start.Handle(new(Guid.CreateVersion7(), next.Id, 101)));
        Assert.Equal("SJ00000101", (await MoneyHall.Pay(clerk, account, 10_00, 10_00)).ReceiptNumber);
        await money.AssertBooksAgree();
    }
}
