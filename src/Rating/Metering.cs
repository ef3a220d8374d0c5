namespace OpenHall.Rating;

/// <summary>One register between two readings.</summary>
/// <param name="Start">Reading at the beginning.</param>
/// <param name="End">Reading at the end.</param>
/// <param name="Multiplier">倍率 of the instrument transformers, above 0.</param>
/// <param name="Digits">Whole digits of the register, for roll-over (翻转); 0: never rolls over.</param>
public readonly record struct RegisterSpan(decimal Start, decimal End, decimal Multiplier = 1, int Digits = 0)
{
    /// <summary>Backwards on purpose (meter wired reversed, 倒走): the difference is taken as energy although it falls.</summary>
    public bool IsReversed { get; init; }
}

/// <summary>From readings to energy, before any price.</summary>
public static class Metering
{
    /// <summary>Energy of one span; a fall is a roll-over when the register has a number of digits, negative otherwise.</summary>
    public static decimal Energy(RegisterSpan span)
    {
        var turned = span.End - span.Start;
        if (span.IsReversed) return Math.Abs(turned) * span.Multiplier;
        if (turned < 0 && span.Digits > 0) turned += PowerOfTen(span.Digits);
        return turned * span.Multiplier;
    }

    /// <summary>Energy of a period in which the meter was replaced: the old meter's span, then the new one's.</summary>
    public static decimal Energy(IEnumerable<RegisterSpan> spans) => spans.Sum(Energy);

    /// <summary>总表减子表: a parent meter less the meters behind it that are billed by themselves; never below zero unless allowed.</summary>
    public static decimal Less(decimal parent, IEnumerable<decimal> children, bool mayBeNegative = false)
    {
        var rest = parent - children.Sum();
        return rest < 0 && !mayBeNegative ? 0 : rest;
    }

    /// <summary>表计误差 correction: what a meter that runs by <paramref name="errorPercent"/> fast (negative: slow) should have counted.</summary>
    /// <remarks>Rule: 供电营业规则 on meters out of tolerance, true energy = counted / (1 + error).</remarks>
    public static decimal Corrected(decimal counted, decimal errorPercent) => counted / (1 + errorPercent / 100);

    /// <summary>定比定量 metering: one meter, several prices. Fixed quantities are taken first, then shares of what is left; the last takes the rest.</summary>
    /// <param name="kwh">Energy of the meter.</param>
    /// <param name="parts">Each with a fixed quantity or a share (0.2); the last has neither.</param>
    /// <param name="decimals">Decimals of the parts; null: exact.</param>
    /// <param name="rest">Place of the part that takes the rest; null: the last.</param>
    /// <returns>One quantity per part, none below zero, adding up to the energy.</returns>
    public static IReadOnlyList<decimal> Split(decimal kwh, IReadOnlyList<SplitPart> parts, int? decimals = 0, int? rest = null)
    {
        var result = new decimal[parts.Count];
        var left = kwh;
        for (var i = 0; i < parts.Count; i++)
            if (parts[i].FixedKwh is { } fixedKwh) left -= result[i] = Math.Min(fixedKwh, left);
        var shared = left;
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Share is not { } share) continue;
            var part = shared * share;
            left -= result[i] = decimals is { } places ? decimal.Round(part, places, MidpointRounding.AwayFromZero) : part;
        }
        result[rest ?? parts.Count - 1] += left;
        return result;
    }

    static decimal PowerOfTen(int digits)
    {
        var value = 1m;
        for (var i = 0; i < digits; i++) value *= 10;
        return value;
    }
}

/// <param name="FixedKwh">定量: so many kWh a period.</param>
/// <param name="Share">定比: a share of what fixed quantities leave.</param>
public readonly record struct SplitPart(decimal? FixedKwh, decimal? Share);
