using OpenHall.Rating;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

/// <summary>Worked examples: each figure is worked out by hand from the published rule, the arithmetic beside it.</summary>
public class ResidentTariffTests
{
    static string Rate(string tariff, Usage usage) => All[tariff].Rate(usage).Show();

    [Fact]
    public void A_year_of_tiers_is_climbed_over_the_months() =>
        // 2,800 counted: 80 left below 2,880. 80×0.4883 = 39.064, 120×0.5383 = 64.596
        Assert.Equal("Energy1 80×0.4883=39.06 + Energy2 120×0.5383=64.60 = 103.66", Rate("power.beijing.resident", Month("2025-11", 200, yearToDate: 2800)));

    [Fact]
    public void A_month_of_tiers_follows_the_season()
    {
        // summer: 260×0.589 = 153.14, 340×0.639 = 217.26, 100×0.889 = 88.90
        Assert.Equal("Energy1 260×0.589=153.14 + Energy2 340×0.639=217.26 + Energy3 100×0.889=88.90 = 459.30", Rate("power.guangdong.resident", Month("2025-07", 700)));
        // otherwise: 200×0.589 = 117.80, 200×0.639 = 127.80, 300×0.889 = 266.70
        Assert.Equal("Energy1 200×0.589=117.80 + Energy2 200×0.639=127.80 + Energy3 300×0.889=266.70 = 512.30", Rate("power.guangdong.resident", Month("2025-11", 700)));
    }

    [Fact]
    public void Two_months_read_together_have_the_tiers_of_both() =>
        // April and May: 200+260 = 460, then 400+600 = 1,000. 460×0.589 = 270.94, 140×0.639 = 89.46
        Assert.Equal("Energy1 460×0.589=270.94 + Energy2 140×0.639=89.46 = 360.40",
            Rate("power.guangdong.resident", new() { From = new(2025, 4, 1), To = new(2025, 5, 31), Kwh = 600 }));

    [Fact]
    public void A_bill_may_be_rounded_once() =>
        // 172.345875 + 242.375375 + 96.286875 = 511.008125; line by line it would be 511.02
        Assert.Equal("Energy1 260×0.66286875=172.35 + Energy2 340×0.71286875=242.37 + Energy3 100×0.96286875=96.29 = 511.01",
            Rate("power.shenzhen.resident", Month("2025-07", 700)));

    [Fact]
    public void Bands_share_the_tiers_in_proportion() =>
        // 60 of 120 kWh are left in tier 1, peak and valley 3:1: 45×0.568 = 25.56, 15×0.288 = 4.32, 45×0.618 = 27.81, 15×0.338 = 5.07
        Assert.Equal("Energy1 Peak 45×0.568=25.56 + Energy1 Valley 15×0.288=4.32 + Energy2 Peak 45×0.618=27.81 + Energy2 Valley 15×0.338=5.07 = 62.76",
            Rate("power.zhejiang.resident-tou", Month("2025-11", 0, yearToDate: 2700) with { ByBand = new(0, 90, 0, 30, 0) }));

    [Fact]
    public void Free_energy_is_deducted_first() =>
        // 100 − 15 = 85, 85×0.4883 = 41.5055
        Assert.Equal("FreeQuota 15×0=0.00 + Energy1 85×0.4883=41.51 = 41.51",
            Rate("power.beijing.resident", Month("2025-01", 100) with { Household = new(FreeQuota: "low-income") }));

    [Fact]
    public void Free_energy_above_the_usage_leaves_nothing_to_pay() =>
        Assert.Equal("FreeQuota 9×0=0.00 = 0.00", Rate("power.beijing.resident", Month("2025-01", 9) with { Household = new(FreeQuota: "low-income") }));

    [Fact]
    public void Free_energy_may_be_paid_back() =>
        // 180×0.5224 = 94.032, 20×0.6224 = 12.448, 7.84 a month back
        Assert.Equal("Energy1 180×0.5224=94.03 + Energy2 20×0.6224=12.45 + PayBack -1×7.84=-7.84 = 98.64",
            Rate("power.sichuan.resident", Month("2025-01", 200) with { Household = new(FreeQuota: "five-guarantees") }));

