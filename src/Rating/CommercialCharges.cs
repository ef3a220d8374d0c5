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

    /// <summary>Code of the energy charge on whose part it stands (定比定量); null: the whole energy.</summary>
    public string? Of { get; init; }

    /// <summary>A discount or refund: its line is a <see cref="LineKind.Discount"/>.</summary>
    public bool IsDiscount { get; init; }
}

public enum ComponentUnit
{
    Kwh,
    Kvarh,

    /// <summary>Energy given to the grid, paid to the customer: its quantity is negative.</summary>
    FeedIn,

    /// <summary>Energy made by the customer's own plant, with a subsidy paid to the customer: its quantity is negative.</summary>
    Generation,

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

    /// <summary>How many months a ratchet looks back.</summary>
    public int RatchetMonths { get; init; } = 11;

    /// <summary>Months whose demand a ratchet looks at; empty: all.</summary>
    public IReadOnlyList<int> RatchetOf { get; init; } = [];

    /// <summary>A part of a month costs its days, or all of it.</summary>
    public PartMonth PartMonth { get; init; } = PartMonth.Days;

    /// <summary>Whether a bill that ended on a day counts for the ratchet of one that ends later.</summary>
    public bool LooksAt(DateOnly before, DateOnly now) =>
        before < now && (now.Year - before.Year) * 12 + now.Month - before.Month <= RatchetMonths && (RatchetOf.Count == 0 || RatchetOf.Contains(before.Month));
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

    /// <summary>A reduction or suspension shorter than so many days is not taken off (15); 0: every day counts.</summary>
    public int LeastDaysOfReduction { get; init; }
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

    /// <summary>Whether it is taken of the exact charges or of their amounts on the bill.</summary>
    public CoveredBy CoveredBy { get; init; }

    /// <summary>Decimals of cos φ, cut or rounded half up.</summary>
    public PowerFactorRounding CosRounding { get; init; }

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

    /// <summary>Whether it is taken of the exact charges or of their amounts on the bill.</summary>
    public CoveredBy CoveredBy { get; init; }
}

public enum CoveredBy
{
    /// <summary>Exact, before rounding.</summary>
    Exact,

    /// <summary>As rounded line by line.</summary>
    Rounded,
}

public enum PowerFactorRounding { HalfUp, Down }

/// <summary>Load-rate discount (负荷率优惠): the better the supply is used, the more percent come off the charges it covers.</summary>
public sealed record LoadRateCharge : Charge
{
    public required LoadMeasure By { get; init; }

    /// <summary>Rising by <see cref="LoadRateStep.From"/>; the highest reached holds.</summary>
    public required IReadOnlyList<LoadRateStep> Steps { get; init; }

    /// <summary>Codes of the charges above that it lowers.</summary>
    public required IReadOnlyList<string> Covers { get; init; }
}

public enum LoadMeasure
{
    /// <summary>Mean power through greatest demand, 0–1.</summary>
    LoadRate,

    /// <summary>kWh for each kVA of capacity and month.</summary>
    KwhPerKva,

    /// <summary>kWh for each kW of the greatest demand and month (hours of use).</summary>
    KwhPerKw,
}

/// <param name="From">From so much on.</param>
/// <param name="Percent">Percent added; negative: off.</param>
public sealed record LoadRateStep(decimal From, decimal Percent);

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
