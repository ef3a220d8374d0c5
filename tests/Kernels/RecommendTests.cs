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
}
