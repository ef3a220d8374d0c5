namespace OpenHall.Rating;

/// <summary>What one account used in one period, and the facts its price depends on. A plain value: making one allocates nothing.</summary>
public readonly record struct Usage
{
    public Usage() { }

    /// <summary>First day of the period.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day of the period, included.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Energy of the period; negative when an estimate is settled. Ignored when <see cref="ByBand"/> is given.</summary>
    public decimal Kwh { get; init; }

    /// <summary>Energy by band; needed by time-of-use tariffs.</summary>
    public KwhByBand? ByBand { get; init; }

    /// <summary>Energy of the same tier year already counted in earlier bills (sum of <see cref="RatedBill.CountedKwh"/>).</summary>
    public decimal YearToDateKwh { get; init; }

    /// <summary>Energy of the same month or reading cycle already counted, when the month is billed in parts.</summary>
    public decimal MonthToDateKwh { get; init; }

    /// <summary>Months that the period stands for (tier limits, free quota, minimum); 0: worked out from the dates.</summary>
    public decimal Months { get; init; }

    /// <summary>Months of the tier year in which the account exists (moved in or out during the year): yearly limits are that many twelfths; 0: all twelve.</summary>
    public decimal YearMonths { get; init; }

    /// <summary>Counted before by each energy charge, by its code, where a tariff has several that climb yearly tiers of their own; otherwise <see cref="YearToDateKwh"/> holds.</summary>
    public IReadOnlyDictionary<string, decimal>? CountedByCharge { get; init; }

    public Household Household { get; init; }

    /// <summary>The household's facts when they change inside the period; then <see cref="Household"/> holds for days without a span.</summary>
    public IReadOnlyList<HouseholdSpan>? Households { get; init; }

    /// <summary>定比定量 of this customer, by code of the energy charge, where the tariff leaves them to the contract.</summary>
    public IReadOnlyDictionary<string, SplitPart>? Parts { get; init; }

    /// <summary>Yuan per kWh that the tariff's prices add to, for tariffs that publish only steps.</summary>
    public decimal? BasePrice { get; init; }

    /// <summary>Prices that the usage brings, by code of the charge: a customer's own market price, this month's line loss.</summary>
    public IReadOnlyDictionary<string, BandPrices>? Prices { get; init; }

    /// <summary>Load curve; energy by band and the greatest demand come from it. <see cref="Kwh"/> and <see cref="ByBand"/> are then ignored.</summary>
    public IntervalSeries? Intervals { get; init; }

    /// <summary>Capacity, demand and reactive energy of commercial supply.</summary>
    public PowerFacts? Power { get; init; }

    /// <summary>Energy given to the grid (上网电量), kWh, 0 or more.</summary>
    public decimal FeedInKwh { get; init; }

    /// <summary>Greatest demand found in <see cref="Intervals"/>.</summary>
    internal decimal? CurveMaxKw { get; init; }

    internal KwhByBand? CurveMaxKwByBand { get; init; }

    internal decimal? MaxKw => Power?.MaxDemandKw ?? CurveMaxKw;

    /// <summary>The energy of some bands only.</summary>
    internal Usage Only(IReadOnlyList<Band> bands)
    {
        decimal sum = 0;
        foreach (var band in bands) sum += ByBand!.Value[band];
        return this with { ByBand = null, Kwh = sum };
    }

    /// <summary>Months of this part of a period cut by a change of price; 0: not cut.</summary>
    internal decimal FlatMonths { get; init; }

    /// <summary>Months for which monthly amounts are due.</summary>
    internal decimal MonthsCharged => MonthsBy(PartMonth.Days);

    internal decimal MonthsBy(PartMonth part) => FlatMonths > 0 ? FlatMonths : Months > 0 ? Months : Rating.Months.Between(From, To, part);

    public decimal TotalKwh => ByBand?.Total ?? Kwh;
}

/// <summary>Facts of a household from one day to another, both included.</summary>
public sealed record HouseholdSpan(DateOnly From, DateOnly To, Household Household);

/// <summary>Facts of a household.</summary>
/// <param name="Persons">Registered persons; 0: nothing claimed.</param>
/// <param name="FreeQuota">Kind of free quota granted (<see cref="FreeQuota.Kind"/>), or null.</param>
/// <param name="IsCombinedMeter">合表: several households behind one meter.</param>
/// <param name="ChoosesCombinedPrice">A larger household that may choose the combined price did so.</param>
/// <param name="LargerMonths">Months of the tier year in which it counts as larger, 0–12; null: all. Yearly tiers only.</param>
public readonly record struct Household(int Persons = 0, string? FreeQuota = null, bool IsCombinedMeter = false,
    bool ChoosesCombinedPrice = false, int? LargerMonths = null);
