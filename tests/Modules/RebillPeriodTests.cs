using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Payments;

namespace OpenHall.Tests.Modules;

public class RebillPeriodTests
{
    /// <summary>January 300 kWh, February 200 kWh, both released; 0.4883 yuan in the first tier.</summary>
    private static async Task<(MoneyHall Money, OpenAccount.Opened Account)> TwoMonths(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await hall.OpenAccount();
        await hall.Read(account, new(2026, 1, 31), 300);
        await hall.Bill(202601);
        await hall.Read(account, new(2026, 2, 28), 500);
        await hall.Bill(202602);
        return (money, account);
    }

    private static Task<int> Correct(TestHall hall, OpenAccount.Opened account, DateOnly on, decimal kwh) =>
        hall.As("readings.enter").Do((EnterReading enter) => enter.Handle(new(Guid.CreateVersion7(), account.AccountNumber, on, kwh, null, null, null, null, null, ReadingKind.Cycle, "抄错")));

    private static async Task<RebillPeriod.Done> Rebill(MoneyHall money, RebillPeriod.Command command)
    {
        var asker = money.Hall.As(Guid.CreateVersion7(), money.HallId, "bill.rebill");
        await money.Approve(asker.UserId, command, nameof(RebillPeriod), "bill.rebill_approve");
        var done = await asker.Do((RebillPeriod rebill) => rebill.Handle(command));
        var again = await asker.Do((RebillPeriod rebill) => rebill.Handle(command));
        Assert.Equal((done.DifferenceFen, done.ToBalanceFen), (again.DifferenceFen, again.ToBalanceFen));
        return done;
    }

    private static RebillPeriod.Command Of(OpenAccount.Opened account, int period, long difference, bool byPresentTariff = false) =>
        new(Guid.CreateVersion7(), account.AccountNumber, period, byPresentTariff, difference, "抄表差错");

    private static Task<RebillView> Preview(TestHall hall, BillKey key, bool byPresentTariff = false) => hall.As("bills.see").Do((RebillPreview preview) => preview.Of(key.Number, byPresentTariff));

    private static Task Card(MoneyHall.Clerk clerk, BillKey bill, long fen) => MoneyHall.Pay(clerk, new(Guid.CreateVersion7(), bill.AccountId, [bill.Number], null, fen, [new(TenderKind.Card, fen)]));

    private static Task<long> Booked(TestHall hall, long account, string code) =>
        hall.Read(db => db.AccountJournalLines.Where(l => l.Bucket == Books.BucketOf(account) && l.AccountId == account && l.Account == code).SumAsync(l => l.DebitFen - l.CreditFen));