    [Fact]
    public void A_larger_household_has_its_own_limits() =>
        // from six persons 4,080 and 6,000 a year: 4,080−4,000 = 80×0.4883 = 39.064, 20×0.5383 = 10.766
        Assert.Equal("Energy1 80×0.4883=39.06 + Energy2 20×0.5383=10.77 = 49.83",
            Rate("power.beijing.resident", Month("2025-09", 100, yearToDate: 4000) with { Household = new(Persons: 6) }));

    [Fact]
    public void A_larger_household_may_have_all_tiers_raised() =>
        // summer 260+100, 600+100: 360×0.589 = 212.04, 40×0.639 = 25.56
        Assert.Equal("Energy1 360×0.589=212.04 + Energy2 40×0.639=25.56 = 237.60",
            Rate("power.guangdong.resident", Month("2025-07", 400) with { Household = new(Persons: 5) }));

    [Fact]
    public void A_larger_household_may_have_the_first_tier_raised_by_person() =>
        // summer, six persons: 200+2×100 = 400, second limit stays 450: 400×0.588 = 235.2, 50×0.638 = 31.9, 50×0.888 = 44.4
        Assert.Equal("Energy1 400×0.588=235.20 + Energy2 50×0.638=31.90 + Energy3 50×0.888=44.40 = 311.50",
            Rate("power.hunan.resident", Month("2025-07", 500) with { Household = new(Persons: 6) }));

    [Fact]
    public void A_combined_meter_pays_one_price() =>
        // 0.4883 + 0.022 = 0.5103; ×1,000
        Assert.Equal("CombinedEnergy 1000×0.5103=510.30 = 510.30", Rate("power.beijing.resident", Month("2025-09", 1000) with { Household = new(IsCombinedMeter: true) }));

    [Fact]
    public void A_notice_of_steps_needs_the_base_price_with_the_usage()
    {
        Assert.Equal("usage.base_price_missing", Rate("power.hubei.resident", Month("2025-09", 200)));
        // 180×0.558 = 100.44, 20×0.608 = 12.16
        Assert.Equal("Energy1 180×0.558=100.44 + Energy2 20×0.608=12.16 = 112.60", Rate("power.hubei.resident", Month("2025-09", 200) with { BasePrice = 0.558m }));
    }

    [Fact]
    public void A_settled_estimate_is_given_back_from_the_tier_it_reached() =>
        // 2,900 counted, 50 too many: 20 of tier 2, 30 of tier 1: −30×0.4883 = −14.649, −20×0.5383 = −10.766
        Assert.Equal("Energy1 -30×0.4883=-14.65 + Energy2 -20×0.5383=-10.77 = -25.42", Rate("power.beijing.resident", Month("2025-11", -50, yearToDate: 2900)));

    [Fact]
    public void What_cannot_be_rated_says_why()
    {
        Assert.Equal("tariff.not_yet_valid", Rate("power.beijing.resident", Month("2012-06", 100)));
        Assert.Equal("usage.period_reversed", Rate("power.beijing.resident", new() { From = new(2025, 2, 1), To = new(2025, 1, 1), Kwh = 1 }));
        Assert.Equal("household.free_quota_unknown", Rate("power.tianjin.resident", Month("2025-09", 1) with { Household = new(FreeQuota: "low-income") }));
        Assert.Equal("household.no_combined_price", Rate("power.tianjin.resident", Month("2025-09", 1) with { Household = new(IsCombinedMeter: true) }));
        Assert.Equal("usage.bands_missing", Rate("power.zhejiang.resident-tou", Month("2025-09", 1)));
    }

    [Fact]
    public void The_first_version_takes_a_period_that_began_before_it()
    {
        Assert.Equal("Energy1 100×0.4883=48.83 = 48.83", Rate("power.beijing.resident", new() { From = new(2012, 6, 16), To = new(2012, 7, 15), Kwh = 100 }));
    }
}
