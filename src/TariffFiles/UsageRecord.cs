using System.Globalization;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>One record of a usage file: named fields, of which what is wrong becomes a finding.</summary>
sealed class UsageRecord(UsageHeading heading, int line, string[] fields, Findings findings)
{
    public int Line => line;

    public UsageHeading Heading => heading;

    public string Account => Text("account") ?? "";

    public string? Text(string name) => heading.Place(name) is var place and >= 0 ? At(place) : null;

    public bool Has(string name) => Text(name) is not null;

    /// <summary>True when the column stands in the file, filled or not.</summary>
    public bool HasColumn(string name) => heading.Has(name);

    /// <summary>Columns that begin so and are filled here, without the beginning.</summary>
    public IEnumerable<(string Name, string Column)> Under(string prefix)
    {
        for (var i = 0; i < heading.Names.Count; i++)
            if (heading.Names[i].StartsWith(prefix, StringComparison.Ordinal) && At(i) is not null) yield return (heading.Names[i][prefix.Length..], heading.Names[i]);
    }

    string? At(int place)
    {
        var text = fields[place];
        return text.Length == 0 ? null
            : !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]) ? text
            : text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
    }

    public decimal? Number(string name) => Text(name) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) ? value
        : Wrong<decimal?>("usage.not_a_number", null, name, text);

    /// <summary>A number that may not be below zero.</summary>
    public decimal? Amount(string name) => Number(name) is not { } value ? null : value >= 0 ? value : Wrong<decimal?>("usage.negative", null, name, value);

    public int? Whole(string name) => Number(name) is not { } value ? null : value == decimal.Truncate(value) && Math.Abs(value) <= int.MaxValue ? (int)value
        : Wrong<int?>("usage.not_a_whole_number", null, name, value);

    public bool Flag(string name) => Text(name)?.ToLowerInvariant() switch
    {
        null or "false" or "0" or "no" => false,
        "true" or "1" or "yes" => true,
        var text => Wrong("usage.not_a_flag", false, name, text),
    };

    public DateOnly? Day(string name) => Text(name) is not { } text ? null
        : TryDay(text, out var day) ? day
        : Wrong<DateOnly?>("usage.not_a_date", null, name, text);

    /// <summary>yyyy-MM-dd, a good deal faster than by format.</summary>
    public static bool TryDay(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-') return false;
        var digits = 0;
        foreach (var at in (ReadOnlySpan<int>)[0, 1, 2, 3, 5, 6, 8, 9])
        {
            if (!char.IsAsciiDigit(text[at])) return false;
            digits = digits * 10 + text[at] - '0';
        }
        var (year, month, of) = (digits / 10000, digits / 100 % 100, digits % 100);
        if (year < 1 || month is < 1 or > 12 || of < 1 || of > DateTime.DaysInMonth(year, month)) return false;
        day = new(year, month, of);
        return true;
    }

    /// <summary>Both days of the period, or a finding.</summary>
    public (DateOnly From, DateOnly To)? Period()
    {
        var (from, to) = (Day("from"), Day("to"));
        if (from is not { } first || to is not { } last) return Wrong<(DateOnly, DateOnly)?>("usage.no_period", null);
        return last >= first ? (first, last) : Wrong<(DateOnly, DateOnly)?>("usage.period_reversed", null, first, last);
    }

    public T Word<T>(string name, T otherwise) where T : struct, Enum
    {
        if (Text(name) is not { } text) return otherwise;
        foreach (var value in Enum.GetValues<T>())
            if (YamlEntry.WordOf(value) == text) return value;
        return Wrong("usage.not_one_of", otherwise, name, text, string.Join(", ", Enum.GetValues<T>().Select(v => YamlEntry.WordOf(v))));
    }

    /// <summary>A value for the whole period, or spans "2025-07-01/2025-07-10:400 2025-07-11/2025-07-31:250".</summary>
    public List<PowerSpan> Spans(string name, DateOnly from, DateOnly to)
    {
        if (Text(name) is not { } text) return [];
        if (!text.Contains(':', StringComparison.Ordinal)) return Amount(name) is { } value ? [new(from, to, value)] : [];
        var spans = new List<PowerSpan>();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var culture = CultureInfo.InvariantCulture;
            if (part.Split('/', ':') is [var first, var last, var size]
                && DateOnly.TryParseExact(first, "yyyy-MM-dd", culture, DateTimeStyles.None, out var begin)
                && DateOnly.TryParseExact(last, "yyyy-MM-dd", culture, DateTimeStyles.None, out var end) && end >= begin
                && decimal.TryParse(size, NumberStyles.AllowDecimalPoint, culture, out var held)) spans.Add(new(begin, end, held));
            else Wrong("usage.not_a_span", 0, name, part);
        }
        spans.Sort((a, b) => a.From.CompareTo(b.From));
        for (var i = 1; i < spans.Count; i++)
            if (spans[i].From <= spans[i - 1].To) Wrong("usage.spans_overlap", 0, name, spans[i].From);
        return spans;
    }

    public T Wrong<T>(string code, T otherwise, params object[] values)
    {
        findings.Add(line, code, values);
        return otherwise;
    }
}
