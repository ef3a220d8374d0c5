using OpenHall.Kernel;
using OpenHall.Rating;
using static OpenHall.Tests.Kernels.OwnTariff;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

/// <summary>Households, free energy, rounding and late fees: settings with their arithmetic.</summary>
public class HouseholdAndRoundingTests
{
    [Fact]
    public void A_household_that_grew_in_the_year_has_its_months_of_the_larger_limits() =>
        // six of twelve months: 2,880 + (4,080 − 2,880) / 2 = 3,480; 4,800 + (6,000 − 4,800) / 2 = 5,400
        Assert.Equal([3480m, 5400m, null], All["power.beijing.resident"].TiersFor(Month("2025-12", 0) with { Household = new(6, LargerMonths: 6) }).Select(t => t.UpTo));

    [Fact]
    public void A_larger_household_may_always_have_one_price() =>
        Assert.Equal("CombinedEnergy 300×1.1=330.00 = 330.00",
            Rate("energy: { tiers: [{ upTo: 100, price: 1 }, { price: 2 }], combined: { price: 1.1 }, households: [{ minPersons: 5, combined: always }] }", Month("2025-06", 300) with { Household = new(5) }));

    [Theory]
    // 15 kWh at the first tier's price, at a price of its own, or although only 9 were used
    [InlineData("", 100, "PayBack -15×0.5=-7.50 = 42.50")]
    [InlineData(", payBackPrice: 0.6", 100, "PayBack -15×0.6=-9.00 = 41.00")]
    [InlineData("", 9, "PayBack -9×0.5=-4.50 = 0.00")]
    [InlineData(", cappedByUsage: false", 9, "PayBack -15×0.5=-7.50 = -3.00")]
    public void Free_energy_is_paid_back_as_the_tariff_says(string setting, int kwh, string ending) =>
        Assert.EndsWith(ending, Rate($"energy: {{ price: 0.5, freeQuota: [{{ kind: low-income, name: {{ zh: 低保, en: L }}, kwhPerMonth: 15, mode: pay-back{setting} }}] }}", Month("2025-06", kwh) with { Household = new(FreeQuota: "low-income") }));

    [Theory]
    // 10 × 0.0333 = 0.333 and 10 × 0.0333 = 0.333 in one charge, 0.333 in another
    [InlineData("line", "0.33+0.33+0.33=0.99")]
    [InlineData("charge", "0.33+0.34+0.33=1.00")]
    [InlineData("bill", "0.33+0.34+0.33=1.00")]
    public void Amounts_are_rounded_where_the_tariff_says(string rounding, string amounts)
    {
        var bill = Of($"rounding: {rounding}\nenergy: {{ tiers: [{{ upTo: 10, price: 0.0333 }}, {{ price: 0.0333 }}] }}\ncomponents: [{{ code: c, name: {{ zh: 附加, en: C }}, price: 0.01665 }}]").Rate(Month("2025-06", 20));
        Assert.Equal(amounts, $"{string.Join('+', bill.Lines.Select(l => l.Amount))}={bill.Total}");
    }

    [Fact]
    public void Half_a_fen_is_rounded_up_and_away_from_zero()
    {
        Assert.Equal((1, 2, -1, -2), (Money.OfYuan(0.005m).Fen, Money.OfYuan(0.015m).Fen, Money.OfYuan(-0.005m).Fen, Money.OfYuan(-0.0150m).Fen));
        // a third of a month: 1.515 / 3 = 0.505 exactly, although a third has no end
        Assert.Equal(51, Of("energy: { price: 0 }\nfixed: [{ code: f, name: { zh: 费, en: F }, yuanPerMonth: 1.515 }]").Rate(new() { From = new(2025, 6, 1), To = new(2025, 6, 10) }).Total.Fen);
    }

    static readonly LateFeeRule Rule = new("r", new("费", "Fee"), new(2020, 1, 1), "n", "s", 0.001m);

    static long Fee(LateFeeRule rule, DateOnly asOf, params (DateOnly, Money)[] paid) => LateFee.Of(rule, new(1000_00), new(2025, 11, 20), paid, asOf).Total.Fen;

