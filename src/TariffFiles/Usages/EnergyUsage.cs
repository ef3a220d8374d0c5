using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>One bill's energy as a file gives it.</summary>
/// <param name="Record">First record of the bill; its facts hold.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Metered">As the meters counted, corrections included.</param>
sealed record EnergyRow(UsageRecord Record, DateOnly From, DateOnly To, Metered Metered)
{
    public string Account => Record.Account;

    public int Line => Record.Line;

    /// <summary>Load curve instead of energy.</summary>
    public IntervalSeries? Curve { get; init; }

    public IntervalSeries? FeedInCurve { get; init; }

    /// <summary>The tariff where the record of the facts is not that of the usage.</summary>
    public string? Tariff { get; init; }
}

/// <summary>Energy by registers (a row a bill) or by readings (a row a register).</summary>
static class EnergyUsage
{
    public static readonly string[] RegisterColumns =
        ["kwh", "sharp", "peak", "flat", "valley", "deep-valley", "kvarh", "max_kw", "feed_in", "generation", "parent", "replaces", .. UsageFacts.Columns];

    public static readonly string[] ReadingColumns = ["register", "start", "end", "multiplier", "digits", "reversed", "read", "parent", "replaces", "kvarh", "max_kw", "feed_in", "generation", .. UsageFacts.Columns];

    public static readonly string[] RegisterPrefixes = ["max_kw.", "feed_in.", .. UsageFacts.Prefixes];

    public static List<EnergyRow> Registers(IReadOnlyList<UsageRecord> records)
    {
        var rows = new List<EnergyRow>(records.Count);
        foreach (var record in records)
        {
            if (Begin(record) is not { } period) continue;
            var byBand = record.Heading.HasBands ? UsageFacts.Bands(record, "") : null;
            if (byBand is null && !record.Has("kwh")) { record.Wrong("usage.no_energy", 0); continue; }
            var fed = record.Heading.HasAny("feed_in.") ? UsageFacts.Bands(record, "feed_in.") : null;
            var metered = new Metered
            {
                Kwh = record.Number("kwh") ?? 0,
                ByBand = byBand,
                Kvarh = record.Number("kvarh"),
                MaxKw = record.Amount("max_kw"),
                MaxKwByBand = record.Heading.HasAny("max_kw.") ? UsageFacts.Bands(record, "max_kw.") : null,
                FeedIn = fed?.Total ?? record.Amount("feed_in") ?? 0,
                FeedInByBand = fed,
                Generation = record.Amount("generation") ?? 0,
            };
            rows.Add(Corrected(record, period, metered));
        }
        return rows;
    }

    /// <summary>Rows of one account and period are registers of the same bill; two of one register are a replaced meter.</summary>
    public static List<EnergyRow> Readings(IReadOnlyList<UsageRecord> records)
    {
        var rows = new List<EnergyRow>();
        var estimated = new HashSet<(string Account, string Register)>();
        foreach (var group in records.GroupBy(r => (r.Account, r.Text("from"), r.Text("to"))))
        {
            var first = group.First();
            if (Begin(first) is not { } period) continue;
            var sums = new Dictionary<string, decimal>();
            foreach (var record in group) Add(record, sums, estimated);
            foreach (var record in group)
                if (record.Text("read") == "estimated") estimated.Add((record.Account, record.Text("register") ?? "total"));
                else estimated.Remove((record.Account, record.Text("register") ?? "total"));
            rows.Add(Corrected(first, period, new()
            {
                Kwh = sums.GetValueOrDefault("total"),
                ByBand = Bands(sums, ""),
                Kvarh = sums.TryGetValue("reactive", out var kvarh) | sums.TryGetValue("reactive-reverse", out var back) ? Math.Abs(kvarh) + Math.Abs(back) : first.Number("kvarh"),
                MaxKw = sums.TryGetValue("demand", out var kw) ? kw : first.Amount("max_kw"),
                MaxKwByBand = Bands(sums, "demand."),
                FeedIn = Bands(sums, "feed-in.")?.Total ?? (sums.TryGetValue("feed-in", out var fed) ? fed : first.Amount("feed_in") ?? 0),
                FeedInByBand = Bands(sums, "feed-in."),
                Generation = sums.TryGetValue("generation", out var made) ? made : first.Amount("generation") ?? 0,
            }));
        }
        return rows;
    }

    static void Add(UsageRecord record, Dictionary<string, decimal> sums, HashSet<(string, string)> estimated)
    {
        var register = record.Text("register") ?? "total";
        if (record.Text("read") is not (null or "actual" or "estimated")) record.Wrong("usage.not_one_of", 0, "read", record.Text("read")!, "actual, estimated");
        if (!IsRegister(register)) { record.Wrong("usage.unknown_register", 0, register); return; }
        if (record.Number("start") is not { } start || record.Number("end") is not { } end) { record.Wrong("usage.no_reading", 0); return; }
        // A fall is a roll-over where the register has digits, energy given back otherwise; after an estimate it is always the latter.
        var digits = estimated.Contains((record.Account, register)) ? 0 : record.Whole("digits") ?? 0;
        var isDemand = register.StartsWith("demand", StringComparison.Ordinal);
        var span = new RegisterSpan(start, end, record.Number("multiplier") ?? 1, digits) { IsReversed = record.Flag("reversed") };
        sums[register] = isDemand ? Math.Max(span.End * span.Multiplier, sums.GetValueOrDefault(register)) : sums.GetValueOrDefault(register) + Metering.Energy(span);
    }

    static bool IsRegister(string name) => name is "total" or "reactive" or "reactive-reverse" or "demand" or "feed-in" or "generation" || UsageFacts.IsBand(name)
        || name.Split('.') is ["demand" or "feed-in", var band] && UsageFacts.IsBand(band);

    static KwhByBand? Bands(Dictionary<string, decimal> sums, string prefix)
    {
        decimal Of(string band) => sums.GetValueOrDefault(prefix + band);
        return sums.Keys.Any(k => k.StartsWith(prefix, StringComparison.Ordinal) && UsageFacts.IsBand(k[prefix.Length..]))
            ? new KwhByBand(Of("sharp"), Of("peak"), Of("flat"), Of("valley"), Of("deep-valley")) : null;
    }

    static (DateOnly From, DateOnly To)? Begin(UsageRecord record) => record.Has("account") ? record.Period() : record.Wrong<(DateOnly, DateOnly)?>("usage.no_account", null);

    static EnergyRow Corrected(UsageRecord record, (DateOnly From, DateOnly To) period, Metered metered) =>
        new(record, period.From, period.To, UsageFacts.Corrected(record, metered, period.To.DayNumber - period.From.DayNumber + 1));

    /// <summary>总表减子表: what meters behind another counted in the same period is taken off it, as they counted it themselves.</summary>
    public static List<EnergyRow> LessChildren(List<EnergyRow> rows)
    {
        if (rows.Count == 0 || !rows[0].Record.HasColumn("parent")) return rows;
        var children = rows.Where(r => r.Record.Has("parent")).ToLookup(r => (r.Record.Text("parent")!, r.From, r.To));
        var accounts = rows.Select(r => (r.Account, r.From, r.To)).ToHashSet();
        foreach (var orphans in children)
            if (!accounts.Contains(orphans.Key)) orphans.First().Record.Wrong("usage.parent_unknown", 0, orphans.Key.Item1);
        return [.. rows.Select(r => r with { Metered = children[(r.Account, r.From, r.To)].Aggregate(r.Metered, (left, child) => left.Less(child.Metered)) })];
    }
}
