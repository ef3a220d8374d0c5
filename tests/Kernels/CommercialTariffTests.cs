using OpenHall.Rating;
using OpenHall.TariffFiles;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

/// <summary>Worked examples of commercial supply, the arithmetic beside each.</summary>
public class CommercialTariffTests
{
    static PowerFacts Capacity(decimal kva) => new() { Capacity = [new(new(2020, 1, 1), new(2030, 1, 1), kva)] };

    static PowerFacts Contract(decimal kw, decimal max) =>
        new() { Mode = BasicMode.ContractDemand, ContractDemand = [new(new(2020, 1, 1), new(2030, 1, 1), kw)], MaxDemandKw = max };

    [Fact]
    public void A_two_part_bill_by_capacity_with_power_factor() =>
        // base 0.70 in July: sharp ×2.25 = 1.575, peak ×1.8 = 1.26, valley ×0.4 = 0.28; 400 kVA × 25.5 = 10,200
        // cos φ = 7,500/√(7,500²+2,000²) = 0.966 → 0.97: 7 points × 0.15 = 1.05, at most 0.75 % of 5,985 + 10,200 = 121.3875
        Assert.Equal("Energy Sharp 1000×1.575=1575.00 + Energy Peak 2000×1.26=2520.00 + Energy Flat 1500×0.7=1050.00 + Energy Valley 3000×0.28=840.00"
            + " + Capacity 400×25.5=10200.00 + PowerFactor 16185×-0.0075=-121.39 = 16063.61",
            All["power.shanghai.two-part"].Rate(Month("2025-07", 0) with
            {
                ByBand = new(1000, 2000, 1500, 3000, 0),
                BasePrice = 0.70m,
                Power = Capacity(400) with { Kvarh = 2000 },
            }).Show().Replace(",", ""));

    [Fact]
    public void Each_reading_of_the_105_percent_rule_can_be_set()
    {
        // contract 1,000 kW, read 1,100 kW, limit 1,050, price 40.8 and 81.6 beyond
        // 1,000×40.8 + 50×81.6 = 40,800 + 4,080
        Assert.Equal(44_880_00, Demand("", 1100));
        // 1,000×40.8 + 100×81.6 = 40,800 + 8,160
        Assert.Equal(48_960_00, Demand(", overFrom: contract", 1100));
        // 1,050×40.8 + 50×81.6 = 42,840 + 4,080
        Assert.Equal(46_920_00, Demand(", overBase: limit", 1100));
        // within 105 %, and far below: the contract
        Assert.Equal(40_800_00, Demand("", 1050));
        Assert.Equal(40_800_00, Demand("", 300));

        static long Demand(string setting, decimal max)
        {
            var tariffs = TariffFile.Parse("t", $$"""
                tariffs:
                  - code: t
                    name: { zh: 甲, en: A }
                    versions:
                      - { from: 2025-01-01, notice: n, source: s, basic: { yuanPerKwMonth: 40.8{{setting}} } }
                """, out var findings);
            Assert.Empty(findings);
            return tariffs["t"].Rate(Month("2025-07", 0) with { Power = Contract(1000, max) }).Total.Fen;
        }
    }

    [Fact]
    public void Capacity_changed_inside_the_month_counts_days()
    {
        // 1–10 July 400 kVA, 11–31 July 250 kVA at 25.5: 400×25.5×10/30 = 3,400; 250×25.5×21/30 = 4,462.50
        var power = new PowerFacts { Capacity = [new(new(2025, 1, 1), new(2025, 7, 10), 400), new(new(2025, 7, 11), new(2026, 1, 1), 250)] };
        Assert.Equal("Capacity 400×25.5=3,400.00 + Capacity 250×25.5=4,462.50 = 7,862.50",
            All["power.shanghai.two-part"].Rate(Month("2025-07", 0) with { BasePrice = 1, Power = power }).Show());
    }

    [Fact]
    public void High_load_lowers_the_demand_charge()
    {
        // 104,000 kWh ≥ 260 × 400 kVA: 10 % of 300×40.8 = 12,240
        var power = Capacity(400) with { Mode = BasicMode.ActualDemand, MaxDemandKw = 300 };
        var usage = Month("2025-07", 0) with { ByBand = new(0, 0, 104_000, 0, 0), BasePrice = 0, Power = power };
        Assert.Contains("Demand 300×40.8=12,240.00 + Discount 12240×-0.1=-1,224.00", All["power.shanghai.two-part"].Rate(usage).Show());
        Assert.DoesNotContain("Discount", All["power.shanghai.two-part"].Rate(usage with { ByBand = new(0, 0, 103_999, 0, 0) }).Show());
    }

