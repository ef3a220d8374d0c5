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
        var dividesLimits = At(usage.To)!.Version.ChangeOver == ChangeOver.DaysAndLimits;
        var days = usage.To.DayNumber - usage.From.DayNumber + 1;
        var months = usage.Months > 0 ? usage.Months : Months.Between(usage.From, usage.To, PartMonth.Days);
        var rest = usage;
        for (var i = Array.IndexOf(versions, At(usage.From) ?? versions[0]); ; i++)
        {
            var isLast = i == versions.Length - 1 || versions[i + 1].Version.From > usage.To;
            var part = isLast ? rest : FirstDays(rest, versions[i + 1].Version.From.AddDays(-1));
            var partMonths = months * (part.To.DayNumber - part.From.DayNumber + 1) / days;
            var before = lines.Counted;
            if (versions[i].Rate(part with { Months = dividesLimits ? partMonths : months, FlatMonths = partMonths }, lines) is { } wrong) return wrong;
            if (isLast) return null;
            var counted = lines.Counted - before;
            rest = rest with
            {
                From = part.To.AddDays(1),
                Kwh = rest.Kwh - part.Kwh,
                ByBand = rest.ByBand is { } whole && part.ByBand is { } used ? whole - used : null,
                YearToDateKwh = rest.YearToDateKwh + counted,
                MonthToDateKwh = dividesLimits ? rest.MonthToDateKwh : rest.MonthToDateKwh + counted,
            };
        }
    }

    /// <summary>The days up to <paramref name="end"/> with their share of the energy, to ten decimals.</summary>
    static Usage FirstDays(in Usage usage, DateOnly end)
    {
        var share = (decimal)(end.DayNumber - usage.From.DayNumber + 1) / (usage.To.DayNumber - usage.From.DayNumber + 1);
        return usage with
        {
            To = end,
            Kwh = Of(usage.Kwh),
            ByBand = usage.ByBand is { } all ? new(Of(all.Sharp), Of(all.Peak), Of(all.Flat), Of(all.Valley), Of(all.DeepValley)) : null,
        };
        decimal Of(decimal kwh) => decimal.Round(kwh * share, 10, MidpointRounding.AwayFromZero);
    }

    CompiledVersion? At(DateOnly day)
    {
        for (var i = versions.Length - 1; i >= 0; i--)
            if (versions[i].Version.From <= day) return versions[i];
        return null;
    }

    RatedBill Failed(Finding finding) => new(Code, Money.Zero, 0, [], [finding]);
}
