using OpenHall.Rating;
using OpenHall.TariffFiles;
using static OpenHall.Tests.Kernels.OwnTariff;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

/// <summary>Settings of the energy charge where utilities differ, each with its arithmetic.</summary>
public class EnergySettingTests
{
    const string Ratio = """
        energies:
          - { code: shop, part: { share: 0.2 }, price: 0.7370 }
          - { code: home, part: rest, tiers: [{ upTo: 180, price: 0.4983 }, { price: 0.5483 }] }
        """;

    [Fact]
    public void One_meter_may_have_a_share_for_each_price() =>
        // 定比: 20 % of 1,000 = 200 × 0.7370 = 147.40; 800 at home: 180 × 0.4983 = 89.694, 620 × 0.5483 = 339.946
        Assert.Equal("Energy 200×0.737=147.40 + Energy1 180×0.4983=89.69 + Energy2 620×0.5483=339.95 = 577.04", Rate(Ratio, Month("2025-06", 1000)));

    [Theory]
    // a fifth of 1,234 is 246.8, or 247 whole kWh
    [InlineData("", "Energy 246.8×0.737=181.89 + Energy1 180×0.4983=89.69 + Energy2 807.2×0.5483=442.59 = 714.17")]
    [InlineData("partDecimals: 0\n", "Energy 247×0.737=182.04 + Energy1 180×0.4983=89.69 + Energy2 807×0.5483=442.48 = 714.21")]
    public void Shares_are_exact_or_whole(string setting, string lines) => Assert.Equal(lines, Rate(setting + Ratio, Month("2025-06", 1234)));

    [Fact]
    public void One_meter_may_have_a_fixed_quantity() =>
        // 定量: 100 a month, two months; the rest 400
        Assert.Equal("Energy 200×1=200.00 + Energy 400×0.5=200.00 = 400.00",
            Rate("energies:\n  - { code: shop, part: { kwhPerMonth: 100 }, price: 1 }\n  - { code: home, part: rest, price: 0.5 }", new() { From = new(2025, 5, 1), To = new(2025, 6, 30), Kwh = 600 }));

    [Fact]
    public void A_contract_may_say_the_parts()
    {
        const string Given = """
            energies:
              - { code: shop, part: given, price: 1 }
              - { code: farm, part: given, price: 0.6 }
              - { code: home, part: rest, price: 0.5 }
            components:
              - { code: funds, name: { zh: 基金, en: Funds }, price: 0.05, of: shop }
            """;
        // 50 fixed for the farm first; 30 % of the 450 left = 135 for the shop; 315 at home
        var parts = new Dictionary<string, SplitPart> { ["shop"] = new(null, 0.3m), ["farm"] = new(50, null) };
        Assert.Equal("Energy 135×1=135.00 + Energy 50×0.6=30.00 + Energy 315×0.5=157.50 + Component 135×0.05=6.75 = 329.25", Rate(Given, Month("2025-06", 500) with { Parts = parts }));
        Assert.Equal("usage.part_missing", Rate(Given, Month("2025-06", 500)));
    }

    [Fact]
    public void Parts_divide_the_bands_alike() =>
        // 20 % of 600 peak and 400 valley
        Assert.Equal("Energy Peak 120×1=120.00 + Energy Valley 80×0.4=32.00 + Energy 800×0.5=400.00 = 552.00",
            Rate("energies:\n  - { code: shop, part: { share: 0.2 }, prices: { peak: 1, valley: 0.4 } }\n  - { code: home, part: rest, price: 0.5 }", Month("2025-06", 0) with { ByBand = new(0, 600, 0, 400, 0) }));

