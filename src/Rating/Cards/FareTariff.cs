using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>票价 by distance, with card factors and a discount that grows with the month's spending.</summary>
/// <param name="Code">Stable name: citycard.beijing.metro.</param>
/// <param name="Name">Name as shown.</param>
/// <param name="From">First day on which it holds.</param>
/// <param name="Notice">Number of the notice.</param>
/// <param name="Source">Where the figures were read.</param>
/// <param name="Steps">Fares up to a distance, rising.</param>
/// <param name="EachKm">Beyond the last step: each started stretch of so many km …</param>
/// <param name="EachYuan">… costs so much more.</param>
public sealed record FareTariff(string Code, Bilingual Name, DateOnly From, string Notice, string Source, IReadOnlyList<FareStep> Steps, decimal EachKm, decimal EachYuan)
{
    /// <summary>Factor on the fare by kind of card (card 0.5, student 0.25); none: 1.</summary>
    public IReadOnlyDictionary<string, decimal> Factors { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Discount by what was spent in the calendar month before the ride, rising; empty: none.</summary>
    public IReadOnlyList<FareDiscount> MonthlyDiscounts { get; init; } = [];

    /// <summary>What counts as spent: the amount paid, or the fare before discount.</summary>
    public SpentCounts SpentCounts { get; init; }

    /// <summary>The ride that passes a bound: whole at the factor it began with, or divided at the bound.</summary>
    public BoundRide BoundRide { get; init; }

    /// <summary>What forbids publishing it.</summary>
    public IReadOnlyList<Finding> Check()
    {
        var findings = new List<Finding>();
        if (string.IsNullOrWhiteSpace(Notice)) findings.Add(new("notice", "tariff.no_notice"));
        if (string.IsNullOrWhiteSpace(Source)) findings.Add(new("source", "tariff.no_source"));
        if (Steps.Count == 0) findings.Add(new("steps", "post.no_steps"));
        for (var i = 1; i < Steps.Count; i++)
            if (Steps[i].UpToKm <= Steps[i - 1].UpToKm) findings.Add(new($"steps[{i}].upToKm", "tariff.tiers_not_rising", Steps[i].UpToKm, Steps[i - 1].UpToKm));
        if (EachKm < 0 || EachYuan < 0) findings.Add(new("eachKm", "tariff.price_negative"));
        for (var i = 1; i < MonthlyDiscounts.Count; i++)
            if (MonthlyDiscounts[i].SpentFrom <= MonthlyDiscounts[i - 1].SpentFrom) findings.Add(new($"monthlyDiscounts[{i}].spentFrom", "tariff.tiers_not_rising", MonthlyDiscounts[i].SpentFrom, MonthlyDiscounts[i - 1].SpentFrom));
        if (MonthlyDiscounts.Any(d => d.Factor is < 0 or > 1) || Factors.Values.Any(f => f is < 0 or > 1)) findings.Add(new("monthlyDiscounts", "tariff.not_a_share"));
        return findings;
    }

    /// <summary>Fare of a distance before card and discount; null when there is no fare so far.</summary>
    /// <param name="km">Distance, 0 or more.</param>
    public decimal? FareOf(decimal km)
    {
        foreach (var step in Steps)
            if (km <= step.UpToKm) return step.Yuan;
        return EachKm > 0 ? Steps[^1].Yuan + decimal.Ceiling((km - Steps[^1].UpToKm) / EachKm) * EachYuan : null;
    }

    /// <summary>A ride.</summary>
    /// <param name="km">Distance.</param>
    /// <param name="card">Kind of card, or null for a single ticket: no card factor, no discount.</param>
    /// <param name="spentBefore">Yuan that counted in the month before this ride.</param>
    /// <returns>The fare and, as lines below it, what card and month take off; Counted is what this ride adds to the month.</returns>
    public RatedRide Ride(decimal km, string? card, decimal spentBefore)
    {
        if (FareOf(km) is not { } fare) return new(Money.Zero, 0, [], [new("km", "fare.too_far", km)]);
        var lines = new List<RatedLine> { Line(LineKind.Fare, "fare", 1, fare, fare, new Step("fare.distance", km, "km")) };
        if (card is null) return Done(lines, 0);
        if (Factors.TryGetValue(card, out var factor) && factor != 1) lines.Add(Line(LineKind.Discount, $"card.{card}", fare, factor - 1, fare * (factor - 1)));
        else factor = 1;
        var carded = fare * factor;
        var paid = BoundRide == BoundRide.Whole ? carded * FactorAt(spentBefore) : Divided(carded, spentBefore);
        if (paid != carded) lines.Add(Line(LineKind.Discount, "month", carded, paid / carded - 1, paid - carded));
        return Done(lines, SpentCounts == SpentCounts.Paid ? paid : carded);
    }

    decimal FactorAt(decimal spent)
    {
        var factor = 1m;
        foreach (var discount in MonthlyDiscounts)
            if (spent >= discount.SpentFrom) factor = discount.Factor;
        return factor;
    }

    /// <summary>The part of the fare up to each bound at its own factor.</summary>
    decimal Divided(decimal fare, decimal spent)
    {
        decimal paid = 0;
        while (fare > 0)
        {
            var factor = FactorAt(spent);
            var room = MonthlyDiscounts.Where(d => d.SpentFrom > spent).Select(d => d.SpentFrom - spent).DefaultIfEmpty(decimal.MaxValue).Min();
            var part = factor == 0 || room == decimal.MaxValue ? fare : Math.Min(fare, SpentCounts == SpentCounts.Paid ? room / factor : room);
            paid += part * factor;
            spent += SpentCounts == SpentCounts.Paid ? part * factor : part;
            fare -= part;
        }
        return paid;
    }

    RatedLine Line(LineKind kind, string charge, decimal quantity, decimal price, decimal yuan, params Step[] steps) =>
        new(new(kind, charge, null, 0, Band.Whole, null, kind == LineKind.Fare ? "ride" : "yuan", Notice, From), null, null, quantity, price, yuan, Money.OfYuan(yuan), steps);

    static RatedRide Done(List<RatedLine> lines, decimal counted) => new(lines.Aggregate(Money.Zero, (sum, l) => sum + l.Amount), counted, lines, []);
}

/// <param name="UpToKm">Upper end, included.</param>
/// <param name="Yuan">Fare.</param>
public sealed record FareStep(decimal UpToKm, decimal Yuan);

/// <param name="SpentFrom">Yuan spent in the month from which it holds.</param>
/// <param name="Factor">Share of the fare that is paid.</param>
public sealed record FareDiscount(decimal SpentFrom, decimal Factor);

public enum SpentCounts { Paid, FullFare }

public enum BoundRide { Whole, Divided }

/// <param name="Total">To pay.</param>
/// <param name="Counted">Yuan that the ride adds to the month's spending.</param>
/// <param name="Lines">Fare, then what is taken off.</param>
/// <param name="Findings">Why there is no fare.</param>
public sealed record RatedRide(Money Total, decimal Counted, IReadOnlyList<RatedLine> Lines, IReadOnlyList<Finding> Findings);
