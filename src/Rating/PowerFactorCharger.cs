using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>Raises or lowers the covered charges by the customer's power factor.</summary>
sealed class PowerFactorCharger(PowerFactorCharge charge, TariffVersion version) : ICharger
{
    readonly LineSource source = new(LineKind.PowerFactor, charge.Code, charge.Name, 0, Band.Whole, null, "yuan", version.Notice, version.From);
    readonly Covered covers = new(charge.Covers, charge.CoveredBy);

    public Finding? Rate(in Usage usage, LineBuffer lines, int first)
    {
        if (usage.Power?.Kvarh is not { } kvarh || usage.TotalKwh == 0 && kvarh == 0) return null;
        var standard = usage.Power.PowerFactorStandard ?? charge.Standard;
        var table = charge.Tables.FirstOrDefault(t => t.Standard == standard);
        if (table is null) return new("power.powerFactorStandard", "usage.power_factor_standard_unknown", standard);
        var covered = covers.Sum(lines, first) - charge.LessYuanPerKwh * usage.TotalKwh;
        var cos = PowerFactor.Of(usage.TotalKwh, kvarh, charge.CosRounding);
        var percent = PowerFactor.Percent(cos, table);
        lines.Add(source, null, null, covered, percent / 100, covered * percent / 100,
            [new("power_factor.cos", cos), new("power_factor.standard", standard), new("power_factor.percent", percent, "%"), new("power_factor.covered", covered, "yuan")]);
        return null;
    }
}

/// <summary>The power factor and what it costs.</summary>
/// <remarks>Source: 功率因数调整电费办法 (83)水电财字第215号.</remarks>
public static class PowerFactor
{
    /// <summary>cos φ = Wp / √(Wp² + Wq²), to two decimals; 1 without reactive energy, 0 without active. Exact: no root is taken.</summary>
    /// <param name="kwh">Active energy, 0 or more.</param>
    /// <param name="kvarh">Reactive energy; its sign does not matter.</param>
    /// <param name="rounding">Half up, or cut.</param>
    public static decimal Of(decimal kwh, decimal kvarh, PowerFactorRounding rounding = PowerFactorRounding.HalfUp)
    {
        if (kwh <= 0) return kvarh == 0 ? 1 : 0;
        // Scaled to at most 1, so that squares neither overflow nor lose digits that matter.
        var most = Math.Max(kwh, Math.Abs(kvarh));
        var active = kwh / most * (kwh / most);
        var apparent = active + kvarh / most * (kvarh / most);
        for (var hundredths = 100; hundredths > 0; hundredths--)
        {
            var edge = rounding == PowerFactorRounding.HalfUp ? (2 * hundredths - 1) / 200m : hundredths / 100m;
            if (active >= edge * edge * apparent) return hundredths / 100m;
        }
        return 0;
    }

    /// <summary>Percent added to the bill, negative when the customer is better than the standard.</summary>
    public static decimal Percent(decimal cos, PowerFactorTable table)
    {
        decimal percent = 0;
        if (cos >= table.Standard)
        {
            var from = table.Standard;
            foreach (var step in table.Bonus)
            {
                var to = Math.Min(cos, step.UpTo ?? cos);
                if (to > from) percent += (to - from) * 100 * step.PercentPerPoint;
                from = Math.Max(from, to);
            }
            return -Math.Min(percent, table.BonusMax);
        }
        var points = (table.Standard - cos) * 100;
        foreach (var step in table.Penalty)
        {
            var taken = Math.Min(points, step.Points ?? points);
            percent += taken * step.PercentPerPoint;
            points -= taken;
        }
        return percent;
    }
}