    [Fact]
    public void Parts_that_do_not_add_up_are_refused()
    {
        Assert.Equal([(0, "tariff.shares_above_one"), (0, "tariff.no_rest")], Wrong("energies:\n  - { code: a, part: { share: 0.7 }, price: 1 }\n  - { code: b, part: { share: 0.4 }, price: 1 }").Select(f => (0, f.Code)));
        Assert.Equal(["tariff.rest_twice"], Wrong("energies:\n  - { code: a, part: rest, price: 1 }\n  - { code: b, part: rest, price: 1 }").Select(f => f.Code));
        Assert.Equal([(3, "tariff.part_with_bands")], Wrong("energies:\n  - { code: a, part: rest, price: 1 }\n  - { code: b, part: { share: 0.1 }, bands: [peak], price: 1 }"));
    }

    [Theory]
    // 16 June – 15 July, 30 days, 300 kWh; 0.40 in June, 0.50 in July
    [InlineData("last-day", "Energy 300×0.5=150.00 = 150.00")]
    [InlineData("first-day", "Energy 300×0.4=120.00 = 120.00")]
    [InlineData("days", "Energy 150×0.4=60.00 + Energy 150×0.5=75.00 = 135.00")]
    public void A_price_that_changes_monthly_holds_as_the_tariff_says(string by, string lines) =>
        Assert.Equal(lines, Rate($"tablesBy: {by}\nenergy: {{ base: {{ table: {{ 2025-06: 0.40, 2025-07: 0.50 }} }} }}", new() { From = new(2025, 6, 16), To = new(2025, 7, 15), Kwh = 300 }));

    [Theory]
    // five persons from 11 June on: limits 100, with five persons 200. 20 of 30 days: 10 days 100/3, 20 days 400/3
    [InlineData("days", "Energy1 33.333333×1=33.33 + Energy2 66.666667×2=133.33 + Energy1 133.333333×1=133.33 + Energy2 66.666667×2=133.33 = 433.32")]
    [InlineData("last-day", "Energy1 200×1=200.00 + Energy2 100×2=200.00 = 400.00")]
    [InlineData("first-day", "Energy1 100×1=100.00 + Energy2 200×2=400.00 = 500.00")]
    public void A_household_that_grows_inside_the_month_counts_as_the_tariff_says(string by, string lines) =>
        Assert.Equal(lines, Rate($"householdBy: {by}\nenergy: {{ tiers: [{{ upTo: 100, price: 1 }}, {{ price: 2 }}], households: [{{ minPersons: 5, addKwhPerMonth: 100 }}] }}",
            Month("2025-06", 300) with { Households = [new(new(2025, 6, 1), new(2025, 6, 10), new(3)), new(new(2025, 6, 11), new(2025, 6, 30), new(5))] }));

    [Fact]
    public void Limits_may_be_a_quantity_for_each_day() =>
        // 10 kWh × 33 days = 330
        Assert.Equal("Energy1 330×0.3=99.00 + Energy2 70×0.4=28.00 = 127.00", Rate("energy: { limitsPerDay: true, tiers: [{ upTo: 10, price: 0.3 }, { price: 0.4 }] }", new() { From = new(2025, 5, 20), To = new(2025, 6, 21), Kwh = 400 }));

    [Fact]
    public void A_combined_price_that_is_not_published_comes_with_the_usage()
    {
        // from seven persons the combined price may be chosen; Guangdong publishes no figure for it in the notice read
        var usage = Month("2025-07", 500) with { Household = new(7, ChoosesCombinedPrice: true) };
        Assert.Equal("usage.price_missing", All["power.guangdong.resident"].Rate(usage).Show());
        Assert.Equal("CombinedEnergy 500×0.6=300.00 = 300.00", All["power.guangdong.resident"].Rate(usage with { Prices = new Dictionary<string, BandPrices> { ["energy-combined"] = new(0.6m) } }).Show());
    }

