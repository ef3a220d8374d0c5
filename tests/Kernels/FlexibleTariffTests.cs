using OpenHall.Rating;
using OpenHall.TariffFiles;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

/// <summary>Settings that no tariff of the packs uses yet, each with its arithmetic.</summary>
public class FlexibleTariffTests
{
    static CompiledTariff Tariff(string version)
    {
        var tariffs = TariffFile.Parse("t", $"tariffs:\n  - code: t\n    name: {{ zh: 甲, en: A }}\n    versions:\n      - from: 2020-01-01\n        notice: n\n        source: s\n"
            + string.Join('\n', version.Split('\n').Select(l => "        " + l)), out var findings);
        Assert.Empty(findings);
        return tariffs["t"];
    }

    static string Rate(string version, Usage usage) => Tariff(version).Rate(usage).Show();

    const string TwoSeasons = """
        energy:
          seasonBy: days
          seasons:
            - { months: [5, 6, 7, 8, 9, 10], tiers: [{ upTo: 310, price: 1 }, { price: 2 }] }
            - { months: [11, 12, 1, 2, 3, 4], tiers: [{ upTo: 150, price: 3 }, { price: 4 }] }
        """;

    [Fact]
    public void A_season_that_changes_inside_the_period_divides_it() =>
        // 16 April – 15 May is one month of 30 days: 15 days each. 200 kWh → 100 and 100; limits 150/2 = 75 and 310/2 = 155
        Assert.Equal("Energy1 75×3=225.00 + Energy2 25×4=100.00 + Energy1 100×1=100.00 = 425.00", Rate(TwoSeasons, new() { From = new(2025, 4, 16), To = new(2025, 5, 15), Kwh = 200 }));

    [Fact]
    public void Without_that_setting_the_last_day_decides() =>
        Assert.Equal("Energy1 200×1=200.00 = 200.00", Rate(TwoSeasons.Replace("seasonBy: days", "seasonBy: last-day"), new() { From = new(2025, 4, 16), To = new(2025, 5, 15), Kwh = 200 }));

    [Fact]
    public void A_tier_year_may_begin_inside_the_period()
    {
        const string Year = "energy: { cycle: year, yearBreak: days, tiers: [{ upTo: 1000, price: 1 }, { price: 2 }] }";
        // 17 December – 15 January, 30 days, 15 each: 150 kWh on top of 950, 150 from zero
        var usage = new Usage { From = new(2025, 12, 17), To = new(2026, 1, 15), Kwh = 300, YearToDateKwh = 950 };
        Assert.Equal("Energy1 50×1=50.00 + Energy2 100×2=200.00 + Energy1 150×1=150.00 = 400.00", Rate(Year, usage));
        Assert.Equal((150m, 2025), (Tariff(Year).Rate(usage).CountedKwh, Tariff(Year).TierYearOf(usage)));
        Assert.Equal("Energy1 50×1=50.00 + Energy2 250×2=500.00 = 550.00", Rate(Year.Replace("yearBreak: days, ", ""), usage));
    }

    [Fact]
    public void Each_band_may_climb_tiers_of_its_own() =>
        Assert.Equal("Energy1 100×1=100.00 + Energy2 20×2=40.00 + Energy1 50×0.5=25.00 + Energy2 30×0.6=18.00 = 183.00", Rate("""
            energies:
              - { code: peak, bands: [sharp, peak], tiers: [{ upTo: 100, price: 1 }, { price: 2 }] }
              - { code: rest, bands: [flat, valley, deep-valley], tiers: [{ upTo: 50, price: 0.5 }, { price: 0.6 }] }
            """, Month("2025-06", 0) with { ByBand = new(20, 100, 30, 50, 0) }));

