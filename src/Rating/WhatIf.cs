using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>Any tariff, any usage, nothing booked.</summary>
public static class WhatIf
{
    /// <summary>Rates periods one after another in order of time, carrying the tier year as bills would.</summary>
    /// <param name="tariff">Tariff to try.</param>
    /// <param name="periods">Usages; their own year to date counts for the first of each year only.</param>
    public static IReadOnlyList<RatedBill> Year(CompiledTariff tariff, IEnumerable<Usage> periods)
    {
        var bills = new List<RatedBill>();
        var carry = new BillCarry();
        foreach (var period in periods.OrderBy(u => u.To))
        {
            var usage = carry.Ratchet(tariff, carry.Knows(tariff, period) ? carry.Counted(tariff, period) : period);
            var bill = tariff.Rate(usage);
            if (bill.IsRated) carry.Add(tariff, usage, bill);
            bills.Add(bill);
        }
        return bills;
    }

    /// <summary>Rates months of a subscription by another plan, carrying what rolls over.</summary>
    public static IReadOnlyList<RatedBill> Year(CompiledPlan plan, IEnumerable<TelecomUsage> months)
    {
        var bills = new List<RatedBill>();
        IReadOnlyDictionary<string, decimal>? rolled = null;
        foreach (var usage in months.OrderBy(u => u.From))
        {
            if (plan.Rate(usage) is { IsRated: false } failed) { bills.Add(failed); continue; }
            var month = plan.Open(usage with { RolledOver = rolled });
            foreach (ref readonly var use in usage.Uses.Span) month.Use(use);
            rolled = month.LeftToRollOver();
            bills.Add(month.Close());
        }
        return bills;
    }
}

/// <param name="Code">Tariff or plan.</param>
/// <param name="Total">Sum of the periods.</param>
/// <param name="Saves">What it saves against the present one; negative: it costs more.</param>
/// <param name="Why">Where the difference comes from: sums by kind and band, greatest difference first.</param>
/// <param name="Bills">The bills by it.</param>
/// <param name="Findings">Why it cannot be compared; it then stands at the end.</param>
public sealed record Recommendation(string Code, Money Total, Money Saves, IReadOnlyList<Difference> Why, IReadOnlyList<RatedBill> Bills, IReadOnlyList<Finding> Findings);

/// <param name="Kind">Kind of line.</param>
/// <param name="Band">Band.</param>
/// <param name="Tier">Tier, 0 without.</param>
/// <param name="Now">Sum by the present tariff.</param>
/// <param name="Then">Sum by the other.</param>
public readonly record struct Difference(LineKind Kind, Band Band, int Tier, Money Now, Money Then);

/// <summary>A customer's last twelve months against every tariff or plan open to them.</summary>
public static class Recommend
{
    /// <summary>Cheapest first; what cannot be rated comes last with its findings. Equal sums: the present one first, then by code.</summary>
    public static IReadOnlyList<Recommendation> Among(CompiledTariff present, IEnumerable<CompiledTariff> eligible, IReadOnlyList<Usage> periods) =>
        Rank(present.Code, eligible.Append(present).DistinctBy(t => t.Code).Select(t => (t.Code, WhatIf.Year(t, periods))));

    /// <inheritdoc cref="Among(CompiledTariff, IEnumerable{CompiledTariff}, IReadOnlyList{Usage})"/>
    public static IReadOnlyList<Recommendation> Among(CompiledPlan present, IEnumerable<CompiledPlan> eligible, IReadOnlyList<TelecomUsage> months) =>
        Rank(present.Code, eligible.Append(present).DistinctBy(p => p.Code).Select(p => (p.Code, WhatIf.Year(p, months))));

    static List<Recommendation> Rank(string present, IEnumerable<(string Code, IReadOnlyList<RatedBill> Bills)> candidates)
    {
        var all = candidates.Select(c => (c.Code, c.Bills, Total: new Money(c.Bills.Sum(b => b.Total.Fen)), Findings: c.Bills.SelectMany(b => b.Findings).Distinct().ToList())).ToList();
        var now = all.Single(c => c.Code == present);
        return [.. all.OrderBy(c => c.Findings.Count > 0).ThenBy(c => c.Total).ThenBy(c => c.Code != present).ThenBy(c => c.Code, StringComparer.Ordinal)
            .Select(c => new Recommendation(c.Code, c.Total, c.Findings.Count > 0 ? Money.Zero : now.Total - c.Total, c.Findings.Count > 0 ? [] : Differences(now.Bills, c.Bills), c.Bills, c.Findings))];
    }

    static List<Difference> Differences(IReadOnlyList<RatedBill> now, IReadOnlyList<RatedBill> then)
    {
        var (before, after) = (Sums(now), Sums(then));
        return [.. before.Keys.Union(after.Keys)
            .Select(k => new Difference(k.Kind, k.Band, k.Tier, new(before.GetValueOrDefault(k)), new(after.GetValueOrDefault(k))))
            .Where(d => d.Now != d.Then).OrderByDescending(d => Math.Abs(d.Now.Fen - d.Then.Fen))];
    }

    static Dictionary<(LineKind Kind, Band Band, int Tier), long> Sums(IReadOnlyList<RatedBill> bills) => bills.SelectMany(b => b.Lines)
        .GroupBy(l => (l.Source.Kind, l.Source.Band, l.Source.Tier)).ToDictionary(g => g.Key, g => g.Sum(l => l.Amount.Fen));
}
