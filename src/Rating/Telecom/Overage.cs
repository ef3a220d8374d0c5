namespace OpenHall.Rating;

/// <summary>Price beyond the allowances, a function of what was used of it so far in the month (or day).</summary>
/// <param name="Service">Service, with all below it.</param>
/// <param name="Unit">min, MB, piece.</param>
/// <param name="PerUnit">Yuan per unit; not looked at with <see cref="Bundles"/>.</param>
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

    /// <summary>Units up to so many cost so much each, then the next; the last without end costs <see cref="PerUnit"/>. Without blocks.</summary>
    public IReadOnlyList<OverageTier> Tiers { get; init; } = [];

    /// <summary>叠加包: what goes beyond is bought in bundles, each started one whole.</summary>
    public IReadOnlyList<OverageBundle> Bundles { get; init; } = [];

    public BundleRule BundleRule { get; init; }

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
        if (Bundles.Count > 0) return BundleRule == BundleRule.InOrder ? InOrder(used) : Covering(used);
        if (Tiers.Count > 0) return Tiered(used);
        if (Block == 0) return used * PerUnit;
        var (whole, rest) = Blocks(used);
        var cap = BlockCap ?? Block * PerUnit;
        var last = rest == 0 ? 0 : StartedBlockCounts || LaterBlocksWhole && whole > 0 ? cap : Math.Min(cap, rest * PerUnit);
        return whole * cap + last;
    }

    /// <summary>Nothing but a price for each unit.</summary>
    internal bool IsPlain => Block == 0 && Tiers.Count == 0 && Bundles.Count == 0 && !Daily && DayCap is null && MonthCap is null;

    /// <summary>Whole blocks and what is beyond them; whole numbers, most uses, are divided as such.</summary>
    (decimal Whole, decimal Beyond) Blocks(decimal used)
    {
        if (used < Block) return (0, used);
        if (used.Scale == 0 && Block.Scale == 0 && used < long.MaxValue)
        {
            var (blocks, beyond) = Math.DivRem((long)used, (long)Block);
            return (blocks, beyond);
        }
        var whole = decimal.Truncate(used / Block);
        return (whole, used - whole * Block);
    }

    decimal Tiered(decimal used)
    {
        decimal yuan = 0, from = 0;
        foreach (var tier in Tiers)
        {
            if (used <= from) return yuan;
            yuan += (Math.Min(used, tier.UpTo) - from) * tier.PerUnit;
            from = tier.UpTo;
        }
        return yuan + Math.Max(0, used - from) * PerUnit;
    }

    /// <summary>One bundle after another; the last again and again.</summary>
    decimal InOrder(decimal used)
    {
        decimal yuan = 0;
        for (var i = 0; i < Bundles.Count - 1 && used > 0; i++)
        {
            yuan += Bundles[i].Yuan;
            used -= Bundles[i].Size;
        }
        return used <= 0 ? yuan : yuan + decimal.Ceiling(used / Bundles[^1].Size) * Bundles[^1].Yuan;
    }

    /// <summary>The smallest bundle that covers it; beyond the largest, that one as often as it fits, then the smallest for the rest.</summary>
    decimal Covering(decimal used)
    {
        var largest = Bundles[^1];
        var times = decimal.Ceiling(used / largest.Size) - 1;
        var rest = used - times * largest.Size;
        foreach (var bundle in Bundles)
            if (rest <= bundle.Size) return times * largest.Yuan + bundle.Yuan;
        return (times + 1) * largest.Yuan;
    }
}

/// <param name="UpTo">Upper end, counted from the end of the allowance.</param>
/// <param name="PerUnit">Yuan per unit.</param>
public sealed record OverageTier(decimal UpTo, decimal PerUnit);

/// <param name="Size">Units in it.</param>
/// <param name="Yuan">Its price.</param>
public sealed record OverageBundle(decimal Size, decimal Yuan);

public enum BundleRule
{
    /// <summary>In the order of the list, the last again and again.</summary>
    InOrder,

    /// <summary>The smallest that covers all.</summary>
    Covering,
}
