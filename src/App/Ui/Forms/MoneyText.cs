using System.Globalization;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Amounts as typed at the counter: <c>1,234.5</c>, <c>￥80</c>, full-width figures of a Chinese input method.</summary>
public static class MoneyText
{
    /// <summary>Characters of an amount field.</summary>
    public const int MaxLength = 18;
    /// <summary>分; a hundred thousand million 元 is nobody's bill.</summary>
    public const long MaxFen = 10_000_000_000_000;

    /// <returns>False for anything that is not an amount with at most two decimals.</returns>
    public static bool TryRead(string? text, out Money amount)
    {
        amount = Money.Zero;
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxLength) return false;
        var plain = text.Normalize(System.Text.NormalizationForm.FormKC).Replace("¥", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal).Replace("。", ".", StringComparison.Ordinal).Trim();
        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var yuan)) return false;
        if (Math.Abs(yuan) * 100m > MaxFen || yuan * 100m != decimal.Truncate(yuan * 100m)) return false;
        amount = Money.OfYuan(yuan);
        return true;
    }

    /// <exception cref="Refused">amount.unreadable, beside the field</exception>
    public static Money Read(string? text, string field) =>
        TryRead(text, out var amount) ? amount : throw new Refused("amount.unreadable") { Field = field };

    /// <summary>1234.50: no commas, so that the field can be edited.</summary>
    public static string Write(Money amount) => amount.Yuan.ToString("0.00", CultureInfo.InvariantCulture);
}
