using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>A fixed amount for each month of the period, parts of a month by days.</summary>
sealed class FixedCharger(FixedCharge charge, TariffVersion version) : ICharger
{
    readonly LineSource source = new(LineKind.Fixed, charge.Code, charge.Name, 0, Band.Whole, null, "month", version.Notice, version.From);

    public Finding? Rate(in Usage usage, LineBuffer lines, int first)
    {
        lines.Add(source, null, null, usage.MonthsBy(charge.PartMonth), charge.YuanPerMonth);
        return null;
    }
}

/// <summary>Adds what the covered lines above lack to the minimum; nothing when they reach it.</summary>
sealed class MinimumCharger(MinimumCharge charge, TariffVersion version) : ICharger
{
    readonly LineSource source = new(LineKind.Minimum, charge.Code, charge.Name, 0, Band.Whole, null, "month", version.Notice, version.From);
    readonly Covered covered = new(charge.Covers, CoveredBy.Exact);

    public Finding? Rate(in Usage usage, LineBuffer lines, int first)
    {
        if (charge.YuanPerKvaMonth > 0 && usage.Power is not { Capacity.Count: > 0 }) return new("power.capacity", "usage.capacity_missing");
        var sum = covered.Sum(lines, first);
        var months = usage.MonthsBy(charge.PartMonth);
        var each = charge.YuanPerMonth + (charge.YuanPerKvaMonth > 0 ? charge.YuanPerKvaMonth * usage.Power!.MeanCapacity(usage.From, usage.To) : 0);
        var minimum = months * each;
        if (sum >= minimum) return null;
        lines.Add(source, null, null, months, each, minimum - sum, [new("minimum.required", minimum, "yuan"), new("minimum.charged", sum, "yuan")]);
        return null;
    }
}

/// <summary>Percent of the covered lines above.</summary>
sealed class PercentCharger(PercentCharge charge, TariffVersion version) : ICharger
{
    readonly LineSource source = new(charge.Percent < 0 ? LineKind.Discount : LineKind.Component, charge.Code, charge.Name, 0, Band.Whole, null, "yuan", version.Notice, version.From);
    readonly Covered covered = new(charge.Covers, charge.CoveredBy);

    public Finding? Rate(in Usage usage, LineBuffer lines, int first)
    {
        var sum = covered.Sum(lines, first);
        if (sum != 0) lines.Add(source, null, null, sum, charge.Percent / 100);
        return null;
    }
}

/// <summary>The lines of a bill that a charge rests on.</summary>
/// <param name="codes">Codes of their charges; empty: all.</param>
/// <param name="by">Exact or as rounded.</param>
sealed class Covered(IReadOnlyList<string> codes, CoveredBy by)
{
    readonly HashSet<string> covers = [.. codes];

    public decimal Sum(LineBuffer lines, int first)
    {
        decimal sum = 0;
        for (var i = first; i < lines.Count; i++)
        {
            ref var line = ref lines[i];
            if (covers.Count == 0 || covers.Contains(line.Source.Charge)) sum += by == CoveredBy.Exact ? line.Yuan : line.Amount.Yuan;
        }
        return sum;
    }
}
