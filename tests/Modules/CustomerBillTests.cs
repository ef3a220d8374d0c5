using Microsoft.Extensions.DependencyInjection;
using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

public class CustomerBillTests
{
    private static readonly DateOnly Due = new(2026, 3, 20);

    private static CustomerBill Bill(long fen)
    {
        var bill = new CustomerBill { AccountId = 100_000_001, Bucket = 257, Period = 202602, TariffCode = "power.beijing.resident", AmountFen = fen, FromDay = new(2026, 2, 1), ToDay = new(2026, 2, 28) };
        bill.Release(Due, new DateTime(2026, 3, 5, 0, 0, 0, DateTimeKind.Utc));
        return bill;
    }

    [Theory, BothDatabases]
    public void A_bill_is_never_overpaid(TestHall hall)
    {
        var rules = hall.Services.GetRequiredService<LateFeeRules>();
        var bill = Bill(100_00);
        bill.Settle(new(60_00), Money.Zero, Due, rules);
        Assert.Equal(new Money(40_00), bill.Owing);
        Assert.Equal("bill.overpaid", Assert.Throws<Refused>(() => bill.Settle(new(40_01), Money.Zero, Due, rules)).Code);
        Assert.Equal("bill.overpaid", Assert.Throws<Refused>(() => bill.Settle(new(40_00), new(1), Due, rules)).Code);
        bill.Settle(new(40_00), Money.Zero, Due, rules);
        Assert.Equal(BillState.Settled, bill.State);
        Assert.Equal("bill.not_payable", Assert.Throws<Refused>(() => bill.Settle(new(1), Money.Zero, Due, rules)).Code);
    }

    [Theory, BothDatabases]
    public void Late_fees_count_on_what_was_unpaid_each_day(TestHall hall)
    {
        var rules = hall.Services.GetRequiredService<LateFeeRules>();
        var bill = Bill(10_000_00);
        Assert.Equal(Money.Zero, bill.LateFeeOn(Due, rules));
        // 1 ‰ a day on 10,000 for 5 days, the day of payment counted; then on 4,000.
        Assert.Equal(new Money(50_00), bill.LateFeeOn(Due.AddDays(5), rules));
        bill.Settle(new(6_000_00), Money.Zero, Due.AddDays(5), rules);
        Assert.Equal(new Money(70_00), bill.LateFeeOn(Due.AddDays(10), rules));
        bill.Settle(new(4_000_00), new(20_00), Due.AddDays(10), rules);
        Assert.Equal(BillState.Issued, bill.State);
        Assert.Equal(new Money(50_00), bill.LateFeeOn(Due.AddDays(90), rules));
        bill.Settle(Money.Zero, new(50_00), Due.AddDays(90), rules);
        Assert.Equal(BillState.Settled, bill.State);
        bill.Unsettle(new(4_000_00), new(20_00), Due.AddDays(10));
        Assert.Equal(new Money(4_000_00), bill.Owing);
    }

    [Fact]
    public void A_bill_number_names_account_period_and_issue()
    {
        var key = new BillKey(100_000_001, 202602, 0);
        Assert.True(BillKey.TryParse(key.Number, out var parsed));
        Assert.Equal(key, parsed);
        Assert.False(BillKey.TryParse("202602010000000019", out _));
    }
}