    [Theory]
    // read on 3 July instead of 30 June: 33 days
    [InlineData("days", "Energy1 109.677419×1=109.68 + Energy2 90.322581×2=180.65 = 290.33")] // 100 × (1 + 3/31)
    [InlineData("full", "Energy1 200×1=200.00 = 200.00")]
    [InlineData("nearest", "Energy1 100×1=100.00 + Energy2 100×2=200.00 = 300.00")]
    [InlineData("days, limitDecimals: 0", "Energy1 110×1=110.00 + Energy2 90×2=180.00 = 290.00")]
    public void A_reading_a_few_days_late_counts_as_the_tariff_says(string part, string lines) =>
        Assert.Equal(lines, Rate($"energy: {{ partMonth: {part}, tiers: [{{ upTo: 100, price: 1 }}, {{ price: 2 }}] }}", new() { From = new(2025, 6, 1), To = new(2025, 7, 3), Kwh = 200 }));

    [Fact]
    public void Energy_divided_by_days_may_be_whole() =>
        // 100 kWh over 16 June – 15 July: 50 and 50; over 20 June – 19 July: 11 and 19 of 30 days: 36.67 and 63.33, or 37 and 63
        Assert.Equal("Energy 37×0.4=14.80 + Energy 63×0.5=31.50 = 46.30",
            Rate("tablesBy: days\ndayDecimals: 0\nenergy: { base: { table: { 2025-06: 0.40, 2025-07: 0.50 } } }", new() { From = new(2025, 6, 20), To = new(2025, 7, 19), Kwh = 100 }));

    [Fact]
    public void A_reading_cycle_of_some_days_more_is_still_one_month() =>
        Assert.Equal("Energy1 100×1=100.00 + Energy2 100×2=200.00 = 300.00", Rate("energy: { cycle: reading, tiers: [{ upTo: 100, price: 1 }, { price: 2 }] }", new() { From = new(2025, 6, 1), To = new(2025, 7, 3), Kwh = 200 }));

    [Fact]
    public void A_reading_cycle_has_the_limits_of_its_months()
    {
        // two months: 400 and 800; base 0.52. 400×0.52 = 208, 300×0.57 = 171
        var usage = new Usage { From = new(2025, 5, 1), To = new(2025, 6, 30), Kwh = 700, BasePrice = 0.52m };
        Assert.Equal("Energy1 400×0.52=208.00 + Energy2 300×0.57=171.00 = 379.00", All["power.chongqing.resident"].Rate(usage).Show());
        // at most two months count, whatever the cycle
        Assert.Equal("Energy1 400×0.52=208.00 + Energy2 300×0.57=171.00 = 379.00", All["power.chongqing.resident"].Rate(usage with { From = new(2025, 4, 1) }).Show());
        // prepaid meters climb yearly tiers: 2,400 and 4,800
        Assert.Equal("Energy1 100×0.52=52.00 + Energy2 600×0.57=342.00 = 394.00", All["power.chongqing.resident-prepaid"].Rate(usage with { YearToDateKwh = 2300 }).Show());
    }

    [Fact]
    public void A_settled_estimate_by_band_is_given_back_from_the_tiers_it_reached() =>
        // 1,010 counted above 1,000; 30 too many, 20 peak and 10 valley: 10 of tier 2 (6.67 and 3.33), 20 of tier 1
        Assert.Equal("Energy1 Peak -13.333333×1=-13.33 + Energy1 Valley -6.666667×0.5=-3.33 + Energy2 Peak -6.666667×2=-13.33 + Energy2 Valley -3.333333×0.6=-2.00 = -31.99",
            Rate("energy: { cycle: year, tiers: [{ upTo: 1000, prices: { peak: 1, valley: 0.5 } }, { prices: { peak: 2, valley: 0.6 } }] }",
                Month("2025-06", 0, 1010) with { ByBand = new(0, -20, 0, -10, 0) }));

    [Fact]
    public void A_band_settled_downwards_beside_one_that_rose_keeps_each_quantity()
    {
        var bill = Of("energy: { tiers: [{ upTo: 100, prices: { peak: 1, valley: 0.5 } }, { prices: { peak: 2, valley: 0.6 } }] }").Rate(Month("2025-06", 0) with { ByBand = new(0, 150, 0, -30, 0) });
        // 120 in all: 100 and 20; peak 125 and 25, valley −25 and −5
        Assert.Equal("Energy1 Peak 125×1=125.00 + Energy1 Valley -25×0.5=-12.50 + Energy2 Peak 25×2=50.00 + Energy2 Valley -5×0.6=-3.00 = 159.50", bill.Show());
    }

