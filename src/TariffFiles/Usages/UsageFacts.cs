using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Columns of energy usage that do not depend on how it was metered. docs/rating.md describes each.</summary>
static class UsageFacts
{
    public static readonly string[] HouseholdColumns = ["persons", "larger_months", "free_quota", "combined", "chooses_combined"];

    public static readonly string[] PowerColumns = ["capacity_kva", "demand_mode", "contract_kw", "highest_kw_before", "pf_standard"];

    public static readonly string[] Corrections =
    [
        "added", "error_percent", "error_share", "decimals", "loss_kwh", "loss_kvarh", "tr_iron_kw", "tr_iron_kvar", "tr_copper_share", "tr_reactive_times", "tr_kva", "tr_load_kw", "tr_load_kvar", "tr_shape", "tr_hours",
    ];

    /// <summary>Those that hold for a load curve too.</summary>
    public static readonly string[] CurveColumns = ["ytd", "mtd", "months", "year_months", "moved_in", "moved_out", "base_price", .. HouseholdColumns, .. PowerColumns];

    public static readonly string[] CurvePrefixes = ["price.", "part.", "ytd."];

    public static readonly string[] Columns = [.. CurveColumns, .. Corrections];

    public static readonly string[] Prefixes = [.. CurvePrefixes, "added."];

    static readonly string[] BandNames = ["", "sharp", "peak", "flat", "valley", "deep-valley"];

    /// <summary>Columns prefix + band, or null when none is filled.</summary>
    public static KwhByBand? Bands(UsageRecord record, string prefix)
    {
        var any = false;
        decimal Of(string band) { var value = record.Number(prefix + band); any |= value is not null; return value ?? 0; }
        var bands = new KwhByBand(Of("sharp"), Of("peak"), Of("flat"), Of("valley"), Of("deep-valley"));
        return any ? bands : null;
    }

    public static bool IsBand(string name) => Array.IndexOf(BandNames, name) > 0;

    /// <summary>Corrections in their order: meter error, energy added, transformer loss.</summary>
    public static Metered Corrected(UsageRecord record, Metered metered, int days)
    {
        if (!record.Heading.HasCorrections) return metered;
        var decimals = record.Whole("decimals");
        if (record.Number("error_percent") is { } percent)
        {
            if (percent <= -100) record.Wrong("usage.not_a_number", 0, "error_percent", percent);
            else metered = metered.Corrected(percent, record.Number("error_share") ?? 1, decimals);
        }
        var bands = Bands(record, "added.");
        var added = record.Number("added") ?? 0;
        if (metered.ByBand is not null && added != 0) record.Wrong("usage.added_needs_bands", 0);
        if (added != 0 || bands is not null) metered = metered.Plus(metered.ByBand is null ? added + (bands?.Total ?? 0) : 0, bands ?? default);
        var (kwh, kvarh) = Loss(record, metered, days);
        return kwh == 0 && kvarh == 0 ? metered : metered.WithLoss(kwh, kvarh, decimals ?? 0);
    }

    static (decimal Kwh, decimal Kvarh) Loss(UsageRecord record, Metered metered, int days)
    {
        var given = (record.Number("loss_kwh") ?? 0, record.Number("loss_kvarh") ?? 0);
        if (!record.Has("tr_iron_kw") && !record.Has("tr_copper_share") && !record.Has("tr_kva")) return given;
        CopperLoss copper = record.Amount("tr_kva") is { } kva and > 0
            ? new CopperByFormula(kva, record.Amount("tr_load_kw") ?? 0, record.Amount("tr_load_kvar") ?? 0, record.Amount("tr_shape") ?? 1)
            : new CopperByShare(record.Amount("tr_copper_share") ?? 0, record.Amount("tr_reactive_times") ?? 0);
        var loss = new TransformerLoss(record.Amount("tr_iron_kw") ?? 0, record.Amount("tr_iron_kvar") ?? 0, copper) { Decimals = record.Whole("decimals") ?? 0 };
        var (kwh, kvarh) = loss.Of(metered.Total, metered.Kvarh ?? 0, record.Amount("tr_hours") ?? days * 24);
        return (given.Item1 + kwh, given.Item2 + kvarh);
    }

