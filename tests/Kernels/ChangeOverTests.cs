using OpenHall.Rating;
using OpenHall.TariffFiles;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

/// <summary>A price that changes on 11 June 2025 inside a bill of June; 300 kWh.</summary>
public class ChangeOverTests
{
    static CompiledTariff Tariff(string changeOver, string cycle = "month")
    {
        var tariffs = TariffFile.Parse("t", $$"""
            tariffs:
              - code: t
                name: { zh: 甲, en: A }
                versions:
                  - { from: 2025-01-01, notice: 旧, source: s, energy: { cycle: {{cycle}}, tiers: [{ upTo: 150, price: 0.5 }, { price: 0.6 }] }, fixed: [{ code: f, name: { zh: 月费, en: Fee }, yuanPerMonth: 3 }] }
                  - { from: 2025-06-11, notice: 新, source: s, changeOver: {{changeOver}}, energy: { cycle: {{cycle}}, tiers: [{ upTo: 150, price: 1 }, { price: 2 }] }, fixed: [{ code: f, name: { zh: 月费, en: Fee }, yuanPerMonth: 6 }] }
            """, out var findings);
        Assert.Empty(findings);
        return tariffs["t"];
    }

    [Theory]
    // 10 of 30 days: 100 kWh at the old price, 200 at the new; tiers run on: 50 left. Fees 1/3 × 3 and 2/3 × 6
    [InlineData("days", "Energy1 100×0.5=50.00 + Fixed 0.333333×3=1.00 + Energy1 50×1=50.00 + Energy2 150×2=300.00 + Fixed 0.666667×6=4.00 = 405.00")]
    // limits 50 and 100 by days: 50×0.5 + 50×0.6, 100×1 + 100×2
    [InlineData("days-and-limits", "Energy1 50×0.5=25.00 + Energy2 50×0.6=30.00 + Fixed 0.333333×3=1.00 + Energy1 100×1=100.00 + Energy2 100×2=200.00 + Fixed 0.666667×6=4.00 = 360.00")]
    [InlineData("last-day", "Energy1 150×1=150.00 + Energy2 150×2=300.00 + Fixed 1×6=6.00 = 456.00")]
    [InlineData("first-day", "Energy1 150×0.5=75.00 + Energy2 150×0.6=90.00 + Fixed 1×3=3.00 = 168.00")]
    public void A_new_price_inside_the_period_is_handled_as_the_tariff_says(string changeOver, string lines) =>
        Assert.Equal(lines, Tariff(changeOver).Rate(Month("2025-06", 300)).Show());

    [Fact]
    public void Yearly_tiers_run_on_over_a_new_price() =>
        // 60 counted: 100 old → 90 in tier 1, 10 above; then all 200 above
        Assert.Equal("Energy1 90×0.5=45.00 + Energy2 10×0.6=6.00 + Fixed 0.333333×3=1.00 + Energy2 200×2=400.00 + Fixed 0.666667×6=4.00 = 456.00",
            Tariff("days", "year").Rate(Month("2025-06", 300, yearToDate: 60)).Show());

    [Fact]
    public void Lines_name_the_notice_of_their_price() =>
        Assert.Equal(["旧", "旧", "新", "新", "新"], Tariff("days").Rate(Month("2025-06", 300)).Lines.Select(l => l.Source.Notice));
}
