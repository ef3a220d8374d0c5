using System.Globalization;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>One record of a usage file: named fields, of which what is wrong becomes a finding.</summary>
sealed class UsageRecord(string file, int line, IReadOnlyDictionary<string, string> fields, List<FileFinding> findings)
{
    public int Line => line;

    public IEnumerable<string> Names => fields.Keys;

    public string? Text(string name) => fields.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

    public bool Has(string name) => Text(name) is not null;

    public decimal? Number(string name) => Text(name) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value
        : Wrong<decimal?>("usage.not_a_number", null, name, text);

    public int? Whole(string name) => Number(name) is not { } value ? null : value == decimal.Truncate(value) && Math.Abs(value) < 1_000_000 ? (int)value
        : Wrong<int?>("usage.not_a_number", null, name, value);

    public bool Flag(string name) => Text(name) switch
    {
        null or "false" or "0" or "no" => false,
        "true" or "1" or "yes" => true,
        var text => Wrong("usage.not_a_flag", false, name, text),
    };

    public DateOnly? Day(string name) => Text(name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : Wrong<DateOnly?>("usage.not_a_date", null, name, text);

    public T Word<T>(string name, T otherwise) where T : struct, Enum
    {
        if (Text(name) is not { } text) return otherwise;
        foreach (var value in Enum.GetValues<T>())
            if (YamlEntry.WordOf(value) == text) return value;
        return Wrong("usage.not_one_of", otherwise, name, text, string.Join(", ", Enum.GetValues<T>().Select(v => YamlEntry.WordOf(v))));
    }

    public T Wrong<T>(string code, T otherwise, params object[] values)
    {
        findings.Add(new(file, line, code, values));
        return otherwise;
    }

    /// <summary>Facts that do not depend on how energy was metered.</summary>
    public Usage Facts(Usage usage) => usage with
    {
        YearToDateKwh = Number("ytd") ?? 0,
        MonthToDateKwh = Number("mtd") ?? 0,
        Months = Number("months") ?? 0,
        YearMonths = Number("year_months") ?? 0,
        BasePrice = Number("base_price"),
        FeedInKwh = Number("feed_in") ?? 0,
        Household = new(Whole("persons") ?? 0, Text("free_quota"), Flag("combined"), Flag("chooses_combined"), Whole("larger_months")),
        Prices = GivenPrices(),
        Power = Power(usage),
    };

    /// <summary>Columns price.CODE and price.CODE.BAND.</summary>
    Dictionary<string, BandPrices>? GivenPrices()
    {
        Dictionary<string, BandPrices>? prices = null;
        foreach (var name in fields.Keys)
        {
            if (!name.StartsWith("price.", StringComparison.Ordinal) || Number(name) is not { } value) continue;
            var parts = name.Split('.');
            prices ??= [];
            var before = prices.GetValueOrDefault(parts[1]) ?? new(null);
            prices[parts[1]] = parts.ElementAtOrDefault(2) switch
            {
                null => before with { Whole = value },
                "sharp" => before with { Sharp = value },
                "peak" => before with { Peak = value },
                "flat" => before with { Flat = value },
                "valley" => before with { Valley = value },
                "deep-valley" => before with { DeepValley = value },
                var band => Wrong("usage.unknown_column", before, $"price.{parts[1]}.{band}"),
            };
        }
        return prices;
    }

    PowerFacts? Power(in Usage usage)
    {
        if (!Has("demand_mode") && !Has("capacity_kva") && !Has("contract_kw") && !Has("max_kw") && !Has("kvarh") && !Has("highest_kw_before")) return usage.Power;
        return new()
        {
            Mode = Word("demand_mode", BasicMode.Capacity),
            Capacity = Spans("capacity_kva", usage),
            ContractDemand = Spans("contract_kw", usage),
            MaxDemandKw = Number("max_kw") ?? usage.Power?.MaxDemandKw,
            Kvarh = Number("kvarh") ?? usage.Power?.Kvarh,
            HighestKwBefore = Number("highest_kw_before") ?? 0,
            PowerFactorStandard = Number("pf_standard"),
        };
    }

    /// <summary>A value for the whole period, or spans "2025-07-01/2025-07-10:400 2025-07-11/2025-07-31:250".</summary>
    List<PowerSpan> Spans(string name, in Usage usage)
    {
        if (Text(name) is not { } text) return [];
        if (!text.Contains(':', StringComparison.Ordinal)) return Number(name) is { } value ? [new(usage.From, usage.To, value)] : [];
        var spans = new List<PowerSpan>();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var culture = CultureInfo.InvariantCulture;
            if (part.Split('/', ':') is [var from, var to, var size]
                && DateOnly.TryParseExact(from, "yyyy-MM-dd", culture, DateTimeStyles.None, out var first)
                && DateOnly.TryParseExact(to, "yyyy-MM-dd", culture, DateTimeStyles.None, out var last)
                && decimal.TryParse(size, NumberStyles.AllowDecimalPoint, culture, out var kva)) spans.Add(new(first, last, kva));
            else Wrong("usage.not_a_span", 0, name, part);
        }
        return spans;
    }
}
