using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>The outcome of rating one usage: lines that add up to the total, or the findings that forbid it.</summary>
/// <param name="Tariff">Code of the tariff.</param>
/// <param name="Total">Sum of the lines' amounts; zero when there are findings.</param>
/// <param name="CountedKwh">Energy that climbed the tiers: add it to the account's year-to-date.</param>
/// <param name="Lines">In the order of the bill; empty when there are findings.</param>
/// <param name="Findings">Why it could not be rated; empty when it was.</param>
public sealed record RatedBill(string Tariff, Money Total, decimal CountedKwh, IReadOnlyList<RatedLine> Lines, IReadOnlyList<Finding> Findings)
{
    public bool IsRated => Findings.Count == 0;

    /// <summary>Energy that climbed the tiers of each energy charge, by its code.</summary>
    public IReadOnlyDictionary<string, decimal> CountedByCharge()
    {
        var sums = new Dictionary<string, decimal>();
        foreach (var line in Lines)
            if (line.Source is { Kind: LineKind.Energy, Tier: > 0, Charge: var code }) sums[code] = sums.GetValueOrDefault(code) + line.Quantity;
        return sums;
    }
}

/// <summary>One priced row: quantity × price = yuan, rounded where the tariff says.</summary>
/// <param name="Source">What does not change from bill to bill: charge, tier, band, unit, notice.</param>
/// <param name="From">Lower limit of the tier for this bill, null without tiers.</param>
/// <param name="UpTo">Upper limit of the tier for this bill (larger households and months included); null: no end.</param>
/// <param name="Quantity">In the source's unit; negative for what is given back.</param>
/// <param name="Price">Yuan per unit.</param>
/// <param name="Yuan">Exact amount.</param>
/// <param name="Amount">Amount shown; the lines' amounts add up to the bill.</param>
/// <param name="Steps">How quantity or price came about, where it is not plain; empty otherwise.</param>
public readonly record struct RatedLine(LineSource Source, decimal? From, decimal? UpTo, decimal Quantity, decimal Price, decimal Yuan, Money Amount,
    IReadOnlyList<Step> Steps)
{
    /// <summary>Energy left in this tier before the next price; null without a next tier.</summary>
    public decimal? LeftInTier(decimal counted) => UpTo is { } end ? Math.Max(0, end - counted) : null;
}

/// <param name="Kind">Kind of line; its text is rating.kind.*.</param>
/// <param name="Charge">Code of the charge within the tariff.</param>
/// <param name="Name">Name given by the tariff, or null: the text of the kind.</param>
/// <param name="Tier">Number of the tier from 1, 0 without tiers.</param>
/// <param name="Band">Time-of-use band, or Whole.</param>
/// <param name="Season">Name of the season, or null.</param>
/// <param name="Unit">Code of the unit: kWh, kW, kVA, month, yuan …; its text is rating.unit.*.</param>
/// <param name="Notice">文号 of the price.</param>
/// <param name="VersionFrom">First day of the tariff's version.</param>
public sealed record LineSource(LineKind Kind, string Charge, Bilingual? Name, int Tier, Band Band, Bilingual? Season, string Unit, string Notice, DateOnly VersionFrom);

public enum LineKind
{
    Energy, CombinedEnergy, FreeQuota, PayBack, Fixed, Minimum, Component, Capacity, Demand, PowerFactor, Discount, FeedIn,
    MonthlyFee, NumberKeeping, MemberFee, Allowance, RolledOver, Overage, OneOff, Collected,
    Postage, Extra, Fare, Goods, LateFee, Deposit, TopUp, Bonus, Refund, RefundFee,
}

/// <summary>One step of a derived figure: its key (text rating.step.*), value and unit.</summary>
public readonly record struct Step(string Key, decimal Value, string Unit = "");
