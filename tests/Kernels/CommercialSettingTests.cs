using OpenHall.Rating;
using static OpenHall.Tests.Kernels.OwnTariff;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

/// <summary>Settings of commercial and industrial supply, each with its arithmetic.</summary>
public class CommercialSettingTests
{
    static PowerFacts Spans(params (string From, string To, decimal Kva)[] spans) =>
        new() { Capacity = [.. spans.Select(s => new PowerSpan(DateOnly.Parse(s.From, System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(s.To, System.Globalization.CultureInfo.InvariantCulture), s.Kva))] };

    [Theory]
    // April, 30 days, 25 yuan/kVA: 400 kVA, 250 kVA from 11 April on: 400×25×10/30 + 250×25×20/30 (thirty is the month here)
    [InlineData("thirty", "Capacity 400×25=3,333.33 + Capacity 250×25=4,166.67 = 7,500.00", 4)]
    [InlineData("days-of-period", "Capacity 400×25=3,333.33 + Capacity 250×25=4,166.67 = 7,500.00", 4)]
    // May, 31 days: 10/30 and 21/30, or 10/31 and 21/31
    [InlineData("thirty", "Capacity 400×25=3,333.33 + Capacity 250×25=4,375.00 = 7,708.33", 5)]
    [InlineData("days-of-period", "Capacity 400×25=3,225.81 + Capacity 250×25=4,233.87 = 7,459.68", 5)]
    public void A_capacity_that_changes_counts_days_by_the_divisor(string divisor, string lines, int month) =>
        Assert.Equal(lines, Rate($"basic: {{ yuanPerKvaMonth: 25, divisor: {divisor} }}", Month($"2025-{month:00}", 0) with { Power = Spans(("2025-01-01", $"2025-{month:00}-10", 400), ($"2025-{month:00}-11", "2025-12-31", 250)) }));

    [Theory]
    // connected on 11 July: 21 days of a thirtieth, or of 31; the whole of a month is one month
    [InlineData("thirty", 11, "1,785.00")]
    [InlineData("days-of-period", 11, "1,727.42")]
    [InlineData("thirty", 1, "2,550.00")]
    [InlineData("thirty", 2, "2,550.00")]
    public void Who_is_connected_inside_a_month_owes_its_days(string divisor, int day, string yuan) =>
        Assert.EndsWith($"= {yuan}", Rate($"basic: {{ yuanPerKvaMonth: 25.5, divisor: {divisor} }}", new() { From = new(2025, 7, day), To = new(2025, 7, 31), Power = Spans(("2025-01-01", "2025-12-31", 100)) }));

    [Fact]
    public void A_suspension_costs_nothing_while_it_lasts() =>
        // 暂停 11–20 April: 20 of 30 days
        Assert.Equal("Capacity 400×25=3,333.33 + Capacity 400×25=3,333.33 = 6,666.66",
            Rate("basic: { yuanPerKvaMonth: 25 }", Month("2025-04", 0) with { Power = Spans(("2025-01-01", "2025-04-10", 400), ("2025-04-21", "2025-12-31", 400)) }));

    [Fact]
    public void A_suspension_or_reduction_that_is_too_short_is_not_taken_off()
    {
        // 供电营业规则: under 15 days nothing is deducted. 11–20 April is ten days
        const string Version = "basic: { yuanPerKvaMonth: 25, leastDaysOfReduction: 15 }";
        Assert.Equal(10_000_00, Of(Version).Rate(Month("2025-04", 0) with { Power = Spans(("2025-01-01", "2025-04-10", 400), ("2025-04-21", "2025-12-31", 400)) }).Total.Fen, 1.0);
        Assert.Equal(10_000_00, Of(Version).Rate(Month("2025-04", 0) with { Power = Spans(("2025-01-01", "2025-04-10", 400), ("2025-04-11", "2025-04-20", 200), ("2025-04-21", "2025-12-31", 400)) }).Total.Fen, 1.0);
        // 6–20 April is fifteen days: 15/30 off
        Assert.Equal(5_000_00, Of(Version).Rate(Month("2025-04", 0) with { Power = Spans(("2025-01-01", "2025-04-05", 400), ("2025-04-21", "2025-12-31", 400)) }).Total.Fen, 1.0);
    }

    [Fact]
    public void Demand_is_at_least_a_share_of_the_capacity() =>
        // 40 % of 1,000 kVA = 400 kW, though only 250 were read
        Assert.Equal("Demand 400×40=16,000.00 = 16,000.00",
            Rate("basic: { yuanPerKwMonth: 40, floorShareOfCapacity: 0.4 }", Month("2025-04", 0) with { Power = Spans(("2025-01-01", "2025-12-31", 1000)) with { Mode = BasicMode.ActualDemand, MaxDemandKw = 250 } }));

    [Fact]
    public void A_contract_that_changes_counts_days() =>
        // 500 kW for 10 days, 800 for 20: 500×39×10/30 + 800×39×20/30
        Assert.Equal("Demand 500×39=6,500.00 + Demand 800×39=20,800.00 = 27,300.00", Rate("basic: { yuanPerKwMonth: 39 }", Month("2025-04", 0) with
        {
            Power = new() { Mode = BasicMode.ContractDemand, MaxDemandKw = 480, ContractDemand = [new(new(2025, 1, 1), new(2025, 4, 10), 500), new(new(2025, 4, 11), new(2025, 12, 31), 800)] },
        }));

    [Theory]
    // 10,000 kWh, demand 25 kW in a month of 30 days: 10,000 / (25 × 720) = 0.5556; 400 h of use
    [InlineData("load-rate", "0.5", "0.6", "Discount 5000×-0.05=-250.00")]
    [InlineData("kwh-per-kw", "300", "500", "Discount 5000×-0.05=-250.00")]
    [InlineData("load-rate", "0.4", "0.55", "Discount 5000×-0.1=-500.00")]
    public void A_better_load_lowers_the_charge(string by, string first, string second, string line) =>
        Assert.Contains(line, Rate($"energy: {{ price: 0.5 }}\nloadRates: [{{ code: load, name: {{ zh: 负荷率优惠, en: Load }}, by: {by}, covers: [energy], steps: [{{ from: {first}, percent: -5 }}, {{ from: {second}, percent: -10 }}] }}]",
            Month("2025-06", 10_000) with { Power = new() { MaxDemandKw = 25 } }));

    [Fact]
    public void The_power_factor_may_rest_on_rounded_lines()
    {
        // 33 × 0.555 = 18.315 → 18.32; 0.85 standard, cos φ 0.60: 25 points = 10 + 5 = 15 %: exact 2.74725, of rounded lines 2.748
        const string Version = "energy: { price: 0.555 }\npowerFactor: { standard: 0.85, coveredBy: exact, covers: [energy], tables: [{ standard: 0.85, bonus: [{ perPoint: 0.1 }], bonusMax: 1.1, penalty: [{ points: 20, perPoint: 0.5 }, { points: 5, perPoint: 1 }, { perPoint: 2 }] }] }";
        var usage = Month("2025-06", 33) with { Power = new() { Kvarh = 44 } };
        Assert.Equal("Energy 33×0.555=18.32 + PowerFactor 18.315×0.15=2.75 = 21.07", Rate(Version, usage));
        Assert.Equal("Energy 33×0.555=18.32 + PowerFactor 18.32×0.15=2.75 = 21.07", Rate(Version.Replace("exact", "rounded"), usage));
        // 0.8955 is 0.90 rounded, 0.89 cut
        Assert.Equal((0.90m, 0.89m), (PowerFactor.Of(1000, 497), PowerFactor.Of(1000, 497, PowerFactorRounding.Down)));
    }

    [Fact]
    public void A_price_that_changes_inside_the_month_leaves_the_power_factor_as_it_is()
    {
        const string Charges = "energy: { price: 1 }, powerFactor: { standard: 0.90, covers: [energy], tables: [{ standard: 0.90, bonus: [{ perPoint: 0.15 }], bonusMax: 0.75, penalty: [{ perPoint: 0.5 }] }] }";
        var tariffs = OpenHall.TariffFiles.TariffFile.Parse("t", $$"""
            tariffs:
              - code: t
                name: { zh: 甲, en: A }
                versions:
                  - { from: 2025-01-01, notice: n, source: s, {{Charges}} }
                  - { from: 2025-06-16, notice: n, source: s, {{Charges.Replace("price: 1", "price: 2")}} }
            """, out var findings);
        Assert.Empty(findings);
        // cos φ = 0.80 (3:4:5): ten points × 0.5 = 5 %, of 150 and of 300
        Assert.Equal("Energy 150×1=150.00 + PowerFactor 150×0.05=7.50 + Energy 150×2=300.00 + PowerFactor 300×0.05=15.00 = 472.50",
            tariffs["t"].Rate(Month("2025-06", 300) with { Power = new() { Kvarh = 225 } }).Show());
    }

    [Fact]
    public void A_minimum_may_go_by_capacity_and_by_some_charges() =>
        // 2 yuan × 100 kVA = 200 against 50 of energy; the fixed 30 does not count
        Assert.Equal("Energy 100×0.5=50.00 + Fixed 1×30=30.00 + Minimum 1×200=150.00 = 230.00",
            Rate("energy: { price: 0.5 }\nfixed: [{ code: fee, name: { zh: 费, en: Fee }, yuanPerMonth: 30 }]\nminimum: { yuanPerKvaMonth: 2, covers: [energy] }",
                Month("2025-06", 100) with { Power = Spans(("2025-01-01", "2025-12-31", 100)) }));

    [Fact]
    public void A_part_of_a_month_may_owe_the_whole_fixed_amount()
    {
        var days = new Usage { From = new(2025, 6, 21), To = new(2025, 6, 30), Kwh = 0 };
        const string Version = "energy: { price: 1 }\nfixed: [{ code: fee, name: { zh: 费, en: Fee }, yuanPerMonth: 30, partMonth: days }]";
        Assert.Equal((10_00, 30_00), (Of(Version).Rate(days).Total.Fen, Of(Version.Replace("days", "full")).Rate(days).Total.Fen));
    }

    [Fact]
    public void Energy_fed_in_may_have_bands_and_generation_a_subsidy() =>
        // 10 peak × 0.6 and 30 valley × 0.2 are paid, and 0.42 for each kWh made
        Assert.Equal("Energy 100×0.5=50.00 + FeedIn Peak -10×0.6=-6.00 + FeedIn Valley -30×0.2=-6.00 + FeedIn -90×0.42=-37.80 = 0.20", Rate("""
            energy: { price: 0.5 }
            components:
              - { code: feed-in, name: { zh: 上网, en: Feed-in }, prices: { peak: 0.6, valley: 0.2 }, per: feed-in }
              - { code: subsidy, name: { zh: 发电补贴, en: Subsidy }, price: 0.42, per: generation }
            """, Month("2025-06", 100) with { Power = new() { FeedInByBand = new(0, 10, 0, 30, 0), GenerationKwh = 90 } }));

    [Fact]
    public void A_curve_of_energy_fed_in_falls_into_the_bands_too()
    {
        var used = new IntervalSeries(new(2025, 6, 1), 60, Enumerable.Repeat(1L, 720).ToArray(), 1);
        var fed = used with { Counts = Enumerable.Range(0, 720).Select(h => h % 24 is 12 ? 2L : 0).ToArray() };
        // noon is peak: 30 × 2 = 60
        Assert.Equal("Energy Peak 180×1=180.00 + Energy Flat 540×0.5=270.00 + FeedIn Peak -60×0.3=-18.00 = 432.00",
            Rate("timeOfUse: [{ peak: [\"10:00-16:00\"], rest: flat }]\nenergy: { prices: { peak: 1, flat: 0.5 } }\ncomponents: [{ code: feed-in, name: { zh: 上网, en: Feed-in }, prices: { peak: 0.3, flat: 0.1 }, per: feed-in }]",
                Month("2025-06", 0) with { Intervals = used, Power = new() { FeedInIntervals = fed } }));
    }

    [Fact]
    public void Demand_may_be_taken_over_a_longer_stretch_than_the_interval()
    {
        // quarters of 10, 30, 0 and 0 kWh: 120 kW in a quarter, 80 kW in a half hour, 40 kW in the hour
        var counts = new long[30 * 96];
        (counts[40], counts[41]) = (10, 30);
        var usage = Month("2025-06", 0) with { Intervals = new(new(2025, 6, 1), 15, counts, 1) };
        string Demand(int minutes) => Rate($"demandMinutes: {minutes}\nenergy: {{ price: 0 }}\ndemand: [{{ code: d, price: 1 }}]", usage);
        Assert.Equal(["Energy 40×0=0.00 + Demand 120×1=120.00 = 120.00", "Energy 40×0=0.00 + Demand 80×1=80.00 = 80.00", "Energy 40×0=0.00 + Demand 40×1=40.00 = 40.00"], [Demand(15), Demand(30), Demand(60)]);
    }

    [Fact]
    public void Two_part_bands_and_tiers_of_any_length_of_interval_agree()
    {
        var hour = new IntervalSeries(new(2025, 7, 1), 60, Enumerable.Range(0, 744).Select(i => (long)(i * 7919 % 5000) * 4).ToArray(), 0.001m);
        var half = hour with { Minutes = 30, Counts = hour.Counts.ToArray().SelectMany(v => new[] { v / 2, v / 2 }).ToArray() };
        var quarter = hour with { Minutes = 15, Counts = hour.Counts.ToArray().SelectMany(v => new[] { v / 4, v / 4, v / 4, v / 4 }).ToArray() };
        string Bill(IntervalSeries curve) => All["power.shanghai.two-part"].Rate(Month("2025-07", 0) with { Intervals = curve, BasePrice = 0.7m, Power = new() { Mode = BasicMode.ActualDemand, Kvarh = 100 } }).Show();
        Assert.Equal(Bill(hour), Bill(half));
        Assert.Equal(Bill(hour), Bill(quarter));
    }
}
