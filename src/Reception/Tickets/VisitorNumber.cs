using OpenHall.Catalog;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>What a visitor typed or had read at the kiosk to be known at the counter: a phone, account or ID card number.</summary>
/// <param name="Born">What an ID card says.</param>
public sealed record VisitorNumber(string Value, string Masked, DateOnly? Born = null)
{
    private const int LeastAccountDigits = 5, MostAccountDigits = 16;

    /// <summary>Whole years on a day; 0 when it is not known.</summary>
    public int AgeOn(DateOnly day) => Born is { } born ? day.Year - born.Year - (day.Month * 100 + day.Day < born.Month * 100 + born.Day ? 1 : 0) : 0;

    /// <param name="asks">What the service asks for.</param>
    /// <returns>Null when nothing was typed.</returns>
    /// <exception cref="Refused">ticket.number_invalid</exception>
    public static VisitorNumber? Parse(string? typed, AskedNumber asks)
    {
        var text = typed?.Trim() ?? "";
        if (text.Length == 0 || asks == AskedNumber.None) return null;
        if (ResidentId.TryParse(text, out var id)) return new(id.Number, Kernel.Masked.ResidentId(id.Number), id.BirthDate);
        if (asks is AskedNumber.Phone or AskedNumber.Both && PhoneNumber.TryParse(text, out var phone)) return new(phone.Number, Kernel.Masked.Phone(phone.Number));
        var isAccount = asks is AskedNumber.Account or AskedNumber.Both && text.All(char.IsAsciiDigit) && text.Length is >= LeastAccountDigits and <= MostAccountDigits;
        Refused.IfField(!isAccount, "typed", "ticket.number_invalid");
        return new(text, new string('*', text.Length - 4) + text[^4..]);
    }
}