    [Fact]
    public void Every_component_has_its_own_line()
    {
        // 100,000 kWh in August 2025: 0.40 market price, 0.02 line loss, 0.0908543, 0.0408, 0.0452; demand 500 kW × 39 = 19,500
        // cos φ = 1 → −0.75 % of 40,000 + 2,000 + 9,085.43 + 4,080 + 19,500 = 74,665.43: −559.990725
        var usage = Month("2025-08", 100_000) with
        {
            Prices = new Dictionary<string, BandPrices> { ["energy"] = new(0.40m), ["line-loss"] = new(0.02m) },
            Power = new() { Mode = BasicMode.ActualDemand, MaxDemandKw = 500, Kvarh = 0 },
        };
        Assert.Equal("Energy 100000×0.4=40,000.00 + Component 100000×0.02=2,000.00 + Component 100000×0.0908543=9,085.43 + Component 100000×0.0408=4,080.00"
            + " + Component 100000×0.0452=4,520.00 + Demand 500×39=19,500.00 + PowerFactor 74665.43×-0.0075=-559.99 = 78,625.44",
            All["power.hubei.two-part-110kv"].Rate(usage).Show());
        Assert.Equal("tariff.no_price_for_month", All["power.hubei.two-part-110kv"].Rate(usage with { From = new(2026, 1, 1), To = new(2026, 1, 31) }).Show());
    }

    [Fact]
    public void An_agency_price_is_that_of_the_month() =>
        // 10×0.883289 + 20×0.801031 + 30×0.584169 + 40×0.348612
        Assert.Equal("Energy Sharp 10×0.883289=8.83 + Energy Peak 20×0.801031=16.02 + Energy Flat 30×0.584169=17.53 + Energy Valley 40×0.348612=13.94 = 56.32",
            All["power.fujian.agency-10kv"].Rate(Month("2025-08", 0) with { ByBand = new(10, 20, 30, 40, 0) }).Show());

    [Fact]
    public void A_load_curve_falls_into_the_bands_of_the_day()
    {
        // Beijing in July, 1 kWh an hour: sharp 11–13 and 16–17, peak 10–11 and 17–22, valley 23–7, flat the rest: 3, 6, 7, 8 hours a day; 31 days
        var curve = new IntervalSeries(new(2025, 7, 1), 60, Enumerable.Repeat(1000L, 31 * 24).ToArray(), 0.001m);
        var usage = Month("2025-07", 0) with { Intervals = curve, BasePrice = 1 };
        const string Expected = "Energy Sharp 93×2.16=200.88 + Energy Peak 186×1.8=334.80 + Energy Flat 217×1=217.00 + Energy Valley 248×0.3=74.40 = 827.08";
        Assert.Equal(Expected, All["power.beijing.commercial-1kv"].Rate(usage).Show());
        var quarters = curve with { Minutes = 15, Counts = Enumerable.Repeat(250L, 31 * 96).ToArray() };
        Assert.Equal(Expected, All["power.beijing.commercial-1kv"].Rate(usage with { Intervals = quarters }).Show());
        var gap = curve with { Counts = curve.Counts.ToArray().Select((v, i) => i == 5 ? IntervalSeries.Missing : v).ToArray() };
        Assert.Equal("usage.intervals_missing", All["power.beijing.commercial-1kv"].Rate(usage with { Intervals = gap }).Show());
    }

    [Fact]
    public void The_greatest_interval_is_the_demand()
    {
        var counts = new long[31 * 96];
        counts[1000] = 75_000; // 75 kWh in a quarter of an hour = 300 kW
        counts[1001] = 74_000;
        var usage = Month("2025-07", 0) with
        {
            Intervals = new(new(2025, 7, 1), 15, counts, 0.001m),
            BasePrice = 0,
            Power = new() { Mode = BasicMode.ActualDemand },
        };
        Assert.Contains("Demand 300×40.8=12,240.00", All["power.shanghai.two-part"].Rate(usage).Show());
    }

