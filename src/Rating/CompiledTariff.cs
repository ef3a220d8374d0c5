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
        if (last is null || last.Version.Until < usage.To) return Failed(new("to", last is null ? "tariff.not_yet_valid" : "tariff.no_longer_valid", Code, usage.To));
        var first = At(usage.From) ?? versions[0];
        if (usage.Households is not null) return RateHouseholds(usage, first, last);
        var lines = LineBuffer.Empty();
        var only = Only(first, last);
        var wrong = only is not null && only.NextCut(usage.From, usage.To) is null ? only.Rate(usage, lines) : RateInParts(usage, only, last, lines);
        return wrong is not null ? Failed(wrong) : lines.ToBill(Code, last.Version.Rounding);
    }

    /// <summary>The one version that holds for the whole period; null: the period is divided.</summary>
    static CompiledVersion? Only(CompiledVersion first, CompiledVersion last) => first == last || last.Version.ChangeOver == ChangeOver.LastDay ? last
        : last.Version.ChangeOver == ChangeOver.FirstDay ? first : null;

    /// <summary>Apart, so that the usual bill doesn't pay for it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    RatedBill RateHouseholds(in Usage usage, CompiledVersion first, CompiledVersion last)
    {
        if (last.Version.HouseholdBy != MonthOf.Days)
            return Rate(usage with { Households = null, Household = UsageParts.HouseholdOn(usage, last.Version.HouseholdBy == MonthOf.FirstDay ? usage.From : usage.To) });
        var lines = LineBuffer.Empty();
        return RateInParts(usage, Only(first, last), last, lines) is { } wrong ? Failed(wrong) : lines.ToBill(Code, last.Version.Rounding);
    }

    /// <summary>Calendar year that the usage's year to date belongs to: that of its last day, or of its first where the tariff divides periods at New Year.</summary>
    public int TierYearOf(in Usage usage) => At(usage.To) is { BreaksYear: true } ? usage.From.Year : usage.To.Year;

    /// <summary>True where several energy charges climb yearly tiers of their own: <see cref="Usage.CountedByCharge"/> is then what was counted before.</summary>
    public bool HasOwnTiers(DateOnly day) => At(day) is { HasOwnTiers: true };

    /// <summary>The demand charge that looks back on earlier months; null: none.</summary>
    public DemandCharge? RatchetOn(DateOnly day) => At(day)?.Version.Charges.OfType<DemandCharge>().FirstOrDefault(d => d.RatchetShare > 0);

    /// <summary>Greatest demand of a usage, read or from its load curve; null: unknown.</summary>
    public decimal? MaxKwOf(in Usage usage) => usage.MaxKw ?? (usage.Intervals is { } curve && RatchetOn(usage.To) is not null ? At(usage.To)!.MaxKwOf(curve, usage.From, usage.To) : null);

    /// <summary>Months of a tier year in which an account exists, for <see cref="Usage.YearMonths"/>.</summary>
    /// <param name="year">Tier year.</param>
    /// <param name="movedIn">First day; null: before the year.</param>
    /// <param name="movedOut">Last day; null: after it.</param>
    /// <param name="day">Day whose version says how a part of a month counts.</param>
    public decimal MonthsOfYear(int year, DateOnly? movedIn, DateOnly? movedOut, DateOnly day)
    {
        var part = At(day)?.Version.Charges.OfType<EnergyCharge>().FirstOrDefault(e => e.Cycle == TierCycle.Year)?.YearPart ?? YearPart.StartedMonths;
        DateOnly first = new(year, 1, 1), last = new(year, 12, 31);
        var from = movedIn > first ? movedIn.Value : first;
        var to = movedOut < last ? movedOut.Value : last;
        return to < from || part == YearPart.Whole ? 12
            : part == YearPart.StartedMonths ? to.Month - from.Month + 1
            : Months.Between(from, to, PartMonth.Days);
    }

    /// <summary>The tiers of the first energy charge for a household and period (the usage's energy doesn't matter); empty without tiers.</summary>
    public IReadOnlyList<TierPicture> TiersFor(in Usage usage) => At(usage.To)?.Tiers(usage) ?? [];

    /// <summary>Bands over a day; empty where hours make no difference or only registers know them.</summary>
    public IReadOnlyList<HoursPicture> HoursOn(DateOnly day, DayKind kind) => At(day)?.Hours(day.Month, kind) ?? [];

    /// <summary>Divides the usage by days at each change of version, season, tier year or household; the last part takes the rest, so that nothing is lost.</summary>
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
            if (rest.Households is not null && UsageParts.NextHousehold(rest, rest.From, end) is { } other) (end, dividesLimits) = (other.AddDays(-1), true);
            var part = end == rest.To ? rest : UsageParts.FirstDays(rest, end, last.Version.DayDecimals);
            if (rest.Households is not null) part = part with { Household = UsageParts.HouseholdOn(rest, part.From) };
            var partMonths = months * (end.DayNumber - part.From.DayNumber + 1) / days;
            var before = lines.Counted;
            if (version.Rate(part with { Months = dividesLimits ? partMonths : months, FlatMonths = partMonths }, lines) is { } wrong) return wrong;
            if (end == rest.To) return null;
            var counted = lines.Counted - before;
            var isNewYear = version.BreaksYear && end.AddDays(1).Year != end.Year;
            if (isNewYear) lines.Counted = 0;
            rest = UsageParts.Rest(rest, part) with
            {
                YearToDateKwh = isNewYear ? 0 : rest.YearToDateKwh + counted,
                MonthToDateKwh = dividesLimits ? rest.MonthToDateKwh : rest.MonthToDateKwh + counted,
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
