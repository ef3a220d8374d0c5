using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <param name="Total">To pay.</param>
/// <param name="Net">For each line of the cart what is left to pay of it; they add up to the total (the base of returns and VAT).</param>
/// <param name="Discounts">What each promotion took off, by line of the cart.</param>
/// <param name="Gifts">Goods given.</param>
public sealed record PricedCart(Money Total, IReadOnlyList<Money> Net, IReadOnlyList<TakenOff> Discounts, IReadOnlyList<(string Sku, int Quantity)> Gifts);

/// <param name="Promotion">The promotion.</param>
/// <param name="ByLine">Amount off each line of the cart, 0 or more.</param>
public sealed record TakenOff(Promotion Promotion, IReadOnlyList<Money> ByLine)
{
    public Money Total => new(ByLine.Sum(m => m.Fen));
}

/// <summary>Prices a cart: goods first, then promotions of goods, then those of the whole cart.</summary>
/// <param name="promotions">All that are published.</param>
/// <param name="ofGoods">Which promotions of goods count, decided line by line for <see cref="Stacking.BestOne"/>.</param>
/// <param name="ofCart">Which promotions of the cart count.</param>
public sealed class CartPricing(IReadOnlyList<Promotion> promotions, Stacking ofGoods, Stacking ofCart)
{
    /// <summary>The cart as it is paid. No line falls below zero.</summary>
    public PricedCart Price(Cart cart)
    {
        var left = cart.Lines.Select(l => Money.OfYuan(l.Price.Yuan * l.Quantity)).ToArray();
        var fitting = promotions.Where(p => Holds(p, cart)).OrderBy(p => p.Order).ThenBy(p => p.Code, StringComparer.Ordinal).ToList();
        var taken = new List<TakenOff>();
        if (ofGoods == Stacking.BestOfAll)
        {
            if (fitting.Where(p => p.Kind != PromotionKind.Gift).MaxBy(p => Off(p, cart, left).Sum(m => m.Fen)) is { } best) Take(best, Off(best, cart, left), left, taken);
            return new(new(left.Sum(m => m.Fen)), left, taken, Gifts(fitting, cart, left));
        }
        var goods = Alone(fitting.Where(p => !p.IsOfCart && p.Kind != PromotionKind.Gift).ToList(), p => Off(p, cart, left));
        if (ofGoods == Stacking.BestOne) BestByLine(goods, cart, left, taken);
        else Apply(goods, cart, left, taken);
        var whole = Alone(fitting.Where(p => p.IsOfCart).ToList(), p => Off(p, cart, left));
        if (ofCart != Stacking.InOrder && whole.Count > 1) whole = [whole.MaxBy(p => Off(p, cart, left).Sum(m => m.Fen))!];
        Apply(whole, cart, left, taken);
        return new(new(left.Sum(m => m.Fen)), left, taken, Gifts(fitting, cart, left));
    }

    static List<(string, int)> Gifts(List<Promotion> fitting, Cart cart, Money[] left) =>
        [.. fitting.Where(p => p.Kind == PromotionKind.Gift && Covered(p, cart, left) >= p.Threshold && p.GiftSku is not null).Select(p => (p.GiftSku!, p.GiftQuantity))];

    static void Apply(List<Promotion> list, Cart cart, Money[] left, List<TakenOff> taken)
    {
        foreach (var promotion in list) Take(promotion, Off(promotion, cart, left), left, taken);
    }

    static void Take(Promotion promotion, Money[] off, Money[] left, List<TakenOff> taken)
    {
        if (off.All(m => m == Money.Zero)) return;
        for (var i = 0; i < left.Length; i++) left[i] -= off[i];
        taken.Add(new(promotion, off));
    }

    /// <summary>Each line takes the one promotion that takes most off it.</summary>
    static void BestByLine(List<Promotion> list, Cart cart, Money[] left, List<TakenOff> taken)
    {
        var all = list.Select(p => Off(p, cart, left)).ToList();
        var kept = all.Select(off => new Money[off.Length]).ToList();
        for (var line = 0; line < left.Length; line++)
        {
            var best = -1;
            for (var i = 0; i < all.Count; i++)
                if (all[i][line] > (best < 0 ? Money.Zero : all[best][line])) best = i;
            if (best >= 0) kept[best][line] = all[best][line];
        }
        for (var i = 0; i < all.Count; i++) Take(list[i], kept[i], left, taken);
    }

