using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OpenHall.Kernel;

public enum Sex { Female, Male }

/// <summary>居民身份证号码: the 18-character citizen number. An existing value is valid.</summary>
/// <remarks>Source: GB 11643-1999 (region of GB/T 2260, birth date, order number odd for men, check character of ISO 7064 MOD 11-2).</remarks>
public sealed record ResidentId
{
    /// <summary>First two digits of GB/T 2260, with 83 (Taiwan residents' permits of residence; 81 and 82: Hong Kong, Macau).</summary>
    const string Provinces = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 ";
    static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>17 digits and a digit or X.</summary>
    public string Number { get; }

    public DateOnly BirthDate { get; }

    public Sex Sex => (Number[16] - '0') % 2 == 1 ? Sex.Male : Sex.Female;

    /// <summary>Region of the first registration, GB/T 2260, six digits.</summary>
    public string Region => Number[..6];

    ResidentId(string number, DateOnly birthDate) => (Number, BirthDate) = (number, birthDate);

    /// <summary>Accepts a lower-case x and surrounding blanks; false for a wrong length, region, date or check character.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ResidentId? id)
    {
        id = null;
        var number = text?.Trim().ToUpperInvariant() ?? "";
        if (number.Length != 18 || !number.AsSpan(0, 17).ContainsOnlyDigits() || CheckCharacter(number) != number[17]) return false;
        if (!Provinces.Contains($" {number[..2]} ", StringComparison.Ordinal)) return false;
        if (!DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born)) return false;
        id = new(number, born);
        return true;
    }

    /// <summary>Check character of the first 17 digits.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++) sum += (digits[i] - '0') * Weights[i];
        return "10X98765432"[sum % 11];
    }

    /// <summary>周岁: full years lived; a birthday counts from its own day (29 February: from 1 March in common years).</summary>
    public int AgeOn(DateOnly day)
    {
        var years = day.Year - BirthDate.Year;
        return (day.Month, day.Day).CompareTo((BirthDate.Month, BirthDate.Day)) < 0 ? years - 1 : years;
    }

    public override string ToString() => Masked.ResidentId(Number);
}
