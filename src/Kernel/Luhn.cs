namespace OpenHall.Kernel;

/// <summary>Check digit of bank cards, IMEI and ICCID. Source: ISO/IEC 7812-1 annex B.</summary>
public static class Luhn
{
    /// <summary>True when all are digits, there are 2 or more, and the last is the check digit of the others.</summary>
    public static bool IsValid(ReadOnlySpan<char> number) =>
        number.Length >= 2 && number.ContainsOnlyDigits() && CheckDigit(number[..^1]) == number[^1];

    /// <param name="digits">The number without its check digit, digits only.</param>
    public static char CheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            sum += i % 2 != 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
        }
        return (char)('0' + (10 - sum % 10) % 10);
    }
}