    /// <summary>The usage of a period: what was metered and what the price depends on.</summary>
    public static Usage Usage(UsageRecord record, DateOnly from, DateOnly to, Metered metered)
    {
        var heading = record.Heading;
        var household = heading.HasHousehold ? new Household(0, record.Text("free_quota"), record.Flag("combined"), record.Flag("chooses_combined"), record.Whole("larger_months")) : default;
        var persons = heading.HasHousehold ? record.Spans("persons", from, to) : [];
        var isOne = persons.Count == 0 || persons.Count == 1 && persons[0].From <= from && persons[0].To >= to;
        return new()
        {
            From = from,
            To = to,
            Kwh = metered.Kwh,
            ByBand = metered.ByBand,
            FeedInKwh = metered.FeedIn,
            YearToDateKwh = record.Number("ytd") ?? 0,
            CountedByCharge = record.Heading.HasAny("ytd.") ? record.Under("ytd.").ToDictionary(c => c.Name, c => record.Number(c.Column) ?? 0) : null,
            MonthToDateKwh = record.Number("mtd") ?? 0,
            Months = record.Amount("months") ?? 0,
            YearMonths = record.Amount("year_months") ?? 0,
            BasePrice = record.Number("base_price"),
            Household = household with { Persons = isOne && persons.Count > 0 ? (int)persons[0].Value : 0 },
            Households = isOne ? null : [.. persons.Select(s => new HouseholdSpan(s.From, s.To, household with { Persons = (int)s.Value }))],
            Prices = record.Heading.HasAny("price.") ? Prices(record) : null,
            Parts = record.Heading.HasAny("part.") ? Parts(record) : null,
            Power = Power(record, from, to, metered),
        };
    }

    /// <summary>Columns price.CODE and price.CODE.BAND.</summary>
    static Dictionary<string, BandPrices>? Prices(UsageRecord record)
    {
        Dictionary<string, BandPrices>? prices = null;
        foreach (var (name, column) in record.Under("price."))
        {
            if (record.Number(column) is not { } value) continue;
            var parts = name.Split('.');
            prices ??= [];
            var before = prices.GetValueOrDefault(parts[0]) ?? new(null);
            prices[parts[0]] = parts.ElementAtOrDefault(1) switch
            {
                null => before with { Whole = value },
                "sharp" => before with { Sharp = value },
                "peak" => before with { Peak = value },
                "flat" => before with { Flat = value },
                "valley" => before with { Valley = value },
                "deep-valley" => before with { DeepValley = value },
                _ => record.Wrong("usage.unknown_column", before, column),
            };
        }
        return prices;
    }

    /// <summary>Columns part.CODE: 20% is a share, 100 a fixed quantity a month, rest the rest.</summary>
    static Dictionary<string, SplitPart> Parts(UsageRecord record)
    {
        var parts = new Dictionary<string, SplitPart>();
        foreach (var (code, column) in record.Under("part."))
        {
            var text = record.Text(column)!;
            var isShare = text.EndsWith('%');
            if (text == "rest") parts[code] = default;
            else if (decimal.TryParse(text.TrimEnd('%'), System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var value)) parts[code] = isShare ? new(null, value / 100) : new(value, null);
            else record.Wrong("usage.not_a_part", 0, column, text);
        }
        return parts;
    }

    static PowerFacts? Power(UsageRecord record, DateOnly from, DateOnly to, Metered metered)
    {
        var hasMetered = metered.Kvarh is not null || metered.MaxKw is not null || metered.MaxKwByBand is not null || metered.FeedInByBand is not null || metered.Generation != 0;
        if (!hasMetered && (!record.Heading.HasPower || !PowerColumns.Any(record.Has))) return null;
        return new()
        {
            Mode = record.Word("demand_mode", BasicMode.Capacity),
            Capacity = record.Spans("capacity_kva", from, to),
            ContractDemand = record.Spans("contract_kw", from, to),
            MaxDemandKw = metered.MaxKw,
            MaxDemandByBand = metered.MaxKwByBand,
            Kvarh = metered.Kvarh,
            FeedInByBand = metered.FeedInByBand,
            GenerationKwh = metered.Generation,
            HighestKwBefore = record.Amount("highest_kw_before") ?? 0,
            PowerFactorStandard = record.Number("pf_standard"),
        };
    }
}
