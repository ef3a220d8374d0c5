using System.Diagnostics.CodeAnalysis;

namespace OpenHall.Kernel;

/// <summary>Number of a mail item: two letters, eight digits, check digit, country (RR473124829GB). An existing value is valid.</summary>
/// <remarks>Source: UPU standard S10-12, check digit by weights 8 6 4 2 3 5 9 7 modulo 11.</remarks>
public sealed record UpuS10
{
    static readonly int[] Weights = [8, 6, 4, 2, 3, 5, 9, 7];

    public string Number { get; }

    /// <summary>Kind of item: RR registered, EE express, CP parcel …</summary>
    public string Service => Number[..2];

    /// <summary>ISO 3166 country of the issuing post.</summary>
    public string Country => Number[11..];

    UpuS10(string number) => Number = number;

    /// <summary>Accepts lower case and blanks anywhere.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out UpuS10? item)
    {
        item = null;
        var number = text?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant() ?? "";
        if (number.Length != 13 || !number.AsSpan(2, 9).ContainsOnlyDigits()) return false;
        if (!IsLetters(number.AsSpan(0, 2)) || !IsLetters(number.AsSpan(11)) || CheckDigit(number.AsSpan(2, 8)) != number[10]) return false;
        item = new(number);
        return true;
    }

    /// <param name="eightDigits">The serial number, eight digits.</param>
    public static char CheckDigit(ReadOnlySpan<char> eightDigits)
    {
        var sum = 0;
        for (var i = 0; i < 8; i++) sum += (eightDigits[i] - '0') * Weights[i];
        return (11 - sum % 11) switch { 10 => '0', 11 => '5', var digit => (char)('0' + digit) };
    }

    static bool IsLetters(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('A', 'Z');

    public override string ToString() => Number;
}
