using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>促销 as data: what it looks at, when it holds, what it takes off.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Name">Name on the receipt.</param>
/// <param name="Kind">How it works.</param>
public sealed record Promotion(string Code, Bilingual Name, PromotionKind Kind)
{
    /// <summary>First and last day; null: open.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Goods and categories it looks at; both empty: everything.</summary>
    public IReadOnlyList<string> Skus { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Percent: share to pay (0.9 is 九折).</summary>
    public decimal Factor { get; init; } = 1;

    /// <summary>Amount, threshold and coupon: yuan off.</summary>
    public Money Off { get; init; }

    /// <summary>Goods must come to so much (满减, coupon, gift).</summary>
    public Money Threshold { get; init; }

    /// <summary>Threshold: again for every further threshold (每满).</summary>
    public bool EveryThreshold { get; init; }

    /// <summary>N for M: of every <see cref="Take"/> pieces only <see cref="Pay"/> are paid, the cheapest free.</summary>
    public int Take { get; init; }

    public int Pay { get; init; }

    /// <summary>Gift: goods given, and how many.</summary>
    public string? GiftSku { get; init; }

    public int GiftQuantity { get; init; } = 1;

    public bool MembersOnly { get; init; }

    /// <summary>Stands alone: with it no other promotion of the same level.</summary>
    public bool IsExclusive { get; init; }

    /// <summary>Lower comes first.</summary>
    public int Order { get; init; }

    /// <summary>Promotions of single goods come before those of the whole cart.</summary>
    public bool IsOfCart => Kind is PromotionKind.Threshold or PromotionKind.Coupon;
}

public enum PromotionKind
{
    /// <summary>Share of the price.</summary>
    Percent,

    /// <summary>Yuan off each piece.</summary>
    AmountEach,

    /// <summary>会员价: the member's price of the goods.</summary>
    MemberPrice,

    /// <summary>N 件付 M 件.</summary>
    NForM,

    /// <summary>满赠.</summary>
    Gift,

    /// <summary>满减.</summary>
    Threshold,

    /// <summary>优惠券: like a threshold, when the coupon is presented.</summary>
    Coupon,
}

/// <summary>Which of several fitting promotions count.</summary>
public enum Stacking
{
    /// <summary>The one that takes off most.</summary>
    BestOne,

    /// <summary>All in their order, each on what the ones before left.</summary>
    InOrder,

    /// <summary>One only in the whole cart, of goods or of the cart: the one that takes off most. Said of goods, it holds for the cart too.</summary>
    BestOfAll,
}

/// <param name="Sku">Code of the goods.</param>
/// <param name="Category">Category, or null.</param>
/// <param name="Quantity">Pieces; decimals for weighed goods.</param>
/// <param name="Price">Price of a piece.</param>
public readonly record struct CartLine(string Sku, string? Category, decimal Quantity, Money Price)
{
    public Money? MemberPrice { get; init; }
}

/// <param name="Day">Day of the sale.</param>
/// <param name="Lines">Goods.</param>
public sealed record Cart(DateOnly Day, IReadOnlyList<CartLine> Lines)
{
    public bool IsMember { get; init; }

    /// <summary>Codes of the coupons presented.</summary>
    public IReadOnlyList<string> Coupons { get; init; } = [];
}