    [Fact]
    public void Bands_may_climb_yearly_tiers_of_their_own()
    {
        const string Version = """
            energies:
              - { code: peak, bands: [peak], cycle: year, tiers: [{ upTo: 100, price: 1 }, { price: 2 }] }
              - { code: rest, bands: [flat, valley], cycle: year, tiers: [{ upTo: 200, price: 0.5 }, { price: 0.6 }] }
            """;
        var tariff = Of(Version);
        Assert.True(tariff.HasOwnTiers(new(2025, 6, 1)));
        var june = tariff.Rate(Month("2025-06", 0) with { ByBand = new(0, 80, 0, 190, 0) });
        Assert.Equal("Energy1 20×1=20.00 + Energy2 10×2=20.00 + Energy1 10×0.5=5.00 + Energy2 40×0.6=24.00 = 69.00",
            tariff.Rate(Month("2025-07", 0) with { ByBand = new(0, 30, 0, 50, 0), CountedByCharge = june.CountedByCharge() }).Show());
    }

    [Fact]
    public void Months_of_a_year_count_as_the_tariff_says()
    {
        static decimal Months(string part, DateOnly? movedIn, DateOnly? movedOut) =>
            Of($"energy: {{ cycle: year, yearPart: {part}, tiers: [{{ upTo: 1200, price: 1 }}, {{ price: 2 }}] }}").MonthsOfYear(2025, movedIn, movedOut, new(2025, 12, 31));
        Assert.Equal((3m, 2.5m, 12m), (Months("started-months", new(2025, 10, 17), null), decimal.Round(Months("days", new(2025, 10, 17), null), 1), Months("whole", new(2025, 10, 17), null)));
        Assert.Equal(4m, Months("started-months", null, new(2025, 4, 2)));
        Assert.Equal(12m, Months("started-months", new(2020, 5, 5), null));
    }

    [Fact]
    public void Seasons_with_a_gap_or_an_overlap_are_refused_with_their_line()
    {
        Assert.Equal([(2, "tariff.month_without_season"), (2, "tariff.month_in_two_seasons")],
            Wrong("energy:\n  seasons:\n    - { months: [1, 2, 3, 4, 5, 6], price: 1 }\n    - { months: [6, 7, 8, 9, 10, 11], price: 1 }").OrderByDescending(f => f.Code).Select(f => (2, f.Code)));
        Assert.Equal([(4, "tariff.seasons_differ_in_tiers")],
            Wrong("energy:\n  seasons:\n    - { months: [1, 2, 3, 4, 5, 6], price: 1 }\n    - { months: [7, 8, 9, 10, 11, 12], tiers: [{ upTo: 5, price: 1 }, { price: 2 }] }").Select(f => (4, f.Code)));
    }

    [Fact]
    public void Versions_with_an_end_have_neither_gap_nor_overlap()
    {
        static string[] Wrong(string until, string from)
        {
            TariffFile.Parse("t", $$"""
                tariffs:
                  - code: t
                    name: { zh: 甲, en: A }
                    versions:
                      - { from: 2024-01-01, until: {{until}}, notice: n, source: s, energy: { price: 1 } }
                      - { from: {{from}}, notice: n, source: s, energy: { price: 1 } }
                """, out var findings);
            return [.. findings.Select(f => $"{f.Line} {f.Code}")];
        }
        Assert.Empty(Wrong("2024-12-31", "2025-01-01"));
        Assert.Equal(["6 tariff.versions_gap"], Wrong("2024-12-30", "2025-01-01"));
        Assert.Equal(["6 tariff.versions_overlap"], Wrong("2025-01-01", "2025-01-01"));
        Assert.Equal("tariff.no_longer_valid", Rate("until: 2025-05-31\nenergy: { price: 1 }", Month("2025-06", 1)));
    }
}
