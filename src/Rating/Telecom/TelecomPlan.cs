using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>资费套餐 as data.</summary>
/// <param name="Code">Stable name: telecom.ct-5ga-199.</param>
/// <param name="Name">Name as shown.</param>
/// <param name="From">First day on which it holds; a later version of the same code takes over on its own first day.</param>
/// <param name="Notice">Number under which the tariff is published.</param>
/// <param name="Source">Where the figures were read.</param>
/// <param name="MonthlyFee">Yuan a month.</param>
public sealed record TelecomPlan(string Code, Bilingual Name, DateOnly From, string Notice, string Source, decimal MonthlyFee)
{
    /// <summary>In order of use: the first that covers a service and isn't empty gives.</summary>
    public IReadOnlyList<Allowance> Allowances { get; init; } = [];

    /// <summary>What costs beyond the allowances; a service without a rule is free.</summary>
    public IReadOnlyList<Overage> Overages { get; init; } = [];

    /// <summary>Fee of a month in which the plan begins after the first day.</summary>
    public PartMonthFee FirstMonth { get; init; } = PartMonthFee.Days;

    /// <summary>Fee of a month in which it ends before the last day; null: as the first.</summary>
    public PartMonthFee? LastMonth { get; init; }

    /// <summary>Allowances of such months; null: as the fee.</summary>
    public PartMonthFee? PartMonthAllowances { get; init; }

    /// <summary>Allowances of a part of a month are rounded up to a whole unit.</summary>
    public bool RoundsAllowancesUp { get; init; } = true;

    /// <summary>保底消费: the bill is at least so much, collected fees (代收费) not counted; null: none.</summary>
    public decimal? MinimumSpend { get; init; }

    /// <summary>Part of the minimum in a part of a month.</summary>
    public PartMonth MinimumPart { get; init; } = PartMonth.Full;

    /// <summary>停机保号费 a month while suspended on request; null: the plan's fee goes on.</summary>
    public decimal? NumberKeepingFee { get; init; }

    /// <summary>Part of that fee in a part of a month.</summary>
    public PartMonth NumberKeepingPart { get; init; } = PartMonth.Full;

    /// <summary>Fee for each member of a shared plan beyond those included.</summary>
    public decimal MemberFee { get; init; }

    /// <summary>Members whose fee is in the plan's.</summary>
    public int MembersIncluded { get; init; } = 1;

    /// <summary>一次性费用 that may be ordered.</summary>
    public IReadOnlyList<PlanOneOff> OneOffs { get; init; } = [];

    /// <summary>Discounts that hold by date, months since the subscription, or number of members.</summary>
    public IReadOnlyList<PlanDiscount> Discounts { get; init; } = [];

    public Rounding Rounding { get; init; } = Rounding.Line;
}

/// <summary>Fee and allowances of a month in which the plan holds only some days.</summary>
public enum PartMonthFee
{
    /// <summary>By days.</summary>
    Days,

    /// <summary>Half: begun after the 15th, or ended by it; whole otherwise.</summary>
    Half,

    /// <summary>Whole.</summary>
    Full,

    /// <summary>The fee by days, allowances whole.</summary>
    DaysFullAllowances,

    /// <summary>Nothing.</summary>
    Free,
}

/// <param name="Code">Code of the allowance: data, voice.</param>
/// <param name="Service">Service it covers, with all below it: "data" covers "data.directed".</param>
/// <param name="Quantity">Per month, in the service's unit (MB, min, pieces).</param>
/// <param name="RollsOver">What is left is used next month, and ends then.</param>
public sealed record Allowance(string Code, string Service, decimal Quantity, bool RollsOver)
{
    /// <summary>Further services that share it, and how much of it one unit of theirs takes.</summary>
    public IReadOnlyDictionary<string, decimal> Shared { get; init; } = new Dictionary<string, decimal>();

    /// <summary>In a part of a month it is rounded up to multiples of it (1,024 MB), where the plan rounds up.</summary>
    public decimal RoundsUpTo { get; init; } = 1;

    public RolledUse RolledUse { get; init; }

    /// <summary>Most that rolls over; null: all that is left.</summary>
    public decimal? RollsAtMost { get; init; }
}

/// <summary>Whether what rolled over is used before or after the month's own.</summary>
public enum RolledUse { First, Last }

/// <param name="Code">Code by which it is ordered.</param>
/// <param name="Name">Name on the bill.</param>
/// <param name="Yuan">Price.</param>
public sealed record PlanOneOff(string Code, Bilingual Name, decimal Yuan);

/// <summary>A discount on the fee of the month; all that hold are taken.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Name">Name on the bill.</param>
public sealed record PlanDiscount(string Code, Bilingual Name)
{
    /// <summary>Percent off the fee as billed, members' fees not in it.</summary>
    public decimal Percent { get; init; }

    /// <summary>Yuan off a month, at most the fee.</summary>
    public decimal Yuan { get; init; }

    /// <summary>First and last day of the months in which it holds (that of the month's first day on the plan counts); null: open.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Months since the subscription in which it holds, from 1; null: all. Needs the day of the subscription.</summary>
    public int? FromMonth { get; init; }

    public int? ToMonth { get; init; }

    /// <summary>Members of a group from and up to which it holds.</summary>
    public int FromMembers { get; init; }

    public int? ToMembers { get; init; }

    internal bool Holds(in TelecomUsage usage)
    {
        if (usage.From < From || usage.From > To || usage.Members < FromMembers || usage.Members > ToMembers) return false;
        if (FromMonth is null && ToMonth is null) return true;
        if (usage.Subscribed is not { } day) return false;
        var month = (usage.From.Year - day.Year) * 12 + usage.From.Month - day.Month + 1;
        return month >= (FromMonth ?? 1) && month <= (ToMonth ?? int.MaxValue);
    }
}
