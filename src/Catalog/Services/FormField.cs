using System.Globalization;
using System.Text.RegularExpressions;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Catalog;

/// <summary>What a field takes. Name, Phone, Paper and Address are personal data and shown masked; Tariff and Quota are chosen from the prices in force.</summary>
public enum FieldKind { Text, Lines, Whole, Number, Date, Choice, Tick, Name, Phone, Paper, Address, Meter, Tariff, Quota, Money }

/// <summary>One field of a form made from data.</summary>
/// <param name="From">What is known already and stands there first: supply.tariff, customer.phone …</param>
/// <param name="Least">Smallest number; null: none said.</param>
/// <param name="Choices">Of a Choice: value and words.</param>
/// <param name="Pattern">Whole text has to match; null: any.</param>
/// <param name="Width">half, third, quarter; null: the whole line.</param>
public sealed record FormField(
    string Code, LocalText Name, FieldKind Kind, bool IsNeeded, LocalText? Hint, string? From, decimal? Least, decimal? Most, string? Unit, IReadOnlyList<(string Value, LocalText Name)> Choices, string? Pattern, string? Width)
{
    /// <summary>Characters of a text.</summary>
    public const int MostText = 200;
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(50);

    public bool IsPersonal => Kind is FieldKind.Name or FieldKind.Phone or FieldKind.Paper or FieldKind.Address;

    /// <summary>What was typed, in the form kept; a mistake names the field.</summary>
    public string Checked(string? typed, List<Refused> mistakes)
    {
        var text = (typed ?? "").Trim();
        if (Kind == FieldKind.Tick) return text is "true" or "on" ? "true" : IsNeeded ? Wrong("form.tick_missing") : "false";
        if (text.Length == 0) return IsNeeded ? Wrong("form.missing") : "";
        if (text.Length > MostText) return Wrong("form.too_long", MostText);
        return Kind switch
        {
            FieldKind.Whole or FieldKind.Number or FieldKind.Money => AsNumber(text),
            FieldKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : Wrong("form.date_wrong"),
            FieldKind.Choice => Choices.Any(c => c.Value == text) ? text : Wrong("form.choice_wrong"),
            FieldKind.Phone => PhoneNumber.TryParse(text, out var phone) ? phone.Number : Wrong("customer.phone_wrong"),
            FieldKind.Paper => ResidentId.TryParse(text.ToUpperInvariant(), out _) || SocialCreditCode.TryParse(text.ToUpperInvariant(), out _) ? text.ToUpperInvariant() : Wrong("form.paper_wrong"),
            FieldKind.Meter => text.ToUpperInvariant(),
            _ => Pattern is null || Regex.IsMatch(text, $"^(?:{Pattern})$", RegexOptions.CultureInvariant, PatternTime) ? text : Wrong("form.pattern_wrong"),
        };

        string AsNumber(string written)
        {
            if (!decimal.TryParse(written, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || Kind == FieldKind.Whole && number != decimal.Truncate(number)
                || Math.Abs(number) > 1_000_000_000m) return Wrong("form.number_wrong");
            if (number < Least || number > Most) return Wrong("form.out_of_range", Least?.ToString(CultureInfo.InvariantCulture) ?? "–", Most?.ToString(CultureInfo.InvariantCulture) ?? "–");
            return number.ToString(CultureInfo.InvariantCulture);
        }

        string Wrong(string code, params object[] values)
        {
            mistakes.Add(new Refused(code, [Name.ToString(), .. values]) { Field = Code });
            return "";
        }
    }

    /// <summary>A value as people read it; personal data masked.</summary>
    public string Shown(string value) => value.Length == 0 ? "" : Kind switch
    {
        FieldKind.Choice => Choices.FirstOrDefault(c => c.Value == value).Name?.ToString() ?? value,
        FieldKind.Tick => value == "true" ? "✓" : "–",
        FieldKind.Name => Masked.Name(value),
        FieldKind.Phone => Masked.Phone(value),
        FieldKind.Paper => Masked.ResidentId(value),
        FieldKind.Address => Masked.Address(value),
        _ => Unit is null ? value : $"{value} {Unit}",
    };
}

public static class FormChecks
{
    /// <summary>All fields of a form as they are kept.</summary>
    /// <exception cref="Refused">All mistakes at once, each with its field.</exception>
    public static Dictionary<string, string> Checked(this IReadOnlyList<FormField> fields, IReadOnlyDictionary<string, string> typed)
    {
        var mistakes = new List<Refused>();
        var kept = fields.Checked(typed, mistakes);
        Refused.IfAny(mistakes);
        return kept;
    }

    /// <summary>The same, for a form that has more to check.</summary>
    /// <param name="mistakes">Gets all that is wrong, each with its field.</param>
    public static Dictionary<string, string> Checked(this IReadOnlyList<FormField> fields, IReadOnlyDictionary<string, string> typed, List<Refused> mistakes) =>
        fields.ToDictionary(f => f.Code, f => f.Checked(typed.GetValueOrDefault(f.Code), mistakes)).Where(k => k.Value.Length > 0).ToDictionary();
}
