using CsCheck;
using OpenHall.Kernel;
using OpenHall.Rating;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

public class RebillTests
{
    [Fact]
    public void The_difference_is_shown_line_by_line()
    {
        // billed 200 on 2,800: 39.06 + 64.60; correct 100: 80×0.4883 = 39.06, 20×0.5383 = 10.77 (10.766)
        var tariff = All["power.beijing.resident"];
        var rebill = Rebill.Of(tariff.Rate(Month("2025-11", 200, 2800)), tariff.Rate(Month("2025-11", 100, 2800)));
        Assert.Equal(new Money(-53_83), rebill.Amount);
        var line = Assert.Single(rebill.Lines);
        Assert.Equal((2, -100m), (line.Source.Tier, line.Quantity));
    }

    [Fact]
    public void Equal_data_changes_nothing() =>
        Gen.Int[0, 5000].Sample(kwh => Assert.Empty(Rebill.Of(All["power.shenzhen.resident"].Rate(Month("2025-07", kwh)), All["power.shenzhen.resident"].Rate(Month("2025-07", kwh))).Lines));

    [Fact]
    public void Tax_and_net_add_up()
    {
        Assert.Equal((new Money(100_00), new Money(13_00)), Vat.Included(new(113_00), 0.13m));
        var vat = new Vat([(new(2018, 5, 1), 0.16m), (new(2019, 4, 1), 0.13m)]);
        Assert.Equal((null, 0.16m, 0.13m), (vat.On(new(2018, 4, 30)), vat.On(new(2019, 3, 31)), vat.On(new(2019, 4, 1))));
        Gen.Long[-1_000_000, 1_000_000].Sample(fen => { var (net, tax) = Vat.Included(new(fen), 0.13m); Assert.Equal(fen, (net + tax).Fen); });
    }
}
