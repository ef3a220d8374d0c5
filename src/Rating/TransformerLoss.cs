namespace OpenHall.Rating;

/// <summary>变压器损耗 of customers supplied at high and metered at low voltage: added to what the meter counted.</summary>
/// <param name="IronKw">No-load loss P0, kW; it runs all hours.</param>
/// <param name="IronKvar">No-load reactive loss Q0, kvar.</param>
/// <param name="Copper">How the load loss is found.</param>
public sealed record TransformerLoss(decimal IronKw, decimal IronKvar, CopperLoss Copper)
{
    /// <summary>Decimals of the losses; null: exact.</summary>
    public int? Decimals { get; init; } = 0;

    /// <summary>Active and reactive loss of a period.</summary>
    /// <param name="kwh">Metered active energy.</param>
    /// <param name="kvarh">Metered reactive energy.</param>
    /// <param name="hours">Hours in operation (720 for a month by convention, or the real hours).</param>
    public (decimal Kwh, decimal Kvarh) Of(decimal kwh, decimal kvarh, decimal hours)
    {
        var (active, reactive) = Copper.Of(kwh, kvarh, hours);
        return (Rounded(IronKw * hours + active), Rounded(IronKvar * hours + reactive));
    }

    decimal Rounded(decimal value) => Decimals is { } places ? decimal.Round(value, places, MidpointRounding.AwayFromZero) : value;
}

/// <summary>Load loss of a transformer.</summary>
public abstract record CopperLoss
{
    /// <summary>Active and reactive load loss of a period.</summary>
    public abstract (decimal Kwh, decimal Kvarh) Of(decimal kwh, decimal kvarh, decimal hours);
}

/// <summary>By agreed shares: active loss = share × metered energy, reactive loss = K × active loss.</summary>
public sealed record CopperByShare(decimal Share, decimal ReactiveTimes) : CopperLoss
{
    /// <inheritdoc/>
    public override (decimal Kwh, decimal Kvarh) Of(decimal kwh, decimal kvarh, decimal hours) => (Share * kwh, ReactiveTimes * Share * kwh);
}

/// <summary>By formula: load loss = K × Pk × (Wp² + Wq²) / (S² × hours), the reactive with Qk in place of Pk.</summary>
/// <param name="RatedKva">S.</param>
/// <param name="LoadKw">Pk at rated load.</param>
/// <param name="LoadKvar">Qk at rated load.</param>
/// <param name="Shape">K of the load's shape, 1 for an even load.</param>
public sealed record CopperByFormula(decimal RatedKva, decimal LoadKw, decimal LoadKvar, decimal Shape) : CopperLoss
{
    /// <inheritdoc/>
    public override (decimal Kwh, decimal Kvarh) Of(decimal kwh, decimal kvarh, decimal hours)
    {
        if (hours == 0) return (0, 0);
        var load = Shape * (kwh * kwh + kvarh * kvarh) / (RatedKva * RatedKva * hours);
        return (load * LoadKw, load * LoadKvar);
    }
}
