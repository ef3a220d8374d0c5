using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

public class HeldBillTests
{
    private static readonly string[] Checker = [.. BillRunIntents.Biller, "bills.check"];

    private static async Task<(OpenAccount.Opened Steady, OpenAccount.Opened Risen)> TwoMonths(TestHall hall)
    {
        var (steady, risen) = (await hall.OpenAccount(), await hall.OpenAccount());
        await hall.Read(steady, new(2026, 1, 31), 200);
        await hall.Read(risen, new(2026, 1, 31), 200);
        await hall.Bill(202601);
        await hall.Read(steady, new(2026, 2, 28), 400);
        await hall.Read(risen, new(2026, 2, 28), 2_200);
        await hall.Bill(202602);
        return (steady, risen);
    }

    private static Task<CustomerBill> February(TestHall hall, long account, short issue = 0) =>
        hall.Read(db => db.CustomerBills.SingleAsync(b => b.Bucket == BillingAccount.BucketOf(account) && b.AccountId == account && b.Period == 202602 && b.Issue == issue));

    private static Task<HeldState> Decide(TestHall hall, CustomerBill bill, HeldState state, string reason = "现场核实", Guid? id = null) =>
        hall.As(Checker).Do((DecideHeldBill decide) => decide.Handle(new(id ?? Guid.CreateVersion7(), bill.Number, state, reason)));

    private static Task<long> Receivable(TestHall hall, CustomerBill bill) =>
        hall.Read(db => db.AccountJournalLines.Where(l => l.Bucket == bill.Bucket && l.Reference == bill.Number && l.Account == "1122").SumAsync(l => l.DebitFen - l.CreditFen));

    [Theory, BothDatabases]
    public async Task A_sudden_rise_is_kept_back_when_the_rest_of_the_run_is_released(TestHall hall)
    {
        var (steady, risen) = await TwoMonths(hall);
        Assert.Equal(BillState.Issued, (await February(hall, steady.AccountId)).State);
        var bill = await February(hall, risen.AccountId);
        Assert.Equal((BillState.Held, 0L), (bill.State, await Receivable(hall, bill)));
        var held = await hall.Read(db => db.HeldBills.SingleAsync());
        // 200 kWh in the 31 days of January are 180.6 in 28.
        Assert.Equal(("rise", 180_645L, 2_000_000L), (held.Codes, held.UsualWh, held.UsageWh));
    }

    [Theory, BothDatabases]
    public async Task Released_it_is_owed_and_booked_once_and_nobody_decides_again(TestHall hall)
    {
        var bill = await February(hall, (await TwoMonths(hall)).Risen.AccountId);
        var id = Guid.CreateVersion7();
        Assert.Equal("held.note_missing", (await Assert.ThrowsAsync<Refused>(() => Decide(hall, bill, HeldState.Released, " "))).Code);
        await Decide(hall, bill, HeldState.Investigated, "已派抄表员");
        await Decide(hall, bill, HeldState.Released, id: id);
        await Decide(hall, bill, HeldState.Released, id: id);
        Assert.Equal(BillState.Issued, (await February(hall, bill.AccountId)).State);
        Assert.Equal(bill.AmountFen, await Receivable(hall, bill));
        Assert.Equal("held.decided_already", (await Assert.ThrowsAsync<Refused>(() => Decide(hall, bill, HeldState.Withdrawn))).Code);
        var hits = await hall.As(Checker).Do((HeldBillList list) => list.Hits());
        Assert.Equal(new CheckHits("rise", 1, 0), Assert.Single(hits));
    }

    [Theory, BothDatabases]
    public async Task Withdrawn_it_is_made_anew_from_the_corrected_reading(TestHall hall)
    {
        var (_, risen) = await TwoMonths(hall);
        var bill = await February(hall, risen.AccountId);
        await Decide(hall, bill, HeldState.Withdrawn, "抄错一位");
        await hall.As(Checker).Do((EnterReading enter) => enter.Handle(new(Guid.CreateVersion7(), risen.AccountNumber, new(2026, 2, 28), 420, null, null, null, null, null, ReadingKind.Cycle, "抄错一位")));
        await hall.Bill(202602);
        Assert.Equal((BillState.Cancelled, 0L), ((await February(hall, risen.AccountId)).State, await Receivable(hall, bill)));
        var anew = await February(hall, risen.AccountId, 1);
        Assert.Equal((BillState.Issued, 220_000L), (anew.State, anew.UsageWh));
        Assert.Equal(new CheckHits("rise", 1, 1), Assert.Single(await hall.As(Checker).Do((HeldBillList list) => list.Hits())));
    }

    [Theory, BothDatabases]
    public async Task A_bill_out_of_the_persons_reach_is_not_theirs_to_decide(TestHall hall)
    {
        var bill = await February(hall, (await TwoMonths(hall)).Risen.AccountId);
        var elsewhere = hall.As(Checker).Within("/elsewhere/", DataScope.OwnUnit);
        var refused = await Assert.ThrowsAsync<Refused>(() => elsewhere.Do((DecideHeldBill decide) => decide.Handle(new(Guid.CreateVersion7(), bill.Number, HeldState.Released, "x"))));
        Assert.Equal("account.out_of_reach", refused.Code);
    }

    [Fact]
    public async Task Each_check_finds_what_it_is_for_and_nothing_else()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        var checks = (BillChecks)hall.Services.GetService(typeof(BillChecks))!;
        CustomerBill Bill(long kwh, long yuan = 100) => new() { TariffCode = "t", FromDay = new(2026, 2, 1), ToDay = new(2026, 2, 28), UsageWh = kwh * 1000, AmountFen = yuan * 100 };
        UsageBefore Before(long kwh) => new(kwh * 1000, 28);
        Assert.Empty(checks.Of(Bill(400), Before(200), Before(10_000), null));
        Assert.Equal(["rise"], checks.Of(Bill(700), Before(200), null, null));
        // Three times as much, but few kWh.
        Assert.Empty(checks.Of(Bill(90), Before(20), null, null));
        Assert.Equal(["fall"], checks.Of(Bill(50), null, Before(400), null));
        Assert.Equal(["zero"], checks.Of(Bill(0), null, Before(400), null));
        Assert.Empty(checks.Of(Bill(0), null, Before(0), null));
        Assert.Equal(["first", "neighbours", "large"], checks.Of(Bill(6_000, 30_000), null, null, 5_000));
    }
}