    [Fact]
    public void Bands_may_climb_one_after_another() =>
        // 100 in tier 1: 60 peak, then 40 of the valley's 90
        Assert.Equal("Energy1 Peak 60×1=60.00 + Energy1 Valley 40×0.5=20.00 + Energy2 Valley 50×0.6=30.00 = 110.00", Rate("""
            energy:
              split: order
              splitOrder: [peak, valley]
              tiers:
                - { upTo: 100, prices: { peak: 1, valley: 0.5 } }
                - { prices: { peak: 2, valley: 0.6 } }
            """, Month("2025-06", 0) with { ByBand = new(0, 60, 0, 90, 0) }));

    [Fact]
    public void Split_quantities_may_be_whole() =>
        // tier 1 is 100 of 150: peak 100×50/150 = 33.3 → 33, valley 67; the rest 17 and 33
        Assert.Equal("Energy1 Peak 33×1=33.00 + Energy1 Valley 67×0.5=33.50 + Energy2 Peak 17×2=34.00 + Energy2 Valley 33×0.6=19.80 = 120.30", Rate("""
            energy:
              splitDecimals: 0
              tiers:
                - { upTo: 100, prices: { peak: 1, valley: 0.5 } }
                - { prices: { peak: 2, valley: 0.6 } }
            """, Month("2025-06", 0) with { ByBand = new(0, 50, 0, 100, 0) }));

    [Fact]
    public void Limits_may_be_hours_of_use_of_the_demand() =>
        // 200 h × 10 kW = 2,000 kWh at 0.10, the rest at 0.05: declining on purpose
        Assert.Equal("Energy1 2000×0.1=200.00 + Energy2 500×0.05=25.00 = 225.00",
            Rate("energy: { limitsPerKw: true, tiersMayFall: true, tiers: [{ upTo: 200, price: 0.10 }, { price: 0.05 }] }", Month("2025-06", 2500) with { Power = new() { MaxDemandKw = 10 } }));

    [Fact]
    public void Demand_may_have_bands_tiers_and_a_ratchet()
    {
        const string Version = """
            timeOfUse: [{ peak: ["12:00-18:00"], rest: flat }]
            energy: { price: 0 }
            demand:
              - { code: all, tiers: [{ upTo: 100, price: 5 }, { price: 10 }], ratchetShare: 0.8 }
              - { code: peak, prices: { peak: 20 } }
            """;
        var counts = new long[30 * 24];
        counts[24 + 3] = 150; // at night
        counts[48 + 13] = 90; // in the peak
        var usage = Month("2025-06", 0) with { Intervals = new(new(2025, 6, 1), 60, counts, 1) };
        Assert.Equal("Energy 240×0=0.00 + Demand1 100×5=500.00 + Demand2 50×10=500.00 + Demand Peak 90×20=1,800.00 = 2,800.00", Rate(Version, usage));
        // 80 % of 250 kW before = 200
        Assert.Contains("Demand1 100×5=500.00 + Demand2 100×10=1,000.00", Rate(Version, usage with { Power = new() { HighestKwBefore = 250 } }));
    }

    [Fact]
    public void Days_and_energy_fed_in_have_lines() =>
        Assert.Equal("Energy 100×0.5=50.00 + FeedIn -40×0.3=-12.00 + Component 30×0.2=6.00 = 44.00", Rate("""
            energy: { price: 0.5 }
            components:
              - { code: feed-in, name: { zh: 上网, en: Feed-in }, price: 0.3, per: feed-in }
              - { code: day, name: { zh: 日费, en: Daily }, price: 0.2, per: day }
            """, Month("2025-06", 100) with { FeedInKwh = 40 }));

    [Fact]
    public void A_minimum_is_made_up_for() =>
        Assert.Equal("Energy 10×0.5=5.00 + Minimum 1×8=3.00 = 8.00", Rate("energy: { price: 0.5 }\nminimum: { yuanPerMonth: 8 }", Month("2025-06", 10)));

