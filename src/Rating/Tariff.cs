using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>A published price with its versions, as data. Nothing in it is computed; <see cref="TariffCheck"/> checks it, <see cref="CompiledTariff"/> rates by it.</summary>
/// <param name="Code">Stable name in the packs: power.beijing.resident.</param>
/// <param name="Name">Name as shown.</param>
/// <param name="Versions">1 or more, rising by <see cref="TariffVersion.From"/>; a version ends where the next begins.</param>
public sealed record Tariff(string Code, Bilingual Name, IReadOnlyList<TariffVersion> Versions);

/// <summary>How a tariff stands from one day on.</summary>
public sealed record TariffVersion
{
    /// <summary>First day on which it holds.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day on which it holds; null: until the next version begins, or without end. With it, a gap or overlap to the next version is a finding.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>文号 or date and issuer of the notice, as printed on the bill's explanation.</summary>
    public required string Notice { get; init; }

    /// <summary>Where the figures were read.</summary>
    public required string Source { get; init; }

    public Rounding Rounding { get; init; } = Rounding.Line;

    /// <summary>What happens to a period in which this version takes over from the one before.</summary>
    public ChangeOver ChangeOver { get; init; } = ChangeOver.Days;

    /// <summary>Decimals of kWh to which energy divided by days is rounded, the last part taking the rest.</summary>
    public int DayDecimals { get; init; } = 10;

    /// <summary>Which month's price of a table holds for a period over several; days: the period is divided where the month changes.</summary>
    public MonthOf TablesBy { get; init; } = MonthOf.LastDay;

    /// <summary>What happens when the facts of a household change inside the period; days: the period and monthly limits are divided by days.</summary>
    public MonthOf HouseholdBy { get; init; } = MonthOf.Days;

    /// <summary>Decimals of kWh to which shares of a meter (定比) are rounded, the rest taking what is left; null: exact.</summary>
    public int? PartDecimals { get; init; }

    /// <summary>Minutes over which the demand of a load curve is taken, a multiple of its interval; 0: each interval.</summary>
    public int DemandMinutes { get; init; }

    /// <summary>Hours of the bands; null: registers bring them, or there are none.</summary>
    public TimeOfUse? TimeOfUse { get; init; }

    /// <summary>Charges in the order of the bill; a charge may rest on those above it.</summary>
    public required IReadOnlyList<Charge> Charges { get; init; }
}

/// <summary>Where amounts are rounded to the 分, half away from zero.</summary>
public enum Rounding
{
    /// <summary>Each line; the bill is the sum.</summary>
    Line,

    /// <summary>Each charge (all tiers of the energy charge together); the bill is the sum.</summary>
    Charge,

    /// <summary>Only the bill. Lines show amounts that add up to it.</summary>
    Bill,
}

/// <summary>How a period over a change of price is rated.</summary>
public enum ChangeOver
{
    /// <summary>Usage is divided by days; tiers run on over the change.</summary>
    Days,

    /// <summary>Usage and monthly tier limits are divided by days.</summary>
    DaysAndLimits,

    /// <summary>The whole period at the price of its last day.</summary>
    LastDay,

    /// <summary>The whole period at the price of its first day.</summary>
    FirstDay,
}

/// <summary>One charge of a tariff.</summary>
public abstract record Charge
{
    /// <summary>Stable code within the tariff: energy, line-loss, demand.</summary>
    public required string Code { get; init; }

    /// <summary>Name on the bill; null: the text of the kind of line.</summary>
    public Bilingual? Name { get; init; }
}

/// <summary>最低电费: the bill is at least so much a month; a line adds what lacks.</summary>
public sealed record MinimumCharge : Charge
{
    public required decimal YuanPerMonth { get; init; }

    /// <summary>Yuan a month for each kVA of capacity beside it.</summary>
    public decimal YuanPerKvaMonth { get; init; }

    /// <summary>Codes of the charges that count towards it; empty: all above.</summary>
    public IReadOnlyList<string> Covers { get; init; } = [];

    /// <summary>A part of a month owes its days, or all of it.</summary>
    public PartMonth PartMonth { get; init; } = PartMonth.Days;
}

/// <summary>A fixed amount a month (基本月租, 计量服务费).</summary>
public sealed record FixedCharge : Charge
{
    public required decimal YuanPerMonth { get; init; }

    /// <summary>A part of a month costs its days, or all of it.</summary>
    public PartMonth PartMonth { get; init; } = PartMonth.Days;
}
