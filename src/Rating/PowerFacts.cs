namespace OpenHall.Rating;

/// <summary>Facts of commercial and industrial supply, and of own generation, in one period.</summary>
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

    /// <summary>Energy given to the grid by band, where its price depends on the hour; <see cref="Usage.FeedInKwh"/> is then not looked at.</summary>
    public KwhByBand? FeedInByBand { get; init; }

    /// <summary>Load curve of the energy given to the grid; taken by band and before the two above.</summary>
    public IntervalSeries? FeedInIntervals { get; init; }

    /// <summary>All energy that the customer's own plant made (发电量), kWh.</summary>
    public decimal GenerationKwh { get; init; }

    /// <summary>Standard that the customer is held to (0.90, 0.85, 0.80); null: the tariff's.</summary>
    public decimal? PowerFactorStandard { get; init; }

    /// <summary>Capacity by days, kVA; days without a span have none.</summary>
    internal decimal MeanCapacity(DateOnly from, DateOnly to)
    {
        decimal sum = 0;
        foreach (var span in Capacity)
        {
            var first = Math.Max(span.From.DayNumber, from.DayNumber);
            var last = Math.Min(span.To.DayNumber, to.DayNumber);
            if (last >= first) sum += span.Value * (last - first + 1);
        }
        return sum / (to.DayNumber - from.DayNumber + 1);
    }
}

/// <summary>按容量, 按合同最大需量, 按实际最大需量.</summary>
public enum BasicMode { Capacity, ContractDemand, ActualDemand }

/// <summary>A value that holds from one day to another, both included.</summary>
public readonly record struct PowerSpan(DateOnly From, DateOnly To, decimal Value);