    [Fact]
    public void Free_energy_may_still_climb_the_tiers() =>
        // 15 free of 110: the rest climbs from 15: 85 in tier 1, 10 in tier 2
        Assert.Equal("FreeQuota 15×0=0.00 + Energy1 85×1=85.00 + Energy2 10×2=20.00 = 105.00", Rate("""
            energy:
              tiers: [{ upTo: 100, price: 1 }, { price: 2 }]
              freeQuota: [{ kind: low-income, name: { zh: 低保, en: Low income }, kwhPerMonth: 15, countsInTiers: true }]
            """, Month("2025-06", 110) with { Household = new(FreeQuota: "low-income") }));

    [Fact]
    public void A_large_household_may_choose_the_combined_price()
    {
        const string Version = """
            energy:
              tiers: [{ upTo: 100, price: 1 }, { price: 2 }]
              combined: { price: 1.1 }
              households: [{ minPersons: 5, addKwhPerMonth: 50 }, { minPersons: 7, addKwhPerMonth: 50, combined: may-choose }]
            """;
        Assert.Equal("Energy1 150×1=150.00 + Energy2 50×2=100.00 = 250.00", Rate(Version, Month("2025-06", 200) with { Household = new(7) }));
        Assert.Equal("CombinedEnergy 200×1.1=220.00 = 220.00", Rate(Version, Month("2025-06", 200) with { Household = new(7, ChoosesCombinedPrice: true) }));
        Assert.Equal("Energy1 150×1=150.00 + Energy2 50×2=100.00 = 250.00", Rate(Version, Month("2025-06", 200) with { Household = new(6, ChoosesCombinedPrice: true) }));
    }

    [Fact]
    public void A_part_of_a_month_has_its_part_of_the_limits()
    {
        // moved in on 21 June: 10 of 30 days, limit 90/3 = 30; with partMonth full 90
        const string Version = "energy: { partMonth: days, tiers: [{ upTo: 90, price: 1 }, { price: 2 }] }";
        var usage = new Usage { From = new(2025, 6, 21), To = new(2025, 6, 30), Kwh = 40 };
        Assert.Equal("Energy1 30×1=30.00 + Energy2 10×2=20.00 = 50.00", Rate(Version, usage));
        Assert.Equal("Energy1 40×1=40.00 = 40.00", Rate(Version.Replace("partMonth: days", "partMonth: full"), usage));
    }

    [Fact]
    public void Who_moves_in_during_the_year_has_so_many_twelfths_of_the_limits() =>
        // October to December: 2,880 × 3/12 = 720 and 4,800 × 3/12 = 1,200
        Assert.Equal("Energy1 720×0.4883=351.58 + Energy2 80×0.5383=43.06 = 394.64",
            All["power.beijing.resident"].Rate(new() { From = new(2025, 10, 1), To = new(2025, 12, 31), Kwh = 800, YearMonths = 3 }).Show());

    [Fact]
    public void Shares_of_other_charges_have_lines() =>
        // 6 % of 50 and 3; 10 % off the energy
        Assert.Equal("Energy 100×0.5=50.00 + Fixed 1×3=3.00 + Component 53×0.06=3.18 + Discount 50×-0.1=-5.00 = 51.18", Rate("""
            energy: { price: 0.5 }
            fixed: [{ code: service, name: { zh: 月费, en: Fee }, yuanPerMonth: 3 }]
            percents:
              - { code: tax, name: { zh: 税, en: Tax }, percent: 6, covers: [energy, service] }
              - { code: rebate, name: { zh: 优惠, en: Rebate }, percent: -10, covers: [energy] }
            """, Month("2025-06", 100)));

