namespace OpenHall.Rating;

/// <summary>All tariffs of the packs, ready to rate.</summary>
public sealed class Tariffs
{
    readonly Dictionary<string, CompiledTariff> byCode;
    readonly Dictionary<string, LateFeeRule[]> lateFees;
    readonly Dated<CompiledPlan> plans;
    readonly Dated<CompiledPost> posts;
    readonly Dated<FareTariff> fares;
    readonly Dated<CardTariff> cards;
    readonly Dated<PriceList> priceLists;

    /// <param name="tariffs">Checked tariffs with different codes.</param>
    /// <param name="lateFees">Late-fee rules; versions of one rule share its code.</param>
    /// <param name="plans">Checked telecom plans.</param>
    /// <param name="posts">Checked postage tariffs.</param>
    /// <param name="fares">Checked fares.</param>
    /// <param name="promotions">Checked promotions.</param>
    /// <param name="cards">Checked rules of cards.</param>
    /// <param name="priceLists">Checked price lists.</param>
    public Tariffs(IEnumerable<Tariff> tariffs, IEnumerable<LateFeeRule>? lateFees = null, IEnumerable<TelecomPlan>? plans = null,
        IEnumerable<PostTariff>? posts = null, IEnumerable<FareTariff>? fares = null, IEnumerable<Promotion>? promotions = null, IEnumerable<CardTariff>? cards = null, IEnumerable<PriceList>? priceLists = null)
    {
        byCode = tariffs.ToDictionary(t => t.Code, CompiledTariff.Compile);
        this.lateFees = (lateFees ?? []).GroupBy(r => r.Code).ToDictionary(g => g.Key, g => g.OrderBy(r => r.From).ToArray());
        this.plans = new((plans ?? []).Select(p => new CompiledPlan(p)), p => p.Code, p => p.Plan.From);
        this.posts = new((posts ?? []).Select(p => new CompiledPost(p)), p => p.Tariff.Code, p => p.Tariff.From);
        this.fares = new(fares ?? [], f => f.Code, f => f.From);
        this.cards = new(cards ?? [], c => c.Code, c => c.From);
        this.priceLists = new(priceLists ?? [], l => l.Code, l => l.From);
        Promotions = [.. promotions ?? []];
    }

    /// <summary>Telecom plans by code, as they stand last.</summary>
    public IReadOnlyDictionary<string, CompiledPlan> Plans => plans.Last;

    /// <summary>Postage by code, as it stands last.</summary>
    public IReadOnlyDictionary<string, CompiledPost> Posts => posts.Last;

    /// <summary>Fares by code, as they stand last.</summary>
    public IReadOnlyDictionary<string, FareTariff> Fares => fares.Last;

    /// <summary>The plan as it stands on a day (a day before its first takes the first); null: no such plan.</summary>
    public CompiledPlan? PlanOn(string code, DateOnly? day) => plans.On(code, day);

    /// <inheritdoc cref="PlanOn"/>
    public CompiledPost? PostOn(string code, DateOnly? day) => posts.On(code, day);

    /// <inheritdoc cref="PlanOn"/>
    public FareTariff? FareOn(string code, DateOnly? day) => fares.On(code, day);

    /// <summary>Rules of cards by code, as they stand last.</summary>
    public IReadOnlyDictionary<string, CardTariff> Cards => cards.Last;

    /// <summary>Price lists by code, as they stand last.</summary>
    public IReadOnlyDictionary<string, PriceList> PriceLists => priceLists.Last;

    /// <inheritdoc cref="PlanOn"/>
    public CardTariff? CardOn(string code, DateOnly? day) => cards.On(code, day);

    /// <inheritdoc cref="PlanOn"/>
    public PriceList? PriceListOn(string code, DateOnly? day) => priceLists.On(code, day);

    /// <inheritdoc cref="Only"/>
    public string? OnlyCard => cards.Only;

    /// <inheritdoc cref="Only"/>
    public string? OnlyPriceList => priceLists.Only;

    /// <summary>True when there is nothing to rate by.</summary>
    public bool IsEmpty => byCode.Count == 0 && lateFees.Count == 0 && Plans.Count == 0 && Posts.Count == 0 && Fares.Count == 0 && Cards.Count == 0 && PriceLists.Count == 0;

    /// <summary>Code of the only tariff of its kind; null with none or several.</summary>
    public string? Only => byCode.Count == 1 ? byCode.Keys.First() : null;

    /// <inheritdoc cref="Only"/>
    public string? OnlyPlan => plans.Only;

    /// <inheritdoc cref="Only"/>
    public string? OnlyPost => posts.Only;

    /// <inheritdoc cref="Only"/>
    public string? OnlyFare => fares.Only;

    /// <inheritdoc cref="Only"/>
    public string? OnlyLateFee => lateFees.Count == 1 ? lateFees.Keys.First() : null;

    /// <summary>Promotions of the packs, for <see cref="CartPricing"/>.</summary>
    public IReadOnlyList<Promotion> Promotions { get; }

    public IEnumerable<CompiledTariff> All => byCode.Values;

    public IEnumerable<LateFeeRule> LateFees => lateFees.Values.SelectMany(r => r);

    /// <exception cref="KeyNotFoundException">No tariff of that code: a link to a pack that isn't loaded.</exception>
    public CompiledTariff this[string code] => Find(code) ?? throw new KeyNotFoundException($"no tariff {code}");

    public CompiledTariff? Find(string code) => byCode.GetValueOrDefault(code);

    /// <summary>The rule that holds on a day (usually the due date); null before the first or when the code is unknown.</summary>
    public LateFeeRule? LateFeeOn(string code, DateOnly day) =>
        lateFees.TryGetValue(code, out var rules) ? Array.FindLast(rules, r => r.From <= day) : null;
}
