using CsCheck;
using OpenHall.Kernel;

namespace OpenHall.Tests.Kernels;

public class RmbCapitalsTests
{
    [Theory]
    [InlineData(1_409_50, "壹仟肆佰零玖元伍角")] // the examples of 正确填写票据和结算凭证的基本规定
    [InlineData(6_007_14, "陆仟零柒元壹角肆分")]
    [InlineData(1_680_32, "壹仟陆佰捌拾元叁角贰分")]
    [InlineData(107_000_53, "壹拾万零柒仟元伍角叁分")]
    [InlineData(16_409_02, "壹万陆仟肆佰零玖元零贰分")]
    [InlineData(325_04, "叁佰贰拾伍元零肆分")]
    [InlineData(0, "零元整")]
    [InlineData(5, "伍分")]
    [InlineData(50, "伍角")]
    [InlineData(10_00, "壹拾元整")]
    [InlineData(-120_05, "负壹佰贰拾元零伍分")]
    [InlineData(100_000_000_00, "壹亿元整")]
    [InlineData(100_000_001_00, "壹亿零壹元整")]
    [InlineData(100_010_000_00, "壹亿零壹万元整")]
    [InlineData(1_0000_0000_0000_00, "壹万亿元整")]
    [InlineData(1_0005_0000_0000_00, "壹万零伍亿元整")]
    [InlineData(9_9999_9999_9999_99, "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分")]
    public void An_amount_is_written_as_the_rule_says(long fen, string capitals) => Assert.Equal(capitals, RmbCapitals.Of(new(fen)));

    [Fact]
    public void What_is_written_reads_back_as_the_amount() =>
        Gen.Long[-999_999_999_999_999, 999_999_999_999_999].Sample(fen => Assert.Equal(fen, Read(RmbCapitals.Of(new(fen)))));

    /// <summary>Reads capitals back by place value: an independent reading of the rule.</summary>
    static long Read(string text)
    {
        long yi = 0, wan = 0, rest = 0, fen = 0;
        var digit = 0;
        foreach (var c in text.TrimStart('负'))
            switch (c)
            {
                case '零' or '整': break;
                case '拾': rest += digit * 10; digit = 0; break;
                case '佰': rest += digit * 100; digit = 0; break;
                case '仟': rest += digit * 1000; digit = 0; break;
                case '万': wan = (rest + digit) * 10000; rest = digit = 0; break;
                case '亿': yi = (wan + rest + digit) * 1_0000_0000; wan = rest = digit = 0; break;
                case '元': fen += (yi + wan + rest + digit) * 100; digit = 0; break;
                case '角': fen += digit * 10; digit = 0; break;
                case '分': fen += digit; digit = 0; break;
                default: digit = "零壹贰叁肆伍陆柒捌玖".IndexOf(c, StringComparison.Ordinal); break;
            }
        return text.StartsWith('负') ? -fen : fen;
    }
}
