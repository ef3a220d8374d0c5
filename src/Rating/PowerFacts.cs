namespace OpenHall.Rating;

/// <summary>Facts of commercial and industrial supply in one period.</summary>
public sealed record PowerFacts
{
    /// <summary>What the customer chose for the two-part price.</summary>
    public BasicMode Mode { get; init; }

    /// <summary>Capacity in kVA over the period; a change, reduction or suspension makes a new span. Days without a span have none.</summary>
    public IReadOnlyList<PowerSpan> Capacity { get; init; } = [];

    /// <summary>Contract demand in kW over the period.</summary>
    public IReadOnlyList<PowerSpan> ContractDemand { get; init; } = [];

    /// <summary>Greatest demand read, kW, multiplier included; null: taken from interval data.</summary>
    public decimal? MaxDemandKw { get; init; }

    /// <summary>Greatest demand by band, kW; null: taken from interval data.</summary>
    public KwhByBand? MaxDemandByBand { get; init; }

    /// <summary>Greatest demand of the months that a ratchet looks back on, kW.</summary>
    public decimal HighestKwBefore { get; init; }

    /// <summary>Reactive energy for the power factor, kvarh; null: no reactive meter, no adjustment.</summary>
    public decimal? Kvarh { get; init; }

    /// <summary>Standard that the customer is held to (0.90, 0.85, 0.80); null: the tariff's.</summary>
    public decimal? PowerFactorStandard { get; init; }
}

/// <summary>按容量, 按合同最大需量, 按实际最大需量.</summary>
public enum BasicMode { Capacity, ContractDemand, ActualDemand }

/// <summary>A value that holds from one day to another, both included.</summary>
public readonly record struct PowerSpan(DateOnly From, DateOnly To, decimal Value);
