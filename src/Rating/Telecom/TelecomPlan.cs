using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>资费套餐 as data.</summary>
/// <param name="Code">Stable name: telecom.ct-5ga-199.</param>
/// <param name="Name">Name as shown.</param>
/// <param name="From">First day on which it is offered.</param>
/// <param name="Notice">Number under which the tariff is published.</param>
/// <param name="Source">Where the figures were read.</param>
/// <param name="MonthlyFee">Yuan a month.</param>
public sealed record TelecomPlan(string Code, Bilingual Name, DateOnly From, string Notice, string Source, decimal MonthlyFee)
{
    /// <summary>In order of use: the first that covers a service and isn't empty gives.</summary>
    public IReadOnlyList<Allowance> Allowances { get; init; } = [];

    /// <summary>What costs beyond the allowances; a service without a rule is free.</summary>
    public IReadOnlyList<Overage> Overages { get; init; } = [];

    public PartMonthFee FirstMonth { get; init; } = PartMonthFee.Days;

    /// <summary>Allowances of a part of a month are rounded up to a whole unit.</summary>
    public bool RoundsAllowancesUp { get; init; } = true;

    /// <summary>保底消费: the bill is at least so much, collected fees (代收费) not counted; null: none.</summary>
    public decimal? MinimumSpend { get; init; }

    /// <summary>停机保号费 a month while suspended on request; null: the plan's fee goes on.</summary>
    public decimal? NumberKeepingFee { get; init; }

    /// <summary>Fee for each member of a shared plan beyond the first.</summary>
    public decimal MemberFee { get; init; }

    public Rounding Rounding { get; init; } = Rounding.Line;
}

/// <summary>Fee and allowances of a month in which the plan holds only some days.</summary>
public enum PartMonthFee
{
    /// <summary>By days.</summary>
    Days,

    /// <summary>Half from the 16th on, whole before.</summary>
    Half,

    /// <summary>Whole.</summary>
    Full,

    /// <summary>The fee by days, allowances whole.</summary>
    DaysFullAllowances,
}

/// <param name="Code">Code of the allowance: data, voice.</param>
/// <param name="Service">Service it covers, with all below it: "data" covers "data.directed".</param>
/// <param name="Quantity">Per month, in the service's unit (MB, min, pieces).</param>
/// <param name="RollsOver">What is left is used first next month, and ends then.</param>
public sealed record Allowance(string Code, string Service, decimal Quantity, bool RollsOver);

/// <summary>Price beyond the allowances, a function of what was used of it so far in the month (or day).</summary>
/// <param name="Service">Service, with all below it.</param>
/// <param name="Unit">min, MB, piece.</param>
/// <param name="PerUnit">Yuan per unit.</param>
public sealed record Overage(string Service, string Unit, decimal PerUnit)
{
    /// <summary>Each use is rounded up to multiples of it (1 min, 0.001 MB); 0: as it is.</summary>
    public decimal Step { get; init; }

    /// <summary>Size of a block with its own cap (1,024 MB); 0: no blocks.</summary>
    public decimal Block { get; init; }

    /// <summary>Most that a block costs.</summary>
    public decimal? BlockCap { get; init; }

    /// <summary>A started block costs its cap at once.</summary>
    public bool StartedBlockCounts { get; init; }

    /// <summary>Only blocks after the first cost their cap at once.</summary>
    public bool LaterBlocksWhole { get; init; }

    /// <summary>Counted day by day, not over the month.</summary>
    public bool Daily { get; init; }

    /// <summary>Most that a day costs (daily rules).</summary>
    public decimal? DayCap { get; init; }

    /// <summary>Most that a month costs: the service stops there (封顶).</summary>
    public decimal? MonthCap { get; init; }

    /// <summary>Yuan for so much beyond the allowance within one month or day.</summary>
    public decimal Cost(decimal used)
    {
        if (used <= 0) return 0;
        if (Block == 0) return used * PerUnit;
        var whole = used < Block ? 0 : decimal.Truncate(used / Block);
        var rest = used - whole * Block;
        var cap = BlockCap ?? Block * PerUnit;
        var last = rest == 0 ? 0 : StartedBlockCounts || LaterBlocksWhole && whole > 0 ? cap : Math.Min(cap, rest * PerUnit);
        return whole * cap + last;
    }
}