    [Fact]
    public void Days_of_grace_cost_nothing_when_paid_within_them()
    {
        // to 23 November free; on 24 November four days count
        Assert.Equal((0, 4_00), (Fee(Rule with { GraceDays = 3 }, new(2025, 11, 23)), Fee(Rule with { GraceDays = 3 }, new(2025, 11, 24))));
        Assert.Equal(0, Fee(Rule with { GraceDays = 3 }, new(2025, 12, 31), (new(2025, 11, 23), new(1000_00))));
    }

    [Fact]
    public void The_day_of_payment_counts_or_not()
    {
        // paid on 25 November: 21–25 is five days, or four
        Assert.Equal((5_00, 4_00), (Fee(Rule, new(2025, 12, 31), (new(2025, 11, 25), new(1000_00))), Fee(Rule with { PaymentDayCounts = false }, new(2025, 12, 31), (new(2025, 11, 25), new(1000_00)))));
    }

    [Fact]
    public void Telecom_debts_cost_three_per_mille_a_day() =>
        // 电信条例 art. 34: 100.00 × 3 ‰ × 10 days
        Assert.Equal(new Money(3_00), LateFee.Of(All.LateFeeOn("telecom.late-fee", new(2025, 11, 20))!, new(100_00), new(2025, 11, 20), [], new(2025, 11, 30)).Total);

    [Fact]
    public void Instalments_over_new_year_count_each_part_at_its_rate()
    {
        // 1,000: 21 Nov–10 Dec (20 days) × 2 ‰ = 40.00; 600 from 11 Dec: 21 days × 2 ‰ = 25.20, 1–10 January: 10 days × 3 ‰ = 18.00
        var other = All.LateFeeOn("power.late-fee.other", new(2025, 11, 20))!;
        var fee = LateFee.Of(other, new(1000_00), new(2025, 11, 20), [(new(2025, 12, 10), new(400_00))], new(2026, 1, 10));
        Assert.Equal(83_20, fee.Total.Fen);
        Assert.Equal(fee.Total.Fen, fee.ToBill(other).Lines.Sum(l => l.Amount.Fen));
    }

    [Fact]
    public void A_fee_as_a_bill_shows_what_the_minimum_adds_and_the_cap_takes_off()
    {
        var least = LateFee.Of(Rule with { MinimumYuan = 1 }, new(50_00), new(2025, 11, 20), [], new(2025, 11, 21));
        Assert.Equal("LateFee 1×0.001=0.05 + Minimum 1×0.95=0.95 = 1.00", least.ToBill(Rule).Show());
        var most = LateFee.Of(Rule with { CapShare = 0.01m }, new(1000_00), new(2025, 11, 20), [], new(2025, 12, 20));
        Assert.Equal("LateFee 30×0.001=30.00 + Discount 1×-20=-20.00 = 10.00", most.ToBill(Rule).Show());
    }

    [Fact]
    public void Several_bills_may_be_replaced_by_one()
    {
        // January and February estimated at 250 each (1,000 counted before), really 320 together
        var tariff = Of("energy: { cycle: year, tiers: [{ upTo: 1300, price: 0.5 }, { price: 0.6 }] }");
        var january = tariff.Rate(Month("2025-01", 250, 1000));
        var february = tariff.Rate(Month("2025-02", 250, 1250));
        var right = tariff.Rate(new() { From = new(2025, 1, 1), To = new(2025, 2, 28), Kwh = 320, YearToDateKwh = 1000 });
        var rebill = Rebill.Of([january, february], right);
        // billed 125 + 25 + 120 = 270; right 150 + 12 = 162
        Assert.Equal((new Money(270_00), new Money(-108_00), right.Total - january.Total - february.Total), (rebill.Billed, rebill.Amount, rebill.Amount));
        Assert.Equal([(2, -180m, new Money(-108_00))], rebill.Lines.Select(l => (l.Source.Tier, l.Quantity, l.Amount)));
    }

    [Fact]
    public void A_bill_allocates_nothing_but_its_result()
    {
        var tariff = All["power.beijing.resident"];
        var usage = Month("2025-06", 100, 1000);
        for (var i = 0; i < 1000; i++) tariff.Rate(usage);
        // the least garbage a bill can be: its lines and itself
        var before = GC.GetAllocatedBytesForCurrentThread();
        var kept = new RatedBill("t", Money.Zero, 0, new RatedLine[1], []);
        var least = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) kept = tariff.Rate(usage);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1000, 1, least);
        Assert.Single(kept.Lines);
    }
}
