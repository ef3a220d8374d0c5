namespace OpenHall.Rating;

/// <summary>A component with its own line: line loss, transmission and distribution, system operation, funds and surcharges.</summary>
public sealed record ComponentCharge : Charge
{
    /// <summary>Yuan per unit; null: from <see cref="Table"/>, or with the usage under the charge's code.</summary>
    public BandPrices? Price { get; init; }

    public PriceTable? Table { get; init; }

    /// <summary>Factors by band on the price for any hour; null: the same at any hour.</summary>
    public BandPrices? Factors { get; init; }

    public ComponentUnit Per { get; init; } = ComponentUnit.Kwh;

    /// <summary>A discount or refund: its line is a <see cref="LineKind.Discount"/>.</summary>
    public bool IsDiscount { get; init; }
}

public enum ComponentUnit
{
    Kwh,
    Kvarh,

    /// <summary>Energy given to the grid, paid to the customer: its quantity is negative.</summary>
    FeedIn,

    /// <summary>Days of the period.</summary>
    Day,
}

/// <summary>A price on the greatest demand, for any hour or by band, with tiers of kW if it has them.</summary>
public sealed record DemandCharge : Charge
{
    /// <summary>Yuan per kW and month by season; limits in kW.</summary>
    public required IReadOnlyList<SeasonTiers> Seasons { get; init; }

    /// <summary>At least this share of the greatest demand of earlier months (<see cref="PowerFacts.HighestKwBefore"/>); 0: none.</summary>
    public decimal RatchetShare { get; init; }
}

/// <summary>基本电费 of the two-part price: by capacity or by demand, as the customer chose.</summary>
public sealed record BasicCharge : Charge
{
    public decimal YuanPerKvaMonth { get; init; }

    public decimal YuanPerKwMonth { get; init; }

    /// <summary>A part of a month is days / divisor.</summary>
    public DayDivisor Divisor { get; init; } = DayDivisor.Thirty;

    /// <summary>Contract demand: up to this share of the contract the contract is billed (1.05).</summary>
    public decimal OverLimit { get; init; } = 1.05m;

    /// <summary>Contract demand exceeded: what is billed at the plain price.</summary>
    public DemandBase OverBase { get; init; } = DemandBase.Contract;

    /// <summary>Contract demand exceeded: from where on the demand costs more.</summary>
    public DemandBase OverFrom { get; init; } = DemandBase.Limit;

    /// <summary>How many times the price the excess costs.</summary>
    public decimal OverFactor { get; init; } = 2;

    /// <summary>Demand billed is at least this share of the capacity (0.4); 0: no floor.</summary>
    public decimal FloorShareOfCapacity { get; init; }

    public LoadDiscount? LoadDiscount { get; init; }
}

public enum DayDivisor
{
    /// <summary>30, whatever the month.</summary>
    Thirty,

    /// <summary>The days of the period.</summary>
    DaysOfPeriod,
}

public enum DemandBase { Contract, Limit }

/// <summary>Demand customers with a high load pay less.</summary>
/// <param name="KwhPerKvaMonth">Energy per kVA of capacity and month from which it holds (260).</param>
/// <param name="Factor">Factor on the demand charge (0.9).</param>
public sealed record LoadDiscount(decimal KwhPerKvaMonth, decimal Factor);

/// <summary>功率因数调整电费.</summary>
/// <remarks>Rule: 功率因数调整电费办法 (83)水电财字第215号.</remarks>
public sealed record PowerFactorCharge : Charge
{
    /// <summary>Standard unless the usage names another.</summary>
    public required decimal Standard { get; init; }

    public required IReadOnlyList<PowerFactorTable> Tables { get; init; }

    /// <summary>Codes of the charges that it raises or lowers.</summary>
    public required IReadOnlyList<string> Covers { get; init; }

    /// <summary>Yuan per kWh that an all-in energy price contains and the adjustment leaves out (government funds).</summary>
    public decimal LessYuanPerKwh { get; init; }
}

/// <summary>A share of other charges: a tax on top, a discount, a surcharge.</summary>
public sealed record PercentCharge : Charge
{
    /// <summary>Percent; negative for a discount.</summary>
    public required decimal Percent { get; init; }

    /// <summary>Codes of the charges above that it is taken of.</summary>
    public required IReadOnlyList<string> Covers { get; init; }
}

/// <summary>Percent by points, a point being 0.01 of cos φ.</summary>
/// <param name="Standard">0.90, 0.85, 0.80.</param>
/// <param name="Bonus">Rising by <see cref="BonusStep.UpTo"/>, from the standard on.</param>
/// <param name="BonusMax">Greatest bonus in percent.</param>
/// <param name="Penalty">In order, from the standard down; the last without a number of points.</param>
public sealed record PowerFactorTable(decimal Standard, IReadOnlyList<BonusStep> Bonus, decimal BonusMax, IReadOnlyList<PenaltyStep> Penalty);

/// <param name="UpTo">cos φ up to which it holds; null: no end.</param>
/// <param name="PercentPerPoint">Percent off for each point.</param>
public sealed record BonusStep(decimal? UpTo, decimal PercentPerPoint);

/// <param name="Points">Number of points for which it holds; null: all further ones.</param>
/// <param name="PercentPerPoint">Percent added for each point.</param>
public sealed record PenaltyStep(decimal? Points, decimal PercentPerPoint);
