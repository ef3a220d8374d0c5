using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>One subscription's month.</summary>
public readonly record struct TelecomUsage
{
    public TelecomUsage() { }

    /// <summary>First day of the month on which the plan holds: the first of the month, or the day of activation or change.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day of the same month on which it holds.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Uses in order of time: single records, or sums by day or month.</summary>
    public ReadOnlyMemory<ServiceUse> Uses { get; init; }

    /// <summary>What was left of allowances that roll over, by code.</summary>
    public IReadOnlyDictionary<string, decimal>? RolledOver { get; init; }

    public TelecomStatus Status { get; init; }

    /// <summary>Members who share the plan; 1 or 0: only the subscriber.</summary>
    public int Members { get; init; }

    /// <summary>Day of the subscription, for discounts by months; null: unknown.</summary>
    public DateOnly? Subscribed { get; init; }

    /// <summary>Codes of the plan's one-off fees ordered in this month.</summary>
    public IReadOnlyList<string>? OneOffs { get; init; }

    /// <summary>One-off and collected fees, discounts.</summary>
    public IReadOnlyList<TelecomItem>? Items { get; init; }
}

/// <param name="Service">voice, sms, data, data.directed …</param>
/// <param name="Day">Day of use.</param>
/// <param name="Quantity">In the service's unit.</param>
public readonly record struct ServiceUse(string Service, DateOnly Day, decimal Quantity);

public enum TelecomStatus
{
    Active,

    /// <summary>停机保号 on request for the whole period: the number-keeping fee.</summary>
    Suspended,

    /// <summary>Stopped for debt: the months of stop and restart are <see cref="Active"/>, whole months between cost nothing.</summary>
    StoppedForDebt,
}

/// <param name="Code">Code of the item.</param>
/// <param name="Name">Name on the bill.</param>
/// <param name="Yuan">Amount; negative for a discount.</param>
/// <param name="Share">Instead of an amount: a share of the monthly fee (-0.2 is 20 % off).</param>
/// <param name="IsCollected">代收费: collected for others, not counted for the minimum spend.</param>
public sealed record TelecomItem(string Code, Bilingual Name, decimal Yuan, decimal? Share = null, bool IsCollected = false);