    [Theory]
    [InlineData(0.90, 0.95, -0.75)]
    [InlineData(0.90, 1.00, -0.75)]
    [InlineData(0.90, 0.91, -0.15)]
    [InlineData(0.90, 0.90, 0)]
    [InlineData(0.90, 0.89, 0.5)]
    [InlineData(0.90, 0.70, 10)]
    [InlineData(0.90, 0.69, 11)]
    [InlineData(0.90, 0.65, 15)]
    [InlineData(0.90, 0.64, 17)]
    [InlineData(0.85, 0.90, -0.5)]
    [InlineData(0.85, 0.91, -0.65)]
    [InlineData(0.85, 0.94, -1.10)]
    [InlineData(0.85, 1.00, -1.10)]
    [InlineData(0.85, 0.60, 15)]
    [InlineData(0.85, 0.59, 17)]
    [InlineData(0.80, 0.90, -1.0)]
    [InlineData(0.80, 0.92, -1.3)]
    [InlineData(0.80, 0.55, 15)]
    public void The_power_factor_table_is_that_of_the_rule(double standard, double cos, double percent)
    {
        var charge = All["power.shanghai.two-part"].Tariff.Versions[0].Charges.OfType<PowerFactorCharge>().Single();
        Assert.Equal((decimal)percent, PowerFactor.Percent((decimal)cos, charge.Tables.Single(t => t.Standard == (decimal)standard)));
    }

    [Fact]
    public void The_power_factor_is_rounded_half_up()
    {
        Assert.Equal(0.80m, PowerFactor.Of(4, 3));
        Assert.Equal(1m, PowerFactor.Of(100, 0));
        Assert.Equal(0m, PowerFactor.Of(0, 5));
        Assert.Equal(0.71m, PowerFactor.Of(1, 1)); // 0.7071
        Assert.Equal(0.89m, PowerFactor.Of(885_000, 465_000)); // 0.88523
    }

    [Fact]
    public void Readings_become_energy()
    {
        Assert.Equal(4000m, Metering.Energy(new RegisterSpan(100, 150, Multiplier: 80)));
        Assert.Equal(15m, Metering.Energy(new RegisterSpan(99_990, 5, Digits: 5))); // 翻转
        Assert.Equal(-5m, Metering.Energy(new RegisterSpan(10, 5)));
        Assert.Equal(5m, Metering.Energy(new RegisterSpan(10, 5) { IsReversed = true }));
        Assert.Equal(70m, Metering.Energy([new(1000, 1050), new(0, 20)])); // replaced in between
        Assert.Equal(30m, Metering.Less(100, [40, 30]));
        Assert.Equal(0m, Metering.Less(50, [40, 30]));
        Assert.Equal(1000m, Metering.Corrected(1020, 2)); // 2 % fast
    }

    [Fact]
    public void One_meter_is_split_by_quantity_and_share()
    {
        Assert.Equal([200m, 800m], Metering.Split(1000, [new(null, 0.2m), default])); // 20 % commercial, the rest resident
        Assert.Equal([100m, 180m, 720m], Metering.Split(1000, [new(100, null), new(null, 0.2m), default])); // 20 % of 900
        Assert.Equal([60m, 0m], Metering.Split(60, [new(100, null), default])); // less than the fixed quantity
        // 200×0.7370 + 800×0.4983 = 147.40 + 398.64
        Assert.Equal(546_04, (All["power.shaanxi.commercial"].Rate(Month("2025-01", 200)).Total + All["power.shaanxi.resident-share"].Rate(Month("2025-01", 800)).Total).Fen);
    }

    [Fact]
    public void Transformer_loss_is_added()
    {
        // iron 0.9 kW × 720 h = 648; copper 1.5 % of 20,000 = 300. Reactive: 5 × 720 = 3,600; 3 × 300 = 900
        Assert.Equal((948m, 4500m), new TransformerLoss(0.9m, 5, new CopperByShare(0.015m, 3)).Of(20_000, 0, 720));
        // formula: 1 × (20,000² + 0) / (315² × 720) × 3.65 = 20.44
        Assert.Equal(668m, new TransformerLoss(0.9m, 5, new CopperByFormula(315, 3.65m, 12, 1)).Of(20_000, 0, 720).Kwh);
    }
}
