using CsCheck;
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

    [Fact]
    public void Yuan_are_rounded_as_decimal_rounds() =>
        Gen.Select(Gen.Long, Gen.Int[0, 28], Gen.Bool).Sample((digits, scale, negative) =>
        {
            var yuan = new decimal((int)digits, (int)(digits >> 32) & 0xFFFFF, 0, negative, (byte)scale);
            Assert.Equal((long)decimal.Round(yuan * 100m, MidpointRounding.AwayFromZero), Money.OfYuan(yuan).Fen);
        });
}
