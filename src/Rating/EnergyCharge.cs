using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>电度电费: energy by tiers, seasons and bands, with free quota, larger households and combined meters.</summary>
public sealed record EnergyCharge : Charge
{
    public TierCycle Cycle { get; init; } = TierCycle.Month;

    /// <summary>Longest reading cycle in months, for <see cref="TierCycle.Reading"/>; further months give no further tiers.</summary>
    public int MaxMonths { get; init; } = 12;

    /// <summary>How limits count for a part of a month (move-in, move-out).</summary>
    public PartMonth PartMonth { get; init; } = PartMonth.Days;

    /// <summary>Which month a period over two months belongs to, for seasons.</summary>
    public MonthOf SeasonBy { get; init; } = MonthOf.LastDay;

    public YearBreak YearBreak { get; init; }

    /// <summary>Yearly limits of who moved in or out during the year.</summary>
    public YearPart YearPart { get; init; }

    /// <summary>Only the energy of these bands, taken together; empty: all energy. Several energy charges may stand side by side.</summary>
    public IReadOnlyList<Band> Bands { get; init; } = [];

    /// <summary>Limits are kWh for each kW of the greatest demand (hours of use).</summary>
    public bool LimitsPerKw { get; init; }

    /// <summary>Decimals of kWh to which limits of a part of a month or year are rounded; null: exact.</summary>
    public int? LimitDecimals { get; init; }

    /// <summary>Limits are kWh for each day of the period (基本用量 a day).</summary>
    public bool LimitsPerDay { get; init; }

    /// <summary>定比定量: the part of the meter's energy that this charge prices; null: all of it.</summary>
    public EnergyPart? Part { get; init; }

    /// <summary>Tiers by season; one entry with all months when seasons make no difference.</summary>
    public required IReadOnlyList<SeasonTiers> Seasons { get; init; }

    /// <summary>Said on purpose: a higher tier may be cheaper (declining blocks). Otherwise it is a finding.</summary>
    public bool TiersMayFall { get; init; }

    /// <summary>How tiers are laid over time-of-use bands.</summary>
    public TierSplit Split { get; init; } = TierSplit.Proportion;

    /// <summary>For <see cref="TierSplit.Order"/>: the bands that fill the low tiers first, in order.</summary>
    public IReadOnlyList<Band> SplitOrder { get; init; } = [Band.Sharp, Band.Peak, Band.Flat, Band.Valley, Band.DeepValley];

    /// <summary>Decimals of kWh to which split quantities are rounded, the last part taking the rest; null: ten.</summary>
    public int? SplitDecimals { get; init; }

    /// <summary>合表: the one price of a meter shared by several households; null: the tariff has none.</summary>
    public BandPrices? Combined { get; init; }

    /// <summary>The combined price is not published: it comes with the usage, in <see cref="Usage.Prices"/> under the charge's code and "-combined".</summary>
    public bool CombinedIsGiven { get; init; }

    public IReadOnlyList<FreeQuota> FreeQuotas { get; init; } = [];

    /// <summary>Of the rules that fit a household the last one counts.</summary>
    public IReadOnlyList<HouseholdRule> Households { get; init; } = [];

    /// <summary>All prices here are additions to a base price that the usage brings (<see cref="Usage.BasePrice"/>, or <see cref="Usage.Prices"/>
    /// under the charge's code): the notice gives only steps, or the price is the customer's own.</summary>
    public bool OnGivenBase { get; init; }

    /// <summary>All prices here are additions to the price of the month in this table.</summary>
    public PriceTable? BaseTable { get; init; }

    /// <summary>Prices depend on something known only with the usage or the month.</summary>
    public bool HasMovingBase => OnGivenBase || BaseTable is not null;
}

/// <summary>What one energy charge takes of the meter: a fixed quantity a month, a share, what is left, or as the customer's contract says.</summary>
/// <param name="KwhPerMonth">定量.</param>
/// <param name="Share">定比, of what fixed quantities leave.</param>
/// <param name="IsGiven">The usage says which (<see cref="Usage.Parts"/>).</param>
public sealed record EnergyPart(decimal? KwhPerMonth = null, decimal? Share = null, bool IsGiven = false)
{
    /// <summary>Takes what the others leave.</summary>
    public bool IsRest => KwhPerMonth is null && Share is null && !IsGiven;
}

/// <summary>The span over which usage climbs the tiers.</summary>
public enum TierCycle
{
    /// <summary>Each month; a period of several months has the limits of all of them.</summary>
    Month,

    /// <summary>Each reading cycle: limits times its months, rounded to whole ones, at least one, at most <see cref="EnergyCharge.MaxMonths"/>.</summary>
    Reading,

    /// <summary>The calendar year; earlier usage of the year is <see cref="Usage.YearToDateKwh"/>.</summary>
    Year,
}

