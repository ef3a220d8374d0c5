using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>One version, its charges made ready.</summary>
sealed class CompiledVersion
{
    readonly ICharger[] chargers;
    readonly TouTable? hours;

    public CompiledVersion(Tariff tariff, TariffVersion version)
    {
        Version = version;
        hours = version.TimeOfUse is { } tou ? new TouTable(tou) : null;
        chargers = [.. version.Charges.Select(charge => Ready(charge, version))];
    }

    public TariffVersion Version { get; }

    /// <returns>What forbids rating, or null.</returns>
    public Finding? Rate(in Usage usage, LineBuffer lines)
    {
        var first = lines.Count;
        if (usage.Intervals is not { } series) return Charge(usage, lines, first);
        var (byBand, total, maxKw, missing) = series.Fold(usage.From, usage.To, hours);
        if (missing > 0) return new("intervals", "usage.intervals_missing", missing, usage.From, usage.To);
        return Charge(usage with { ByBand = hours is null ? null : byBand, Kwh = total, IntervalMaxKw = maxKw }, lines, first);
    }

    Finding? Charge(in Usage usage, LineBuffer lines, int first)
    {
        foreach (var charger in chargers)
            if (charger.Rate(usage, lines, first) is { } wrong) return wrong;
        return null;
    }

    static ICharger Ready(Charge charge, TariffVersion version) => charge switch
    {
        EnergyCharge energy => new EnergyCharger(energy, version),
        FixedCharge amount => new FixedCharger(amount, version),
        ComponentCharge component => new ComponentCharger(component, version),
        BasicCharge basic => new BasicCharger(basic, version),
        PowerFactorCharge factor => new PowerFactorCharger(factor, version),
        MinimumCharge minimum => new MinimumCharger(minimum, version),
        _ => throw new NotSupportedException(charge.GetType().Name),
    };
}

/// <summary>A charge made ready: adds its lines after <c>first</c>, the first line of this version's part of the bill.</summary>
interface ICharger
{
    Finding? Rate(in Usage usage, LineBuffer lines, int first);
}
