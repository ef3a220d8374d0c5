using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Ledger;
using OpenHall.Payments;

namespace OpenHall.Tests.Modules;

/// <summary>银行代扣. The pack's banks: jcyh with fixed columns in GBK, hbyh with commas in UTF-8; asked again after 3 days, three times.</summary>
public class DebitTests
{
    private static readonly DateOnly Due = new(2026, 4, 20);
    private static readonly Encoding Gbk = Gb();

    private static Encoding Gb()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030");
    }

    private static Task<string> Sign(MoneyHall money, long account, string bank = "hbyh", long? limitFen = null) => money.Hall.As("debits.sign").Do((SignDebit sign) => sign.Handle(
        new(Guid.CreateVersion7(), AccountNumber.Of(account), bank, "6222 0000 " + account, "王小明", limitFen, "纸-1", MoneyHall.Day.Day)));

    private static Person Maker(MoneyHall money) => money.Hall.As(Guid.CreateVersion7(), money.HallId, "debits.make", "debits.see");

    private static Task<DueDebitList> DueOf(MoneyHall money, string bank = "hbyh", DateOnly? on = null) =>
        Maker(money).Do((DueDebits due) => money.Hall.Read(db => due.Of(db, bank, Due, on ?? MoneyHall.Day.Day)));

    private static async Task<Guid> Made(MoneyHall money, string bank = "hbyh", DateOnly? on = null)
    {
        var list = await DueOf(money, bank, on);
        return await Maker(money).Do((MakeDebits make) => make.Handle(new(Guid.CreateVersion7(), bank, Due, on ?? MoneyHall.Day.Day, list.Items.Count, list.Total.Fen)));
    }

    private static async Task<Guid> Released(MoneyHall money, string bank = "hbyh", DateOnly? on = null)
    {
        var id = await Made(money, bank, on);
        var batch = await Batch(money, id);
        var command = new ReleaseDebits.Command(Guid.CreateVersion7(), id, batch.Items, batch.TotalFen);
        var asker = Maker(money);
        Assert.Equal("approval.needed", await Refusal(asker.Do((ReleaseDebits release) => release.Handle(command))));
        await money.Approve(asker.UserId, command, nameof(ReleaseDebits), "debits.approve");
        await asker.Do((ReleaseDebits release) => release.Handle(command));
        return id;
    }

    private static Task<DebitBatch> Batch(MoneyHall money, Guid id) => money.Hall.Read(db => db.DebitBatches.SingleAsync(b => b.Id == id));

    private static Task<List<DebitItem>> Items(MoneyHall money, Guid id) => money.Hall.Read(db => db.DebitItems.Where(i => i.Bucket >= 0 && i.BatchId == id).OrderBy(i => i.Sequence).ToListAsync());

    private static Task<TakeDebitAnswer.Result> Answer(MoneyHall money, Guid id, string text, Encoding? encoding = null) =>
        Maker(money).Do((TakeDebitAnswer take) => take.Handle(Guid.CreateVersion7(), id, (encoding ?? Encoding.UTF8).GetBytes(text)));

    /// <summary>An answer in the layout of hbyh.</summary>
    private static async Task<string> Csv(MoneyHall money, Guid id, params (long Account, string Yuan, string Code)[] lines)
    {
        var (batch, items) = (await Batch(money, id), await Items(money, id));
        return "流水号,账号,实扣,代码\n" + string.Join('\n', lines.Select(l => items.Single(i => i.AccountId == l.Account)).Zip(lines, (i, l) => $"{batch.Number}{i.Sequence:00000},{i.BankAccount},{l.Yuan},{l.Code}"));
    }

    private static async Task<string> Refusal(Task act) => (await Assert.ThrowsAsync<Refused>(() => act)).Code;

    private static Task<CustomerBill> Bill(MoneyHall money, long account, int index) => money.Hall.Read(db => db.CustomerBills.SingleAsync(b => b.AccountId == account && b.Period == 202601 + index));

    [Theory, BothDatabases]
    public async Task What_the_bank_collected_pays_bills_and_what_it_refused_is_asked_for_again(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var (good, part, poor) = (await money.Account(0, Due.AddDays(-1), bills: [100_00, 50_00]), await money.Account(0, Due.AddDays(-1), bills: [80_00]), await money.Account(0, Due.AddDays(-1), bills: [30_00]));
        foreach (var account in new[] { good, part, poor }) await Sign(money, account);
        Assert.Equal("debit.already_there", await Refusal(Sign(money, good)));
        var id = await Released(money);
        // What is in a batch is in no other.
        Assert.Empty((await DueOf(money)).Items);
        var (name, content) = await Maker(money).Do((DebitList list) => list.FileOf(id));
        Assert.EndsWith(".csv", name);
        Assert.Contains($",6222000{"0" + good},王小明,150.00,20260331", Encoding.UTF8.GetString(content));

        var answer = await Csv(money, id, (good, "150.00", "OK"), (part, "20.00", "PART"), (poor, "0", "NSF"));
        var result = await Answer(money, id, answer);
        Assert.Equal((2, 170_00L, 1), (result.Collected, result.CollectedFen, result.Refused));
        Assert.Equal("debit.answered_already", await Refusal(Answer(money, id, answer)));
        Assert.Equal((BillState.Settled, BillState.Settled), ((await Bill(money, good, 0)).State, (await Bill(money, good, 1)).State));
        Assert.Equal((60_00L, 30_00L), ((await Bill(money, part, 0)).Owing.Fen, (await Bill(money, poor, 0)).Owing.Fen));
        var bank = await hall.Read(db => db.JournalLines.Where(l => l.Account == AccountCodes.Bank).ToListAsync());
        Assert.Equal(("debit", 170_00L, "hbyh"), (Assert.Single(bank).Kind, bank[0].DebitFen, bank[0].Sub));
        Assert.Empty(await hall.Read(db => MoneyChecks.Findings(db, money.HallId, MoneyHall.Day, default)));
        await hall.AssertClean();

        // Both rest for three days; the third day they are asked for what is left.
        Assert.Equal((0, 2), ((await DueOf(money)).Items.Count, (await DueOf(money)).Resting));
        var later = await DueOf(money, on: MoneyHall.Day.Day.AddDays(3));
        Assert.Equal([60_00L, 30_00L], later.Items.OrderByDescending(i => i.Amount.Fen).Select(i => i.Amount.Fen));
        var payment = await hall.Read(db => db.Payments.SingleAsync(p => p.AccountId == good));
        var clerk = await money.OpenTill();
        Assert.Equal((null, id), (payment.ReceiptNumber, payment.BankBatchId));
        var reverse = new ReversePayment.Command(Guid.CreateVersion7(), good, payment.Id, "试冲");
        await money.Approve(clerk.UserId, reverse, nameof(ReversePayment), "payments.reverse_approve");
        Assert.Equal("payment.by_bank", await Refusal(clerk.Person.Do((ReversePayment act) => act.Handle(reverse))));
    }

    [Theory, BothDatabases]
    public async Task An_answer_with_a_mistake_books_nothing(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var (a, b) = (await money.Account(0, Due.AddDays(-1), bills: [100_00]), await money.Account(0, Due.AddDays(-1), bills: [50_00]));
        await Sign(money, a);
        await Sign(money, b);
        var id = await Released(money);
        async Task<string> Wrong(string text) => (await Answer(money, id, text)).Mistakes[0].Finding.Code;
        Assert.Equal("missing", await Wrong(await Csv(money, id, (a, "100.00", "OK"))));
        Assert.Equal("twice", await Wrong(await Csv(money, id, (a, "100.00", "OK"), (a, "100.00", "OK"))));
        Assert.Equal("too_much", await Wrong(await Csv(money, id, (a, "100.01", "OK"), (b, "50.00", "OK"))));
        Assert.Equal("not_whole", await Wrong(await Csv(money, id, (a, "99.00", "OK"), (b, "50.00", "OK"))));
        Assert.Equal("refused_whole", await Wrong(await Csv(money, id, (a, "100.00", "NSF"), (b, "50.00", "OK"))));
        Assert.Equal("code", await Wrong(await Csv(money, id, (a, "0", "XX"), (b, "50.00", "OK"))));
        Assert.Equal("number", await Wrong(await Csv(money, id, (a, "many", "OK"), (b, "50.00", "OK"))));
        Assert.Equal("account", await Wrong((await Csv(money, id, (a, "100.00", "OK"), (b, "50.00", "OK"))).Replace(",6222", ",7222", StringComparison.Ordinal)));
        Assert.Equal("not_asked", await Wrong("h\nP1,2,3,OK"));
        Assert.Equal("fields", await Wrong("h\nP1,2"));
        Assert.Equal(0, await hall.Read(db => db.Payments.CountAsync(p => p.Bucket >= 0)));
        Assert.Equal(2, (await Answer(money, id, await Csv(money, id, (b, "50.00", "OK"), (a, "100.00", "OK")))).Collected);
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task Fixed_columns_count_bytes_and_a_closed_bank_account_ends_the_agreement(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await money.Account(0, Due.AddDays(-1), bills: [100_00, 50_00]);
        // The limit leaves the second bill out.
        await Sign(money, account, "jcyh", 120_00);
        var id = await Released(money, "jcyh");
        var (_, content) = await Maker(money).Do((DebitList list) => list.FileOf(id));
        var lines = Gbk.GetString(content).Split("\r\n");
        Assert.Equal([49, 109], lines.Take(2).Select(l => Gbk.GetByteCount(l)));
        Assert.EndsWith("000000010000", lines[1]);
        var (batch, item) = (await Batch(money, id), (await Items(money, id))[0]);
        var back = $"H\nD{batch.Number + "00001",-24}{item.BankAccount,-32}{10000:D12}{0:D12}1004";
        Assert.Equal(1, (await Answer(money, id, back, Gbk)).Refused);
        var agreement = await hall.Read(db => db.DebitAgreements.SingleAsync(a => a.AccountId == account));
        Assert.Equal((DebitState.Ended, "1004 账户已销户"), (agreement.State, agreement.EndReason));
        await Sign(money, account, "jcyh");
        Assert.Equal(150_00, (await DueOf(money, "jcyh")).Total.Fen);
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task A_bill_paid_at_the_counter_meanwhile_leaves_the_banks_money_on_the_balance(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, Due.AddDays(-1), bills: [100_00]);
        await Sign(money, account);
        var id = await Released(money);
        await MoneyHall.Pay(clerk, account, 100_00);
        await Answer(money, id, await Csv(money, id, (account, "100.00", "OK")));
        Assert.Equal(100_00, await hall.Read(db => db.AccountBalances.Where(b => b.AccountId == account).Select(b => b.BalanceFen).SingleAsync()));
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task A_batch_is_what_was_shown_and_withdrawn_it_frees_its_accounts(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await money.Account(0, Due.AddDays(-1), bills: [100_00]);
        await Sign(money, account);
        Assert.Equal("debit.changed", await Refusal(Maker(money).Do((MakeDebits make) => make.Handle(new(Guid.CreateVersion7(), "hbyh", Due, MoneyHall.Day.Day, 1, 99_00)))));
        var id = await Made(money);
        Assert.Equal("debit.not_released", await Refusal(Maker(money).Do((DebitList list) => list.FileOf(id))));
        Assert.Equal("debit.nothing_due", await Refusal(Made(money)));
        await Maker(money).Do((WithdrawDebits withdraw) => withdraw.Handle(new(Guid.CreateVersion7(), id, "日期有误")));
        Assert.Single((await DueOf(money)).Items);
        await hall.As("debits.sign").Do((EndDebit end) => end.Handle(new(Guid.CreateVersion7(), account, 1, "客户要求")));
        Assert.Empty((await DueOf(money)).Items);
        await hall.AssertClean();
    }

    private static async Task<ReturnDebit.Returned> Return(MoneyHall money, Guid batch, long account, string code)
    {
        var command = new ReturnDebit.Command(Guid.CreateVersion7(), batch, AccountNumber.Of(account), code);
        var asker = Maker(money);
        await money.Approve(asker.UserId, command, nameof(ReturnDebit), "debits.approve");
        return await asker.Do((ReturnDebit give) => give.Handle(command));
    }

    [Theory, BothDatabases]
    public async Task What_the_bank_takes_back_is_owed_again_and_costs_the_fee_of_the_pack(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var (back, kept) = (await money.Account(0, Due.AddDays(-1), bills: [100_00]), await money.Account(0, Due.AddDays(-1), bills: [50_00]));
        await Sign(money, back);
        await Sign(money, kept);
        var id = await Released(money);
        Assert.Equal("debit.not_answered", await Refusal(Return(money, id, back, "NSF")));
        await Answer(money, id, await Csv(money, id, (back, "100.00", "OK"), (kept, "50.00", "OK")));
        Assert.Equal("debit.code_unknown", await Refusal(Return(money, id, back, "OK")));
        Assert.Equal("debit.not_in_batch", await Refusal(Return(money, id, 999_999, "NSF")));
        var command = new ReturnDebit.Command(Guid.CreateVersion7(), id, AccountNumber.Of(back), "END");
        Assert.Equal("approval.needed", await Refusal(Maker(money).Do((ReturnDebit give) => give.Handle(command))));
        // It is booked on the day that is open now, not on the day of the answer.
        var done = await Return(money, id, back, "END");
        Assert.Equal((100_00L, 2_00L), (done.AmountFen, done.FeeFen));
        Assert.Equal("debit.not_collected", await Refusal(Return(money, id, back, "END")));
        var bills = (await hall.Bills()).Where(b => b.AccountId == back).ToList();
        Assert.Equal([(false, 100_00L), (true, 2_00L)], bills.OrderBy(b => b.IsFee).Select(b => (b.IsFee, b.Owing.Fen)));
        var (batch, item) = (await Batch(money, id), (await Items(money, id)).Single(i => i.AccountId == back));
        Assert.Equal((150_00L, 1, 100_00L), (batch.CollectedFen, batch.Returned, batch.ReturnedFen));
        Assert.Equal((DebitItemState.Returned, "END"), (item.State, item.ReturnCode));
        Assert.Equal(DebitState.Ended, await hall.Read(db => db.DebitAgreements.Where(a => a.AccountId == back).Select(a => a.State).SingleAsync()));
        Assert.Equal(50_00, await hall.Read(db => db.JournalLines.Where(l => l.Account == AccountCodes.Bank).SumAsync(l => l.DebitFen - l.CreditFen)));
        Assert.Empty(await hall.Read(db => MoneyChecks.Findings(db, money.HallId, MoneyHall.Day, default)));
        await hall.AssertClean();
        await hall.HasStaff("B001", "billing", money.HallId);
        using var browser = await hall.SignedIn("B001");
        Assert.Contains("data-opens=\"return\"", await browser.Text("/debits/" + id), StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Money_that_went_to_the_balance_and_was_spent_is_not_taken_back_silently(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, Due.AddDays(-1), bills: [100_00]);
        await Sign(money, account);
        var id = await Released(money);
        await MoneyHall.Pay(clerk, account, 100_00);
        await Answer(money, id, await Csv(money, id, (account, "100.00", "OK")));
        // Paid at the counter meanwhile: the bank's money lies on the balance and leaves it.
        Assert.Equal(100_00, await money.Balance(account));
        await Return(money, id, account, "NSF");
        Assert.Equal((0L, 2_00L), (await money.Balance(account), await money.Owing(account)));
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task An_answer_is_booked_part_by_part_and_taken_up_again_where_it_was_cut_off(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var accounts = new List<long>();
        for (var i = 0; i < 5; i++) accounts.Add(await money.Account(0, Due.AddDays(-1), bills: [100_00]));
        foreach (var account in accounts) await Sign(money, account);
        var id = await Released(money);
        var content = Encoding.UTF8.GetBytes(await Csv(money, id, [.. accounts.Select((a, i) => i == 3 ? (a, "0", "NSF") : (a, "100.00", "OK"))]));
        Assert.Empty(await Maker(money).Do((TakeDebitAnswer take) => take.Accept(Guid.CreateVersion7(), id, content)));
        // Kept, and nothing is booked yet: the program ended here.
        Assert.Equal(DebitBatchState.Booking, (await Batch(money, id)).State);
        Assert.Equal(0, await hall.Read(db => db.Payments.CountAsync(p => p.Bucket >= 0)));
        Assert.Equal("debit.answered_already", await Refusal(Maker(money).Do((TakeDebitAnswer take) => take.Handle(Guid.CreateVersion7(), id, content))));
        Assert.Equal("debit.move_not_allowed", await Refusal(Maker(money).Do((WithdrawDebits withdraw) => withdraw.Handle(new(Guid.CreateVersion7(), id, "x")))));
        await hall.AssertClean();
        var person = Maker(money);
        // Cut off in the middle, then two nodes find it at once.
        using (var cut = new CancellationTokenSource())
        {
            hall.Clock.Advance(TimeSpan.FromSeconds(1));
            var first = person.Do((BookDebitAnswer book) => book.Continue(id, cut.Token, most: 2));
            await cut.CancelAsync();
            await Record.ExceptionAsync(() => first);
        }

        await hall.AssertClean();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => person.Do((BookDebitAnswer book) => book.Continue(id, default, most: 2))));
        var batch = await Batch(money, id);
        Assert.Equal((DebitBatchState.Answered, 4, 400_00L), (batch.State, batch.Collected, batch.CollectedFen));
        Assert.Equal(4, await hall.Read(db => db.Payments.CountAsync(p => p.Bucket >= 0)));
        Assert.Equal(100_00, await money.Owing(accounts[3]));
        Assert.Empty(await hall.Read(db => MoneyChecks.Findings(db, money.HallId, MoneyHall.Day, default)));
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task Nobody_is_reminded_of_a_bill_that_is_at_the_bank(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await money.Account(0, MoneyHall.Day.Day.AddDays(-3), bills: [100_00]);
        await Sign(money, account);
        var id = await Made(money);
        Assert.Equal(1, (await ArrearsTests.Climb(money)).Accounts);
        Task<int> Reminded() => hall.Read(db => db.ArrearsNotices.CountAsync(n => n.Bucket >= 0));
        // A draft is not at the bank yet.
        Assert.Equal(1, await Reminded());
        await Maker(money).Do((WithdrawDebits withdraw) => withdraw.Handle(new(Guid.CreateVersion7(), id, "日期有误")));
        var second = await money.Account(0, MoneyHall.Day.Day.AddDays(-3), bills: [100_00]);
        await Sign(money, second);
        await Released(money);
        await ArrearsTests.Climb(money);
        Assert.Equal(1, await Reminded());
        // The bank does not answer: after five days the ladder goes on.
        hall.Clock.Advance(TimeSpan.FromDays(6));
        await ArrearsTests.Climb(money);
        Assert.Equal(2, await Reminded());
    }
}
