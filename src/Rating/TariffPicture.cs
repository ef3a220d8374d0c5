namespace OpenHall.Rating;

/// <summary>A tier as it stands for one household and period: for the picture beside a bill.</summary>
/// <param name="Number">From 1.</param>
/// <param name="From">Lower limit, kWh.</param>
/// <param name="UpTo">Upper limit, kWh; null: no end.</param>
/// <param name="Prices">Yuan per kWh; additions where the base comes with the usage or the month.</param>
public sealed record TierPicture(int Number, decimal From, decimal? UpTo, BandPrices Prices)
{
    /// <summary>Energy left before the next tier; null in the last.</summary>
    /// <param name="counted">Energy that climbed the tiers so far.</param>
    public decimal? Left(decimal counted) => UpTo is { } end ? Math.Max(0, end - Math.Max(counted, From)) : null;
}

/// <param name="From">Begin of a band.</param>
/// <param name="Until">Its end, not included; 00:00 is midnight.</param>
/// <param name="Band">Band.</param>
public readonly record struct HoursPicture(TimeOnly From, TimeOnly Until, Band Band);
