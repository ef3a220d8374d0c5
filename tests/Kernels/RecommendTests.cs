using OpenHall.Kernel;
using OpenHall.Rating;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

public class RecommendTests
{
    [Fact]
    public void Cheapest_first_with_the_yearly_difference_and_why()
    {
        // twelve months of 100 kWh, 40 peak and 60 valley: 1,200 × 0.538 = 645.60 against 480 × 0.568 + 720 × 0.288 = 272.64 + 207.36 = 480.00
        var year = Enumerable.Range(1, 12).Select(m => Month($"2025-{m:00}", 0) with { ByBand = new(0, 40, 0, 60, 0) }).ToList();
        var ranked = Recommend.Among(All["power.zhejiang.resident"], [All["power.zhejiang.resident-tou"], All["power.zhejiang.resident-combined-10kv"]], year);
        Assert.Equal(["power.zhejiang.resident-tou", "power.zhejiang.resident", "power.zhejiang.resident-combined-10kv"], ranked.Select(r => r.Code));
        Assert.Equal((new Money(480_00), new Money(165_60)), (ranked[0].Total, ranked[0].Saves));
        Assert.Equal(new Difference(LineKind.Energy, Band.Whole, 1, new(645_60), Money.Zero), ranked[0].Why[0]);
        Assert.Empty(ranked[1].Why);
    }

    [Fact]
    public void What_cannot_be_rated_comes_last_with_its_reason()
    {
        var ranked = Recommend.Among(All["power.zhejiang.resident"], [All["power.zhejiang.resident-tou"]], [Month("2025-01", 100)]);
        Assert.Equal("usage.bands_missing", Assert.Single(ranked[1].Findings).Code);
    }

    [Fact]
    public void A_tried_year_climbs_its_tiers() =>
        Assert.Equal(All["power.beijing.resident"].Rate(new() { From = new(2025, 1, 1), To = new(2025, 12, 31), Kwh = 6000 }).Lines.Sum(l => l.Yuan),
            WhatIf.Year(All["power.beijing.resident"], Enumerable.Range(1, 12).Select(m => Month($"2025-{m:00}", 500))).Sum(b => b.Lines.Sum(l => l.Yuan)));

    [Fact]
    public void Plans_are_compared_likewise()
    {
        var months = Enumerable.Range(1, 3).Select(m => new TelecomUsage { From = new(2025, m, 1), To = new(2025, m, DateTime.DaysInMonth(2025, m)), Uses = new ServiceUse[] { new("voice", new(2025, m, 2), 300), new("data", new(2025, m, 2), 400) } }).ToList();
        // 199 against 58 + 200 × 0.19 = 96, for three months
        var ranked = Recommend.Among(All.Plans["telecom.ct-5ga-199"], [All.Plans["telecom.cm-4g-58"]], months);
        Assert.Equal(("telecom.cm-4g-58", new Money(309_00)), (ranked[0].Code, ranked[0].Saves));
    }

    [Fact]
    public void A_tried_year_carries_tiers_of_each_band_and_the_ratchet()
    {
        var tariff = OwnTariff.Of("""
            energies:
              - { code: peak, bands: [peak], cycle: year, tiers: [{ upTo: 600, price: 1 }, { price: 2 }] }
              - { code: rest, bands: [flat], cycle: year, tiers: [{ upTo: 900, price: 0.5 }, { price: 0.6 }] }
            demand: [{ code: d, price: 1, ratchetShare: 0.5, ratchetMonths: 11 }]
            """);
        var year = WhatIf.Year(tariff, Enumerable.Range(1, 12).Select(m => Month($"2025-{m:00}", 0) with { ByBand = new(0, 100, 100, 0, 0), Power = new() { MaxDemandKw = m == 3 ? 40 : 10 } }));
        // peak: 600 × 1 + 600 × 2; flat: 900 × 0.5 + 300 × 0.6; demand: 10 + 10 + 40 + 9 × 20
        Assert.Equal(1800m + 630 + 240, year.Sum(b => b.Total.Yuan));
    }

    [Fact]
    public void Twelve_months_say_what_a_change_would_have_saved_and_why()
    {
        // 400 kWh a month in Zhejiang, half of them at night: 4,800 × … by year tiers against peak and valley
        var year = Enumerable.Range(1, 12).Select(m => Month($"2025-{m:00}", 0) with { ByBand = new(0, 200, 0, 200, 0) }).ToList();
        var ranked = Recommend.Among(All["power.zhejiang.resident"], [All["power.zhejiang.resident-tou"]], year);
        // one price: 2,760 × 0.538 + 2,040 × 0.588 = 1,484.88 + 1,199.52; by band: 2,760 × 0.428 + 2,040 × 0.478 = 1,181.28 + 975.12
        Assert.Equal(("power.zhejiang.resident-tou", new Money(2156_40), new Money(528_00)), (ranked[0].Code, ranked[0].Total, ranked[0].Saves));
        Assert.Equal(ranked[0].Saves, new Money(ranked[0].Why.Sum(w => w.Now.Fen - w.Then.Fen)));
        Assert.Equal(12, ranked[0].Bills.Count);
    }
}
