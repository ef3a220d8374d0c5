using System.Runtime.CompilerServices;
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
        var first = At(usage.From) ?? versions[0];
        var lines = LineBuffer.Empty();
        var isOneVersion = first == last || last.Version.ChangeOver is ChangeOver.LastDay or ChangeOver.FirstDay;
        var only = !isOneVersion ? null : last.Version.ChangeOver == ChangeOver.FirstDay ? first : last;
        var wrong = only is not null && only.NextCut(usage.From, usage.To) is null ? only.Rate(usage, lines) : RateInParts(usage, only, last, lines);
        return wrong is not null ? Failed(wrong) : lines.ToBill(Code, lines.Round(last.Version.Rounding));
    }

    /// <summary>Calendar year that the usage's year to date belongs to: that of its last day, or of its first where the tariff divides periods at New Year.</summary>
    public int TierYearOf(in Usage usage) => At(usage.To) is { BreaksYear: true } ? usage.From.Year : usage.To.Year;

    /// <summary>The tiers of the first energy charge for a household and period (the usage's energy doesn't matter); empty without tiers.</summary>
    public IReadOnlyList<TierPicture> TiersFor(in Usage usage) => At(usage.To)?.Tiers(usage) ?? [];

    /// <summary>Bands over a day; empty where hours make no difference or only registers know them.</summary>
    public IReadOnlyList<HoursPicture> HoursOn(DateOnly day, DayKind kind) => At(day)?.Hours(day.Month, kind) ?? [];

    /// <summary>Divides the usage by days at each change of version, season or tier year; the last part takes the rest, so that nothing is lost.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    Finding? RateInParts(in Usage usage, CompiledVersion? only, CompiledVersion last, LineBuffer lines)
    {
        var days = usage.To.DayNumber - usage.From.DayNumber + 1;
        var months = usage.Months > 0 ? usage.Months : Months.Between(usage.From, usage.To, PartMonth.Days);
        var dividesLimits = only is null && last.Version.ChangeOver == ChangeOver.DaysAndLimits;
        for (var rest = usage; ;)
        {
            var version = only ?? At(rest.From) ?? versions[0];
            var end = rest.To;
            if (only is null && Array.IndexOf(versions, version) is var at && at < versions.Length - 1 && versions[at + 1].Version.From <= end) end = versions[at + 1].Version.From.AddDays(-1);
            if (version.NextCut(rest.From, end) is { } cut) (end, dividesLimits) = (cut.AddDays(-1), true);
            var part = end == rest.To ? rest : FirstDays(rest, end);
            var partMonths = months * (end.DayNumber - part.From.DayNumber + 1) / days;
            var before = lines.Counted;
            if (version.Rate(part with { Months = dividesLimits ? partMonths : months, FlatMonths = partMonths }, lines) is { } wrong) return wrong;
            if (end == rest.To) return null;
            var counted = lines.Counted - before;
            var isNewYear = version.BreaksYear && end.AddDays(1).Year != end.Year;
            if (isNewYear) lines.Counted = 0;
            rest = rest with
            {
                From = end.AddDays(1),
                Kwh = rest.Kwh - part.Kwh,
                FeedInKwh = rest.FeedInKwh - part.FeedInKwh,
                ByBand = rest.ByBand is { } whole && part.ByBand is { } used ? whole - used : null,
                YearToDateKwh = isNewYear ? 0 : rest.YearToDateKwh + counted,
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
            FeedInKwh = Of(usage.FeedInKwh),
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
