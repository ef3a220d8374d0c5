using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>Prices of goods with the rules by which promotions count.</summary>
/// <param name="Code">Stable name.</param>
/// <param name="Name">Name as shown.</param>
/// <param name="From">First day on which it holds.</param>
/// <param name="Notice">Number under which it was set.</param>
/// <param name="Source">Where the figures were read.</param>
/// <param name="Goods">By code of the goods.</param>
public sealed record PriceList(string Code, Bilingual Name, DateOnly From, string Notice, string Source, IReadOnlyDictionary<string, PricedGoods> Goods)
{
    public Stacking OfGoods { get; init; }

    public Stacking OfCart { get; init; }

    /// <summary>Codes of promotions that count here; empty: all.</summary>
    public IReadOnlyList<string> Promotions { get; init; } = [];

    /// <summary>What forbids publishing it.</summary>
    public IReadOnlyList<Finding> Check()
    {
        var findings = new List<Finding>();
        if (string.IsNullOrWhiteSpace(Notice)) findings.Add(new("notice", "tariff.no_notice"));
        if (string.IsNullOrWhiteSpace(Source)) findings.Add(new("source", "tariff.no_source"));
        foreach (var (sku, goods) in Goods)
        {
            if (goods.Price < Money.Zero || goods.MemberPrice < Money.Zero) findings.Add(new($"goods.{sku}", "tariff.price_negative"));
            if (goods.MemberPrice > goods.Price) findings.Add(new($"goods.{sku}", "retail.member_price_higher"));
        }
        return findings;
    }

    /// <summary>A cart at these prices as a bill: goods, then what each promotion takes off, then gifts.</summary>
    /// <param name="promotions">All that are published.</param>
    /// <param name="day">Day of the sale.</param>
    /// <param name="isMember">The buyer is a member.</param>
    /// <param name="coupons">Coupons presented.</param>
    /// <param name="wanted">Goods and how many; a price of its own overrides the list's.</param>
    public RatedBill Rate(IEnumerable<Promotion> promotions, DateOnly day, bool isMember, IReadOnlyList<string> coupons, IReadOnlyList<(string Sku, decimal Quantity, Money? Price)> wanted)
    {
        var cart = new List<CartLine>();
        var lines = new List<RatedLine>();
        foreach (var (sku, quantity, own) in wanted)
        {
            if (!Goods.TryGetValue(sku, out var goods) && own is null) return Failed(new("sku", "retail.goods_unknown", sku));
            if (quantity <= 0) return Failed(new("quantity", "charge.not_positive"));
            var price = own ?? goods!.Price;
            cart.Add(new(sku, goods?.Category, quantity, price) { MemberPrice = goods?.MemberPrice });
            var yuan = price.Yuan * quantity;
            lines.Add(new(LineOf(LineKind.Goods, "goods", goods?.Name ?? new(sku, sku), "piece"), null, null, quantity, price.Yuan, yuan, Money.OfYuan(yuan), []));
        }
        var priced = new CartPricing([.. promotions.Where(p => Promotions.Count == 0 || Promotions.Contains(p.Code))], OfGoods, OfCart).Price(new(day, cart) { IsMember = isMember, Coupons = coupons });
        foreach (var off in priced.Discounts) lines.Add(new(LineOf(LineKind.Discount, off.Promotion.Code, off.Promotion.Name, "yuan"), null, null, 1, -off.Total.Yuan, -off.Total.Yuan, -off.Total, []));
        foreach (var (sku, quantity) in priced.Gifts) lines.Add(new(LineOf(LineKind.Goods, $"gift.{sku}", Goods.GetValueOrDefault(sku)?.Name, "piece"), null, null, quantity, 0, 0, Money.Zero, []));
        return new(Code, priced.Total, 0, lines, []);
    }

    LineSource LineOf(LineKind kind, string charge, Bilingual? name, string unit) => new(kind, charge, name, 0, Band.Whole, null, unit, Notice, From);

    RatedBill Failed(Finding finding) => new(Code, Money.Zero, 0, [], [finding]);
}

/// <param name="Name">Name on the receipt.</param>
/// <param name="Category">Category, or null.</param>
/// <param name="Price">Price of a piece, or of a unit of weighed goods.</param>
/// <param name="MemberPrice">会员价, or null.</param>
public sealed record PricedGoods(Bilingual Name, string? Category, Money Price, Money? MemberPrice);
