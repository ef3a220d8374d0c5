using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>A tariff in the form that rates: made once, used by any number of threads.</summary>
public sealed class CompiledTariff
{
    readonly CompiledVersion[] versions;

    CompiledTariff(Tariff tariff) => (Tariff, versions) = (tariff, [.. tariff.Versions.Select(v => new CompiledVersion(tariff, v))]);

    /// <summary>The data it was made from.</summary>
    public Tariff Tariff { get; }

    public string Code => Tariff.Code;

    /// <exception cref="ArgumentException">The tariff has findings: <see cref="TariffCheck.Check"/> it first.</exception>
    public static CompiledTariff Compile(Tariff tariff)
    {
        var findings = TariffCheck.Check(tariff);
        return findings.Count == 0 ? new(tariff) : throw new ArgumentException($"{tariff.Code}: {findings[0].Path} {findings[0].Code}", nameof(tariff));
    }

    /// <summary>The version that holds on a day, null before the first.</summary>
    public TariffVersion? VersionOn(DateOnly day) => At(day)?.Version;

    /// <summary>Rates one period; a change of version inside it is treated as the new version says.</summary>
    /// <returns>Rated lines, or findings: usage.period_reversed, tariff.not_yet_valid, usage.bands_missing, usage.base_price_missing,
    /// usage.negative_with_bands, household.free_quota_unknown, household.no_combined_price.</returns>
    public RatedBill Rate(in Usage usage)
    {
        if (usage.To < usage.From) return Failed(new("to", "usage.period_reversed", usage.From, usage.To));
        var last = At(usage.To);
        if (last is null) return Failed(new("to", "tariff.not_yet_valid", Code, usage.To));
        var lines = LineBuffer.Empty();
        Finding? wrong;
        if (last.Version.From <= usage.From || last == versions[0] || last.Version.ChangeOver == ChangeOver.LastDay)
        {
            wrong = last.Rate(usage, lines);
        }
        else if (last.Version.ChangeOver == ChangeOver.FirstDay)
        {
            last = At(usage.From) ?? versions[0];
            wrong = last.Rate(usage, lines);
        }
        else
        {
            wrong = RateInParts(usage, lines);
        }
        return wrong is not null ? Failed(wrong) : lines.ToBill(Code, lines.Round(last.Version.Rounding));
    }

    /// <summary>Divides the usage by days at each change of version; the last part takes the rest, so that nothing is lost.</summary>
    Finding? RateInParts(in Usage usage, LineBuffer lines)
    {
        var rest = usage;
        var days = usage.To.DayNumber - usage.From.DayNumber + 1;
        var months = usage.Months > 0 ? usage.Months : 0;
        for (var i = Array.IndexOf(versions, At(usage.From) ?? versions[0]); ; i++)
        {
            var isLast = i == versions.Length - 1 || versions[i + 1].Version.From > usage.To;
            var part = rest;
            var share = 1m;
            if (!isLast)
            {
                var end = versions[i + 1].Version.From.AddDays(-1);
                var partDays = end.DayNumber - rest.From.DayNumber + 1;
                share = (decimal)partDays / (rest.To.DayNumber - rest.From.DayNumber + 1);
                part = rest with { To = end, Kwh = rest.Kwh * share, ByBand = rest.ByBand * share };
            }
            var byLimits = versions[Math.Min(i + 1, versions.Length - 1)].Version.ChangeOver == ChangeOver.DaysAndLimits || i > 0 && versions[i].Version.ChangeOver == ChangeOver.DaysAndLimits;
            var total = months > 0 ? months : Months.Between(usage.From, usage.To, PartMonth.Days);
            var partShare = (decimal)(part.To.DayNumber - part.From.DayNumber + 1) / days;
            var before = lines.Counted;
            if (versions[i].Rate(part with { Months = byLimits ? total * partShare : total, FlatMonths = total * partShare }, lines) is { } wrong) return wrong;
            if (isLast) return null;
            var counted = lines.Counted - before;
            rest = rest with
            {
                From = part.To.AddDays(1),
                Kwh = rest.Kwh - part.Kwh,
                ByBand = rest.ByBand is { } bands && part.ByBand is { } used ? bands - used : null,
                YearToDateKwh = rest.YearToDateKwh + counted,
                MonthToDateKwh = byLimits ? rest.MonthToDateKwh : rest.MonthToDateKwh + counted,
            };
        }
    }

    CompiledVersion? At(DateOnly day)
    {
        for (var i = versions.Length - 1; i >= 0; i--)
            if (versions[i].Version.From <= day) return versions[i];
        return null;
    }

    RatedBill Failed(Finding finding) => new(Code, Money.Zero, 0, [], [finding]);
}