    [Theory, BothDatabases]
    public async Task A_corrected_reading_replaces_its_month_and_the_next_and_what_was_paid_goes_over(TestHall hall)
    {
        var (money, account) = await TwoMonths(hall);
        var clerk = await money.OpenTill();
        await Card(clerk, new(account.AccountId, 202601, 0), 146_49);
        await Correct(hall, account, new(2026, 1, 31), 260);

        // January 40 kWh less, February 40 kWh more: 126.96 for 146.49, 117.19 for 97.66.
        var view = await Preview(hall, new(account.AccountId, 202601, 0));
        Assert.Equal([(146_49L, 126_96L), (97_66L, 117_19L)], view.Preview.Select(p => (p.Old.AmountFen, p.New.AmountFen)));
        Assert.Equal(Money.Zero, view.Difference);
        var done = await Rebill(money, Of(account, 202601, 0));
        Assert.Equal(19_53, done.ToBalanceFen);

        var bills = await hall.Bills();
        Assert.Equal([(202601, 0, BillState.Cancelled, 0L), (202601, 1, BillState.Settled, 126_96L), (202602, 0, BillState.Cancelled, 0L), (202602, 1, BillState.Issued, 0L)],
            bills.Select(b => (b.Period, (int)b.Issue, b.State, b.PaidFen)));
        Assert.Equal(500_000, bills.Where(b => b.State != BillState.Cancelled).Sum(b => b.UsageWh));
        Assert.Equal((117_19L, 19_53L), (await Booked(hall, account.AccountId, "1122"), await money.Balance(account.AccountId)));
        Assert.Equal(-244_15, await Booked(hall, account.AccountId, "6001"));
        var after = await Preview(hall, new(account.AccountId, 202601, 0));
        Assert.Equal(-19_53, Assert.Single(after.Done).Document!.Difference.Fen);
        Assert.Empty((await Preview(hall, new(account.AccountId, 202601, 1))).Preview);

        // What is asked for more in February has a last day of its own; the counter takes the new bill.
        await Card(clerk, new(account.AccountId, 202602, 1), 117_19);
        await money.AssertBooksAgree();
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task Equal_data_are_refused_and_nothing_is_written(TestHall hall)
    {
        var (money, account) = await TwoMonths(hall);
        Assert.Equal("rebill.nothing_changed", (await Assert.ThrowsAsync<Refused>(() => Rebill(money, Of(account, 202601, 0)))).Code);
        Assert.Equal("rebill.no_bill", (await Assert.ThrowsAsync<Refused>(() => Rebill(money, Of(account, 202512, 0)))).Code);
        Assert.Equal(2, (await hall.Bills()).Count);
        Assert.Equal(0, await hall.Read(db => db.BillReplacements.CountAsync()));
        var asker = hall.As("bill.rebill");
        Assert.Equal("approval.needed", (await Assert.ThrowsAsync<Refused>(() => asker.Do((RebillPeriod rebill) => rebill.Handle(Of(account, 202601, 0))))).Code);
    }

    [Theory, BothDatabases]
    public async Task Another_difference_than_the_one_agreed_to_is_refused(TestHall hall)
    {
        var (money, account) = await TwoMonths(hall);
        await Correct(hall, account, new(2026, 2, 28), 480);
        Assert.Equal("rebill.other_difference", (await Assert.ThrowsAsync<Refused>(() => Rebill(money, Of(account, 202602, -1)))).Code);
        Assert.Equal(-9_77, (await Preview(hall, new(account.AccountId, 202602, 0))).Difference.Fen);
        Assert.Single((await Rebill(money, Of(account, 202602, -9_77))).Numbers);
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task A_paid_bill_that_comes_out_higher_is_owed_for_the_rest(TestHall hall)
    {
        var (money, account) = await TwoMonths(hall);
        await Card(await money.OpenTill(), new(account.AccountId, 202602, 0), 97_66);
        await Correct(hall, account, new(2026, 2, 28), 520);
        Assert.Equal(0, (await Rebill(money, Of(account, 202602, 9_77))).ToBalanceFen);
        var bill = (await hall.Bills())[^1];
        Assert.Equal((BillState.Issued, 97_66L, new Money(9_77)), (bill.State, bill.PaidFen, bill.Owing));
        Assert.Equal(146_49 + 9_77, await Booked(hall, account.AccountId, "1122"));

        // A later month that is not released yet rests on this one.
        var run = await hall.StartRun(202603);
        Assert.Equal("rebill.run_open", (await Assert.ThrowsAsync<Refused>(() => Rebill(money, Of(account, 202602, 0)))).Code);
        await hall.Continue(run);
        await money.AssertBooksAgree();
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task A_bill_keeps_its_tariff_unless_the_present_one_is_asked_for(TestHall hall)
    {
        var (money, account) = await TwoMonths(hall);
        await hall.Read(db => db.SupplyPoints.Where(p => p.AccountId == account.AccountId).ExecuteUpdateAsync(set => set.SetProperty(p => p.TariffCode, "power.zhejiang.resident")));
        Assert.Equal("rebill.nothing_changed", (await Assert.ThrowsAsync<Refused>(() => Rebill(money, Of(account, 202602, 0)))).Code);
        var difference = (await Preview(hall, new(account.AccountId, 202602, 0), true)).Difference.Fen;
        Assert.NotEqual(0, difference);
        await Rebill(money, Of(account, 202602, difference, true));
        Assert.Equal("power.zhejiang.resident", (await hall.Bills())[^1].TariffCode);
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task The_page_shows_the_preview_and_afterwards_both_bills(TestHall hall)
    {
        var (money, account) = await TwoMonths(hall);
        await Correct(hall, account, new(2026, 2, 28), 480);
        await hall.HasStaff("B001", "billing", money.HallId);
        using var browser = await hall.SignedIn("B001");
        var old = new BillKey(account.AccountId, 202602, 0).Number;
        Assert.Contains("-9.77", await browser.Text($"/bill/{old}/rebill"), StringComparison.Ordinal);
        var refused = await browser.Post($"/bill/{old}/rebill", "/bills/rebill", ("Number", old), ("AccountNumber", account.AccountNumber), ("Period", "202602"), ("ByPresentTariff", "false"), ("DifferenceFen", "-977"), ("Reason", "抄错"));
        Assert.Contains("approval.needed", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Rebill(money, Of(account, 202602, -9_77));
        Assert.Contains(new BillKey(account.AccountId, 202602, 1).Number, await browser.Text($"/bill/{old}/rebill"), StringComparison.Ordinal);
    }
}