    [Fact]
    public void Funds_inside_an_all_in_price_are_left_out_of_the_power_factor() =>
        // cos 1.00: −0.75 % of 1,000 × (0.5 − 0.04) = 460
        Assert.Equal("Energy 1000×0.5=500.00 + PowerFactor 460×-0.0075=-3.45 = 496.55", Rate("""
            energy: { price: 0.5 }
            powerFactor: { standard: 0.90, covers: [energy], lessYuanPerKwh: 0.04, tables: [{ standard: 0.90, bonus: [{ perPoint: 0.15 }], bonusMax: 0.75, penalty: [{ perPoint: 0.5 }] }] }
            """, Month("2025-06", 1000) with { Power = new() { Kvarh = 0 } }));

    [Fact]
    public void Tiers_and_hours_can_be_shown()
    {
        var tiers = All["power.guangdong.resident"].TiersFor(Month("2025-07", 0) with { Household = new(5) });
        Assert.Equal([(0m, 360m), (360m, 700m), (700m, null)], tiers.Select(t => (t.From, t.UpTo)));
        Assert.Equal((60m, 0m, null), (tiers[0].Left(300), tiers[0].Left(400), tiers[2].Left(900)));
        Assert.Equal("00:00-07:00 Valley, 07:00-10:00 Flat, 10:00-11:00 Peak, 11:00-13:00 Sharp, 13:00-16:00 Flat, 16:00-17:00 Sharp, 17:00-22:00 Peak, 22:00-23:00 Flat, 23:00-00:00 Valley",
            string.Join(", ", All["power.beijing.commercial-1kv"].HoursOn(new(2025, 7, 1), DayKind.Workday).Select(h => $"{h.From:HH:mm}-{h.Until:HH:mm} {h.Band}")));
    }

    [Fact]
    public void Weekends_and_holidays_have_hours_of_their_own()
    {
        const string Version = """
            timeOfUse:
              - { days: [workday], peak: ["08:00-20:00"], rest: flat }
              - { days: [weekend], rest: flat }
              - { days: [holiday], rest: deep-valley }
            energy: { prices: { peak: 1, flat: 0.5, deep-valley: 0.1 } }
            """;
        var calendar = new OpenHall.Kernel.WorkCalendar([new(default, default)], [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
            holidays: [new(2025, 6, 2)], makeUpDays: [new(2025, 6, 7)]);
        // June 2025: 21 weekdays, one a holiday, one Saturday worked: 21 work days, 8 days of weekends, 1 holiday; 1 kWh an hour
        var usage = Month("2025-06", 0) with { Intervals = new(new(2025, 6, 1), 60, Enumerable.Repeat(1L, 720).ToArray(), 1, calendar) };
        Assert.Equal("Energy Peak 252×1=252.00 + Energy Flat 444×0.5=222.00 + Energy DeepValley 24×0.1=2.40 = 476.40", Rate(Version, usage));
    }

    [Fact]
    public void An_hour_over_two_bands_is_divided() =>
        Assert.Equal("Energy Peak 15×1=15.00 + Energy Flat 705×0.5=352.50 = 367.50",
            Rate("timeOfUse: [{ peak: [\"08:30-09:00\"], rest: flat }]\nenergy: { prices: { peak: 1, flat: 0.5 } }",
                Month("2025-06", 0) with { Intervals = new(new(2025, 6, 1), 60, Enumerable.Repeat(1L, 720).ToArray(), 1) }));

    [Fact]
    public void Hours_with_gaps_or_overlaps_are_refused()
    {
        TariffFile.Parse("t", """
            tariffs:
              - code: t
                name: { zh: 甲, en: A }
                versions:
                  - from: 2020-01-01
                    notice: n
                    source: s
                    timeOfUse:
                      - { months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], peak: ["08:00-20:00"], valley: ["19:00-08:00"] }
                      - { months: [11], peak: ["08:00-20:00"] }
                    energy: { price: 1 }
            """, out var findings);
        Assert.Equal([(9, "tariff.hours_overlap"), (9, "tariff.hours_twice"), (9, "tariff.hours_missing"), (10, "tariff.hours_gap")],
            findings.Select(f => (f.Line, f.Code)).Distinct());
    }
}