    /// <summary>With an exclusive promotion among them, the better of it alone and the others without it.</summary>
    static List<Promotion> Alone(List<Promotion> list, Func<Promotion, Money[]> off)
    {
        var exclusive = list.Where(p => p.IsExclusive).MaxBy(p => off(p).Sum(m => m.Fen));
        if (exclusive is null) return list;
        var others = list.Where(p => !p.IsExclusive).ToList();
        return off(exclusive).Sum(m => m.Fen) >= others.Sum(p => off(p).Sum(m => m.Fen)) ? [exclusive] : others;
    }

    static bool Holds(Promotion p, Cart cart) => (p.From is not { } from || from <= cart.Day) && (p.To is not { } to || cart.Day <= to)
        && (cart.IsMember || !p.MembersOnly && p.Kind != PromotionKind.MemberPrice) && (p.Kind != PromotionKind.Coupon || cart.Coupons.Contains(p.Code));

    static bool LooksAt(Promotion p, in CartLine line) => p.Skus.Count == 0 && p.Categories.Count == 0 || p.Skus.Contains(line.Sku) || line.Category is { } c && p.Categories.Contains(c);

    static Money Covered(Promotion p, Cart cart, Money[] left)
    {
        var sum = Money.Zero;
        for (var i = 0; i < left.Length; i++) if (LooksAt(p, cart.Lines[i])) sum += left[i];
        return sum;
    }

    /// <summary>What a promotion takes off each line, given what is left of them.</summary>
    static Money[] Off(Promotion p, Cart cart, Money[] left)
    {
        var off = new Money[left.Length];
        if (p.Kind == PromotionKind.NForM) { NForM(p, cart, left, off); return off; }
        if (p.IsOfCart) { OfCart(p, cart, left, off); return off; }
        for (var i = 0; i < left.Length; i++)
        {
            var line = cart.Lines[i];
            if (!LooksAt(p, line)) continue;
            var amount = p.Kind switch
            {
                PromotionKind.Percent => left[i] - Money.OfYuan(left[i].Yuan * p.Factor),
                PromotionKind.AmountEach => Money.OfYuan(p.Off.Yuan * line.Quantity),
                PromotionKind.MemberPrice when line.MemberPrice is { } price => left[i] - Money.OfYuan(price.Yuan * line.Quantity),
                _ => Money.Zero,
            };
            off[i] = Money.Max(Money.Zero, Money.Min(amount, left[i]));
        }
        return off;
    }

    /// <summary>Spreads the amount over the covered lines by what is left of them; the parts add up exactly.</summary>
    static void OfCart(Promotion p, Cart cart, Money[] left, Money[] off)
    {
        var covered = Covered(p, cart, left);
        if (covered == Money.Zero || covered < p.Threshold) return;
        var times = p.EveryThreshold && p.Threshold > Money.Zero ? covered.Fen / p.Threshold.Fen : 1;
        var amount = Money.Min(new(p.Off.Fen * times), covered);
        long seen = 0, given = 0;
        for (var i = 0; i < left.Length; i++)
        {
            if (!LooksAt(p, cart.Lines[i])) continue;
            seen += left[i].Fen;
            var upToHere = (long)((Int128)amount.Fen * seen / covered.Fen);
            off[i] = new(upToHere - given);
            given = upToHere;
        }
    }

    /// <summary>Of every so many whole pieces the cheapest are free.</summary>
    static void NForM(Promotion p, Cart cart, Money[] left, Money[] off)
    {
        var pieces = new List<(Money Price, int Line)>();
        for (var i = 0; i < left.Length; i++)
            if (LooksAt(p, cart.Lines[i]) && cart.Lines[i].Quantity >= 1)
                for (var n = 0; n < (int)cart.Lines[i].Quantity; n++) pieces.Add((new((long)(left[i].Fen / cart.Lines[i].Quantity)), i));
        if (p.Take <= p.Pay || p.Take <= 0) return;
        foreach (var (price, line) in pieces.OrderBy(x => x.Price).Take(pieces.Count / p.Take * (p.Take - p.Pay))) off[line] += price;
    }
}
