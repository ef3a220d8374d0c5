using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>A fixed amount for each month of the period, parts of a month by days.</summary>
sealed class FixedCharger(FixedCharge charge, TariffVersion version) : ICharger
{
    readonly LineSource source = new(LineKind.Fixed, charge.Code, charge.Name, 0, Band.Whole, null, "month", version.Notice, version.From);

    public Finding? Rate(in Usage usage, LineBuffer lines, int first)
    {
        lines.Add(source, null, null, usage.MonthsCharged, charge.YuanPerMonth);
        return null;
    }
}

/// <summary>Adds what the lines above lack to the minimum; nothing when they reach it.</summary>
sealed class MinimumCharger(MinimumCharge charge, TariffVersion version) : ICharger
{
    readonly LineSource source = new(LineKind.Minimum, charge.Code, charge.Name, 0, Band.Whole, null, "month", version.Notice, version.From);

    public Finding? Rate(in Usage usage, LineBuffer lines, int first)
    {
        decimal sum = 0;
        for (var i = first; i < lines.Count; i++) sum += lines[i].Yuan;
        var minimum = usage.MonthsCharged * charge.YuanPerMonth;
        if (sum >= minimum) return null;
        lines.Add(source, null, null, usage.MonthsCharged, charge.YuanPerMonth, minimum - sum,
            [new("minimum.required", minimum, "yuan"), new("minimum.charged", sum, "yuan")]);
        return null;
    }
}

/// <summary>Percent of the covered lines above.</summary>
sealed class PercentCharger(PercentCharge charge, TariffVersion version) : ICharger
{
    readonly LineSource source = new(charge.Percent < 0 ? LineKind.Discount : LineKind.Component, charge.Code, charge.Name, 0, Band.Whole, null, "yuan", version.Notice, version.From);
    readonly HashSet<string> covers = [.. charge.Covers];

    public Finding? Rate(in Usage usage, LineBuffer lines, int first)
    {
        decimal covered = 0;
        for (var i = first; i < lines.Count; i++)
            if (covers.Contains(lines[i].Source.Charge)) covered += lines[i].Yuan;
        if (covered != 0) lines.Add(source, null, null, covered, charge.Percent / 100);
        return null;
    }
}
