using OpenHall.Kernel;

namespace OpenHall.Tests.Kernels;

public class MoneyTests
{
    [Theory]
    [InlineData("0.005", 1)]
    [InlineData("-0.005", -1)]
    [InlineData("117.1925", 11719)]
    public void Half_a_fen_goes_away_from_zero(string yuan, long fen) =>
        Assert.Equal(new Money(fen), Money.OfYuan(decimal.Parse(yuan, System.Globalization.CultureInfo.InvariantCulture)));
}
