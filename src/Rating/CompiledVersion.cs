using System.Runtime.CompilerServices;
using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>One version, its charges made ready.</summary>
sealed class CompiledVersion
{
    readonly ICharger[] chargers;
    readonly EnergyParts? parts;
    readonly TouTable? hours;
    readonly bool[] cutsBefore = new bool[13];
    readonly bool hasCuts;

    public CompiledVersion(Tariff tariff, TariffVersion version)
    {
        Version = version;
        hours = version.TimeOfUse is { } tou ? new TouTable(tou) : null;
        var energies = version.Charges.OfType<EnergyCharge>().ToList();
        BreaksYear = energies.Any(e => e.YearBreak == YearBreak.Days);
        for (var month = 1; month <= 12; month++)
            cutsBefore[month] = energies.Any(e => e.SeasonBy == MonthOf.Days && SeasonIn(e, month) != SeasonIn(e, month == 1 ? 12 : month - 1));
        if (version.TablesBy == MonthOf.Days && version.Charges.Any(c => c is ComponentCharge { Table: not null } or EnergyCharge { BaseTable: not null })) Array.Fill(cutsBefore, true, 1, 12);
        parts = EnergyParts.Of(version);
        hasCuts = BreaksYear || cutsBefore.Contains(true);
        chargers = [.. version.Charges.Select(charge => Ready(charge, version))];
    }

    public TariffVersion Version { get; }

    /// <summary>A period over New Year is divided there and the tiers begin anew.</summary>
    public bool BreaksYear { get; }

    public bool HasOwnTiers => Version.Charges.OfType<EnergyCharge>().Count(e => e.Cycle == TierCycle.Year && e.Seasons.Any(s => s.Tiers.Count > 1)) > 1;

    /// <summary>Greatest demand of a load curve.</summary>
    public decimal MaxKwOf(IntervalSeries series, DateOnly from, DateOnly to) => series.Fold(from, to, null, Version.DemandMinutes).MaxKw;

    /// <summary>First day after <paramref name="from"/>, up to <paramref name="to"/>, on which another season or tier year begins that divides the period; null: none.</summary>
    public DateOnly? NextCut(DateOnly from, DateOnly to)
    {
        if (!hasCuts) return null;
        for (var day = new DateOnly(from.Year, from.Month, 1).AddMonths(1); day <= to; day = day.AddMonths(1))
            if (cutsBefore[day.Month] || BreaksYear && day.Month == 1) return day;
        return null;
    }

    static SeasonTiers SeasonIn(EnergyCharge energy, int month) => energy.Seasons.First(s => s.Months.Contains(month));

    public IReadOnlyList<TierPicture> Tiers(in Usage usage) => chargers.OfType<EnergyCharger>().FirstOrDefault() is { } energy ? energy.Picture(usage) : [];

    public IReadOnlyList<HoursPicture> Hours(int month, DayKind kind)
    {
        if (hours is null) return [];
        var pictures = new List<HoursPicture>();
        var quarters = hours.Of(month, kind);
        for (int from = 0, q = 1; q <= quarters.Length; q++)
        {
            if (q < quarters.Length && quarters[q] == quarters[from]) continue;
            pictures.Add(new(new(from / 4, from % 4 * 15), new(q / 4 % 24, q % 4 * 15), quarters[from]));
            from = q;
        }
        return pictures;
    }

    /// <returns>What forbids rating, or null.</returns>
    public Finding? Rate(in Usage usage, LineBuffer lines)
    {
        var first = lines.Count;
        return usage.Intervals is { } series ? RateCurve(series, usage, lines, first) : Charge(usage, lines, first);
    }

    /// <summary>Apart, so that the usual bill doesn't pay for clearing a second usage on the stack.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    Finding? RateCurve(IntervalSeries series, in Usage usage, LineBuffer lines, int first)
    {
        var sums = series.Fold(usage.From, usage.To, hours, Version.DemandMinutes);
        if (sums.Missing > 0) return new("intervals", "usage.intervals_missing", sums.Missing, usage.From, usage.To);
        var power = usage.Power;
        if (power?.FeedInIntervals is { } fed) power = FedIn(power, fed.Fold(usage.From, usage.To, hours));
        return Charge(usage with
        {
            ByBand = hours is null ? null : sums.Kwh,
            Kwh = sums.Total,
            CurveMaxKw = sums.MaxKw,
            CurveMaxKwByBand = sums.MaxKwByBand,
            Power = power,
            FeedInKwh = power?.FeedInIntervals is null ? usage.FeedInKwh : power.FeedInByBand!.Value.Total,
        }, lines, first);
    }

    static PowerFacts FedIn(PowerFacts power, CurveSums sums) => power with { FeedInByBand = sums.Kwh.Total == 0 ? new(0, 0, sums.Total, 0, 0) : sums.Kwh };

    Finding? Charge(in Usage usage, LineBuffer lines, int first)
    {
        if (parts is not null) return ChargeParts(usage, lines, first);
        foreach (var charger in chargers)
            if (charger.Rate(usage, lines, first) is { } wrong) return wrong;
        return null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    Finding? ChargeParts(in Usage usage, LineBuffer lines, int first)
    {
        if (parts!.Divide(usage, out var byCharge) is { } missing) return missing;
        for (var i = 0; i < chargers.Length; i++)
        {
            var of = Version.Charges[i] is ComponentCharge { Of: { } code } ? code : Version.Charges[i].Code;
            if (chargers[i].Rate(byCharge.TryGetValue(of, out var part) ? part : usage, lines, first) is { } wrong) return wrong;
        }
        return null;
    }

    static ICharger Ready(Charge charge, TariffVersion version) => charge switch
    {
        EnergyCharge energy => new EnergyCharger(energy, version),
        FixedCharge amount => new FixedCharger(amount, version),
        ComponentCharge component => new ComponentCharger(component, version),
        DemandCharge demand => new DemandCharger(demand, version),
        BasicCharge basic => new BasicCharger(basic, version),
        PowerFactorCharge factor => new PowerFactorCharger(factor, version),
        PercentCharge percent => new PercentCharger(percent, version),
        LoadRateCharge load => new LoadRateCharger(load, version),
        MinimumCharge minimum => new MinimumCharger(minimum, version),
        _ => throw new NotSupportedException(charge.GetType().Name),
    };
}

/// <summary>A charge made ready: adds its lines after <c>first</c>, the first line of this version's part of the bill.</summary>
interface ICharger
{
    Finding? Rate(in Usage usage, LineBuffer lines, int first);
}
