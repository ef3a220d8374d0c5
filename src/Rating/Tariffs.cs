namespace OpenHall.Rating;

/// <summary>All tariffs of the packs, ready to rate.</summary>
public sealed class Tariffs
{
    readonly Dictionary<string, CompiledTariff> byCode;
    readonly Dictionary<string, LateFeeRule[]> lateFees;

    /// <param name="tariffs">Checked tariffs with different codes.</param>
    /// <param name="lateFees">Late-fee rules; versions of one rule share its code.</param>
    /// <param name="plans">Checked telecom plans.</param>
    /// <param name="posts">Checked postage tariffs.</param>
    /// <param name="fares">Checked fares.</param>
    /// <param name="promotions">Checked promotions.</param>
    public Tariffs(IEnumerable<Tariff> tariffs, IEnumerable<LateFeeRule>? lateFees = null, IEnumerable<TelecomPlan>? plans = null,
        IEnumerable<PostTariff>? posts = null, IEnumerable<FareTariff>? fares = null, IEnumerable<Promotion>? promotions = null)
    {
        byCode = tariffs.ToDictionary(t => t.Code, CompiledTariff.Compile);
        this.lateFees = (lateFees ?? []).GroupBy(r => r.Code).ToDictionary(g => g.Key, g => g.OrderBy(r => r.From).ToArray());
        Plans = (plans ?? []).ToDictionary(p => p.Code, p => new CompiledPlan(p));
        Posts = (posts ?? []).ToDictionary(p => p.Code, p => new CompiledPost(p));
        Promotions = [.. promotions ?? []];
        Fares = (fares ?? []).ToDictionary(f => f.Code);
    }

    /// <summary>Telecom plans by code.</summary>
    public IReadOnlyDictionary<string, CompiledPlan> Plans { get; }

    /// <summary>Postage by code.</summary>
    public IReadOnlyDictionary<string, CompiledPost> Posts { get; }

    /// <summary>Promotions of the packs, for <see cref="CartPricing"/>.</summary>
    public IReadOnlyList<Promotion> Promotions { get; }

    /// <summary>Fares by code.</summary>
    public IReadOnlyDictionary<string, FareTariff> Fares { get; }

    public IEnumerable<CompiledTariff> All => byCode.Values;

    public IEnumerable<LateFeeRule> LateFees => lateFees.Values.SelectMany(r => r);

    /// <exception cref="KeyNotFoundException">No tariff of that code: a link to a pack that isn't loaded.</exception>
    public CompiledTariff this[string code] => Find(code) ?? throw new KeyNotFoundException($"no tariff {code}");

    public CompiledTariff? Find(string code) => byCode.GetValueOrDefault(code);

    /// <summary>The rule that holds on a day (usually the due date); null before the first or when the code is unknown.</summary>
    public LateFeeRule? LateFeeOn(string code, DateOnly day) =>
        lateFees.TryGetValue(code, out var rules) ? Array.FindLast(rules, r => r.From <= day) : null;
}
