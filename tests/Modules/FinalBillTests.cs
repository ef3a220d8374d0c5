using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

public class FinalBillTests
{
    private static readonly string[] Counter = [.. CustomerIntents.Clerk, "bills.final"];

    private static FinalReading Read(DateOnly on, decimal kwh) => new(on, kwh, null, null, null, null, null, null);

    private static Task<FinalView> Preview(TestHall hall, OpenAccount.Opened account, FinalReading reading) => hall.As(Counter).Do((FinalPreview preview) => preview.Of(account.AccountNumber, reading));

    private static async Task<EndSupply.Ended> End(TestHall hall, OpenAccount.Opened account, FinalReading reading, CustomerFields? next = null)
    {
        var view = await Preview(hall, account, reading);
        return await hall.As(Counter).Do((EndSupply end) => end.Handle(new(Guid.CreateVersion7(), account.AccountNumber, reading, view.Bill.AmountFen, null, next)));
    }

    private static async Task<string> Refusal(TestHall hall, OpenAccount.Opened account, FinalReading reading) => (await Assert.ThrowsAsync<Refused>(() => Preview(hall, account, reading))).Code;

    [Theory, BothDatabases]
    public async Task The_last_bill_has_the_tier_limits_of_its_days_and_is_owed_at_once(TestHall hall)
    {
        var account = await hall.OpenAccount(place: CustomerIntents.Place(tariff: "power.guangdong.resident"));
        await hall.Read(account, new(2026, 1, 31), 200);
        await hall.Bill(202601);
        var reading = Read(new(2026, 2, 14), 340);
        var view = await Preview(hall, account, reading);
        // Half of February: limits of 100 and 200. 100 at 0.589, 40 at 0.639.
        Assert.Equal((202602, 140_000L, 84_46L), (view.Bill.Period, view.Bill.UsageWh, view.Bill.AmountFen));
        Assert.Single(await hall.Bills());
        var ended = await End(hall, account, reading);
        var bill = (await hall.Bills())[1];
        Assert.Equal((ended.Bill, BillState.Issued, 84_46L), (bill.Number, bill.State, bill.AmountFen));
        Assert.Equal(84_46L, await hall.Read(db => db.AccountJournalLines.Where(l => l.Bucket == bill.Bucket && l.Reference == bill.Number && l.Account == "1122").SumAsync(l => l.DebitFen - l.CreditFen)));
        Assert.Equal(ReadingKind.Final, await hall.Read(db => db.MeterReadings.Where(r => r.Bucket == bill.Bucket && r.AccountId == account.AccountId && r.ReadOn == reading.ReadOn).Select(r => r.Kind).SingleAsync()));
        // The month's run finds nothing more to bill and nothing to complain of.
        var run = await hall.Bill(202602);
        await hall.Bill(202603);
        Assert.Equal(2, (await hall.Bills()).Count);
        Assert.Empty(await hall.Read(db => db.BillRunFindings.Where(f => f.RunId == run).ToListAsync()));
        // Billed anew with equal data it comes out the same.
        Assert.Empty((await hall.As("bills.see", "customers.see").Do((RebillPreview preview) => preview.Of(bill.Number, false))).Preview);
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task Yearly_limits_count_the_months_that_the_account_existed(TestHall hall)
    {
        var account = await hall.OpenAccount(on: new(2026, 1, 31));
        await hall.Read(account, new(2026, 2, 28), 1_000);
        await hall.Bill(202602);
        // Moved in on 1 February: eleven months of the year. 240 kWh a month: 2,640 kWh in the first tier.
        var first = (await hall.Bills())[0];
        Assert.Equal(488_30L, first.AmountFen);
        var view = await Preview(hall, account, Read(new(2026, 3, 20), 1_500));
        // Moved out in March: two months in all, 480 and 800 kWh; 1,000 are counted already, so all is in the third tier.
        Assert.Equal([0.7883m], view.Lines.Select(l => l.Line.Price));
    }

    [Theory, BothDatabases]
    public async Task Who_was_read_and_billed_in_the_month_has_the_days_since_on_the_bill_of_the_next(TestHall hall)
    {
        var account = await hall.OpenAccount();
        var route = await hall.Route("R5", await hall.Cycle("D5", day: 5));
        await hall.Put(route, null, account);
        await hall.Read(account, new(2026, 1, 5), 10);
        await hall.Bill(202601);
        await hall.Read(account, new(2026, 2, 5), 110);
        await hall.Bill(202602);
        var ended = await End(hall, account, Read(new(2026, 2, 20), 160));
        var bills = await hall.Bills();
        Assert.Equal((202603, new DateOnly(2026, 2, 6), new DateOnly(2026, 2, 20), 50_000L), (bills[^1].Period, bills[^1].FromDay, bills[^1].ToDay, bills[^1].UsageWh));
        Assert.Equal(ended.Bill, bills[^1].Number);
        Assert.Empty((await hall.As("bills.see", "customers.see").Do((RebillPreview preview) => preview.Of(bills[1].Number, false))).Preview);
        await hall.Bill(202603);
        Assert.Equal(3, (await hall.Bills()).Count);
    }

    [Theory, BothDatabases]
    public async Task The_next_customer_goes_on_from_the_same_registers_at_the_same_place_of_the_route(TestHall hall)
    {
        var account = await hall.OpenAccount(place: CustomerIntents.Place(tariff: "power.zhejiang.resident-tou", persons: 6));
        var route = await hall.Route("R1", await hall.Cycle("END"));
        await hall.Put(route, null, account);
        var reading = new FinalReading(new(2026, 1, 15), 300, null, 200, null, 100, null, null);
        var ended = await End(hall, account, reading, new(CustomerKind.Person, "李新", null, "13900139000", true));
        var sheet = await hall.SheetOf(route, 202601);
        var next = Assert.Single(sheet.Rows);
        Assert.Equal((ended.NewAccount, 1, (short)0), (next.Account.Number, next.Place, next.Point.Persons));
        await hall.Read(new OpenAccount.Opened("", next.Account.Number, next.Account.Id), new(2026, 1, 31), 360, peak: 240, valley: 120);
        await hall.Bill(202601);
        var bills = await hall.Bills();
        Assert.Equal([(300_000L, new DateOnly(2026, 1, 15)), (60_000L, new DateOnly(2026, 1, 31))], bills.Select(b => (b.UsageWh, b.ToDay)));
        Assert.Equal(new DateOnly(2026, 1, 16), bills[1].FromDay);
        // The old account takes no more readings, and the meter can't be given to a third.
        Assert.Equal("supply.ended", await Refusal(hall, account, Read(new(2026, 1, 31), 400)));
        Assert.Equal("meter.number_taken", (await Assert.ThrowsAsync<Refused>(() => hall.OpenAccount(place: CustomerIntents.Place(next.Point.MeterNumber)))).Code);
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task What_can_not_be_billed_finally_is_refused_and_says_why(TestHall hall)
    {
        var account = await hall.OpenAccount();
        Assert.Equal("final.period_unbilled", await Refusal(hall, account, Read(new(2026, 2, 20), 100)));
        await hall.Read(account, new(2026, 1, 31), 100);
        Assert.Equal("reading.older_than_last", await Refusal(hall, account, Read(new(2026, 1, 20), 90)));
        Assert.Equal("reading.backwards", await Refusal(hall, account, Read(new(2026, 2, 20), 90)));
        Assert.Equal("reading.in_future", await Refusal(hall, account, Read(new(2026, 4, 20), 190)));
        var run = await hall.StartRun(202601);
        await hall.Continue(run);
        Assert.Equal("final.bill_held", await Refusal(hall, account, Read(new(2026, 2, 20), 190)));
        await hall.As(BillRunIntents.Biller).Do((MoveBillRun move) => move.Handle(new MoveBillRun.Release(Guid.CreateVersion7(), run, null)));
        await hall.Continue(run);
        var other = await Assert.ThrowsAsync<Refused>(() => hall.As(Counter).Do((EndSupply end) => end.Handle(new(Guid.CreateVersion7(), account.AccountNumber, Read(new(2026, 2, 20), 190), 1))));
        Assert.Equal("final.other_amount", other.Code);
        // Nor is an account closed that still has a running supply.
        await hall.As("x").Do((Work work) => work.Once(new Paid(Guid.CreateVersion7()), db => db.CustomerBills.Where(b => b.Bucket >= 0).ExecuteUpdateAsync(set => set.SetProperty(b => b.State, BillState.Settled))));
        Assert.Equal("account.no_final_bill", (await Assert.ThrowsAsync<Refused>(() => hall.As(Counter).Do((CloseAccount close) => close.Handle(new(Guid.CreateVersion7(), account.AccountNumber, "搬迁"))))).Code);
    }

    [OpenToVisitors("a test")]
    private sealed record Paid(Guid RequestId) : ICommand;

    [Theory, BothDatabases]
    public async Task Sent_twice_it_ends_once(TestHall hall)
    {
        var account = await hall.OpenAccount();
        var command = new EndSupply.Command(Guid.CreateVersion7(), account.AccountNumber, Read(new(2026, 1, 10), 100), 48_83, null, new(CustomerKind.Person, "李新", null, "13900139000", true));
        var counter = hall.As(Counter);
        Assert.Equal(await counter.Do((EndSupply end) => end.Handle(command)), await counter.Do((EndSupply end) => end.Handle(command)));
        Assert.Single(await hall.Bills());
        Assert.Equal(2, await hall.Read(db => db.BillingAccounts.CountAsync()));
    }
}