public enum PartMonth
{
    /// <summary>Limits by days of the month.</summary>
    Days,

    /// <summary>Limits of full months.</summary>
    Full,

    /// <summary>Whole months, rounded to the nearest, at least one: a reading a few days early or late is still a month.</summary>
    Nearest,
}

public enum MonthOf
{
    LastDay,
    FirstDay,

    /// <summary>Both: the period is divided by days where the season changes, monthly limits with it.</summary>
    Days,
}

/// <summary>A period over New Year in a year cycle.</summary>
public enum YearBreak
{
    /// <summary>It belongs to the year of its last day.</summary>
    LastDay,

    /// <summary>It is divided by days; the tiers begin anew on 1 January.</summary>
    Days,
}

public enum YearPart
{
    /// <summary>As many twelfths as months, a started one counting whole.</summary>
    StartedMonths,

    /// <summary>Twelfths, parts of a month by days.</summary>
    Days,

    /// <summary>The whole year's limits.</summary>
    Whole,
}

public enum TierSplit
{
    /// <summary>Each tier holds the bands in the proportion of the whole usage.</summary>
    Proportion,

    /// <summary>The bands climb the tiers one after another.</summary>
    Order,
}

/// <param name="Name">Name of the season; null when there is one only.</param>
/// <param name="Months">Months 1–12.</param>
/// <param name="Tiers">1 or more, rising by <see cref="Tier.UpTo"/>, the last without end.</param>
public sealed record SeasonTiers(Bilingual? Name, IReadOnlyList<int> Months, IReadOnlyList<Tier> Tiers)
{
    /// <summary>Factors by band on a base price that comes with the usage or the month; null: the base holds for any hour.</summary>
    public BandPrices? Factors { get; init; }
}

/// <param name="UpTo">Upper end in kWh of one month (cycle month or reading) or of the year, counted from 0; null: no end.</param>
/// <param name="Prices">Yuan per kWh.</param>
public sealed record Tier(decimal? UpTo, BandPrices Prices);

/// <summary>Yuan per kWh: one price, or a price for each band used.</summary>
public sealed record BandPrices(decimal? Whole, decimal? Sharp = null, decimal? Peak = null, decimal? Flat = null, decimal? Valley = null, decimal? DeepValley = null)
{
    public decimal? this[Band band] => band switch
    {
        Band.Sharp => Sharp,
        Band.Peak => Peak,
        Band.Flat => Flat,
        Band.Valley => Valley,
        Band.DeepValley => DeepValley,
        _ => Whole,
    };

    /// <summary>True when the hour matters.</summary>
    public bool IsByBand => Sharp is not null || Peak is not null || Flat is not null || Valley is not null || DeepValley is not null;
}

/// <summary>免费电量基数 of households in need.</summary>
/// <param name="Kind">Code of the entitled group: low-income, five-guarantees.</param>
/// <param name="Name">Name of the group.</param>
/// <param name="KwhPerMonth">Free energy a month; what is left of it is not carried over.</param>
/// <param name="Mode">Deducted before pricing, or charged and paid back.</param>
public sealed record FreeQuota(string Kind, Bilingual Name, decimal KwhPerMonth, FreeQuotaMode Mode)
{
    /// <summary>Deduct: the free energy still climbs the tiers (they are filled from below by it).</summary>
    public bool CountsInTiers { get; init; }

    /// <summary>Pay back: yuan per kWh; null: the first tier's price.</summary>
    public decimal? PayBackPrice { get; init; }

    /// <summary>Pay back: a fixed amount a month instead of quantity × price.</summary>
    public decimal? PayBackYuanPerMonth { get; init; }

    /// <summary>Pay back: no more than was used.</summary>
    public bool CappedByUsage { get; init; } = true;
}

public enum FreeQuotaMode { Deduct, PayBack }

/// <summary>多人口家庭: what a larger household gets.</summary>
/// <param name="MinPersons">From so many persons.</param>
public sealed record HouseholdRule(int MinPersons)
{
    /// <summary>First day of the rule; null: as long as the version.</summary>
    public DateOnly? From { get; init; }

    public string? Notice { get; init; }

    /// <summary>kWh a month added to limits (twelve times in a year cycle).</summary>
    public decimal AddKwhPerMonth { get; init; }

    /// <summary>The addition counts for each person beyond so many; null: once.</summary>
    public int? PerPersonBeyond { get; init; }

    /// <summary>Only the first limit moves (a later limit moves only when it would be overtaken); otherwise all.</summary>
    public bool FirstTierOnly { get; init; }

    /// <summary>Own limits instead of the season's, in the cycle's unit.</summary>
    public IReadOnlyList<decimal>? Limits { get; init; }

    public CombinedChoice Combined { get; init; }
}

/// <summary>Whether a larger household is billed at the combined price.</summary>
public enum CombinedChoice { No, MayChoose, Always }
