using System.Text;

namespace OpenHall.Kernel;

/// <summary>人民币大写: an amount in the characters that receipts and cheques need.</summary>
/// <remarks>Source: 正确填写票据和结算凭证的基本规定 (支付结算办法 annex 1): 整 after 元, none after 分, may be left out after 角 (left out here, as in its example
/// ¥1,409.50 壹仟肆佰零玖元伍角); zeros in the middle give one 零; where the rule leaves 零 open, it is written for an empty 万 place
/// (¥107,000.53 壹拾万零柒仟元伍角叁分) and not for an empty 元 place before 角 (¥1,680.32 壹仟陆佰捌拾元叁角贰分).</remarks>
public static class RmbCapitals
{
    const string Digits = "零壹贰叁肆伍陆柒捌玖";
    static readonly string[] Places = ["", "拾", "佰", "仟"];

    /// <summary>The amount without the leading 人民币, negative with 负: 壹佰贰拾元零伍分.</summary>
    public static string Of(Money amount)
    {
        var text = new StringBuilder();
        var fen = (UInt128)Int128.Abs(amount.Fen);
        if (amount.Fen < 0) text.Append('负');
        var yuan = (ulong)(fen / 100);
        int jiao = (int)(fen % 100) / 10, rest = (int)(fen % 10);
        if (yuan > 0) text.Append(Whole(yuan)).Append('元');
        if (jiao == 0 && rest == 0) return text.Append(yuan > 0 ? "整" : "零元整").ToString();
        if (jiao > 0) text.Append(Digits[jiao]).Append('角');
        else if (yuan > 0) text.Append('零');
        if (rest > 0) text.Append(Digits[rest]).Append('分');
        return text.ToString();
    }

    /// <summary>Whole number above 0. 亿 is split off first, so that 万亿 is "so many 万 of 亿".</summary>
    static string Whole(ulong n) => n >= 1_0000_0000
        ? Join(Whole(n / 1_0000_0000) + "亿", n / 1_0000_0000, n % 1_0000_0000, 1000_0000)
        : n >= 1_0000 ? Join(Below10000(n / 1_0000) + "万", n / 1_0000, n % 1_0000, 1000) : Below10000(n);

    static string Join(string head, ulong upper, ulong lower, ulong full) =>
        lower == 0 ? head : head + (lower < full || upper % 10 == 0 ? "零" : "") + Whole(lower);

    static string Below10000(ulong n)
    {
        var text = new StringBuilder();
        var zero = false;
        for (int place = 3, unit = 1000; place >= 0; place--, unit /= 10)
        {
            var digit = (int)(n / (ulong)unit % 10);
            if (digit == 0) { zero = text.Length > 0; continue; }
            if (zero) text.Append('零');
            zero = false;
            text.Append(Digits[digit]).Append(Places[place]);
        }
        return text.ToString();
    }
}
