using CsCheck;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Tests.Kernels;

public class RetailTests
{
    static readonly DateOnly Day = new(2025, 11, 11);
    static readonly Bilingual Name = new("促销", "Promotion");
    static readonly Promotion TenOff = new("ten", Name, PromotionKind.Percent) { Factor = 0.9m, Categories = ["food"] };
    static readonly Promotion Member = new("member", Name, PromotionKind.MemberPrice);
    static readonly Promotion Full100 = new("full", Name, PromotionKind.Threshold) { Threshold = new(100_00), Off = new(20_00) };
    static readonly Promotion Coupon = new("c5", Name, PromotionKind.Coupon) { Threshold = new(50_00), Off = new(5_00) };
    static readonly Promotion ThreeForTwo = new("3for2", Name, PromotionKind.NForM) { Take = 3, Pay = 2, Skus = ["tea", "cup"] };

    static Cart Cart(params CartLine[] lines) => new(Day, lines);

    static readonly CartLine Rice = new("rice", "food", 2, new(40_00)) { MemberPrice = new(35_00) };
    static readonly CartLine Lamp = new("lamp", "home", 1, new(60_00));

    static PricedCart Price(Cart cart, Stacking goods, Stacking whole, params Promotion[] promotions) => new CartPricing(promotions, goods, whole).Price(cart);

    [Fact]
    public void The_best_of_a_line_or_all_in_order()
    {
        var cart = Cart(Rice, Lamp) with { IsMember = true };
        // rice 80: member price 70 is better than 72; lamp 60
        Assert.Equal(new Money(130_00), Price(cart, Stacking.BestOne, Stacking.BestOne, TenOff, Member).Total);
        // in order: member first (order 1) 70, then 10 % off = 63; + 60
        Assert.Equal(new Money(123_00), Price(cart, Stacking.InOrder, Stacking.BestOne, TenOff with { Order = 2 }, Member with { Order = 1 }).Total);
    }

    [Fact]
    public void Thresholds_count_after_discounts_of_goods_and_spread_over_the_lines()
    {
        // 72 + 60 = 132 ≥ 100: 20 off, 72/132 of it on rice: 10.90 (10.909…), 9.10 on the lamp
        var priced = Price(Cart(Rice, Lamp), Stacking.BestOne, Stacking.BestOne, TenOff, Full100);
        Assert.Equal([new Money(61_10), new Money(50_90)], priced.Net);
        // every 50: 132 → two times 20
        Assert.Equal(new Money(92_00), Price(Cart(Rice, Lamp), Stacking.BestOne, Stacking.BestOne, TenOff, Full100 with { Threshold = new(50_00), EveryThreshold = true }).Total);
    }

    [Fact]
    public void A_coupon_counts_when_presented()
    {
        Assert.Equal(new Money(60_00), Price(Cart(Lamp), Stacking.BestOne, Stacking.InOrder, Coupon).Total);
        Assert.Equal(new Money(55_00), Price(Cart(Lamp) with { Coupons = ["c5"] }, Stacking.BestOne, Stacking.InOrder, Coupon).Total);
        // with 满减: best one takes 20, in order both
        var cart = Cart(Rice, Lamp) with { Coupons = ["c5"] };
        Assert.Equal(new Money(120_00), Price(cart, Stacking.BestOne, Stacking.BestOne, Coupon, Full100).Total);
        Assert.Equal(new Money(115_00), Price(cart, Stacking.BestOne, Stacking.InOrder, Coupon, Full100).Total);
    }

    [Fact]
    public void One_promotion_only_may_count_in_the_whole_cart()
    {
        // food: 10 % of 80 is 8; 20 off 100 is more; both together only where one stands on the other
        Assert.Equal(new Money(120_00), Price(Cart(Rice, Lamp), Stacking.BestOfAll, Stacking.BestOne, TenOff, Full100).Total);
        Assert.Equal(new Money(72_00), Price(Cart(Rice), Stacking.BestOfAll, Stacking.BestOne, TenOff, Full100).Total);
        Assert.Equal(new Money(112_00), Price(Cart(Rice, Lamp), Stacking.BestOne, Stacking.BestOne, TenOff, Full100).Total);
    }

    [Fact]
    public void An_amount_comes_off_each_piece() =>
        // 2 × 40, 3 off each piece; never below zero
        Assert.Equal((new Money(74_00), Money.Zero), (Price(Cart(Rice), Stacking.BestOne, Stacking.BestOne, new Promotion("a", Name, PromotionKind.AmountEach) { Off = new(3_00) }).Total,
            Price(Cart(Rice), Stacking.BestOne, Stacking.BestOne, new Promotion("a", Name, PromotionKind.AmountEach) { Off = new(50_00) }).Total));

    [Fact]
    public void Of_three_the_cheapest_is_free() =>
        // tea 2 × 30, cup 1 × 10, lamp doesn't count: the cup is free
        Assert.Equal(new Money(120_00), Price(Cart(new("tea", null, 2, new(30_00)), new("cup", null, 1, new(10_00)), Lamp), Stacking.BestOne, Stacking.BestOne, ThreeForTwo).Total);

    [Fact]
    public void A_gift_comes_with_enough_goods()
    {
        var gift = new Promotion("gift", Name, PromotionKind.Gift) { Threshold = new(100_00), GiftSku = "bag" };
        Assert.Equal([("bag", 1)], Price(Cart(Rice, Lamp), Stacking.BestOne, Stacking.BestOne, gift).Gifts);
        Assert.Empty(Price(Cart(Lamp), Stacking.BestOne, Stacking.BestOne, gift).Gifts);
    }

    [Fact]
    public void An_exclusive_promotion_stands_alone_when_it_is_better()
    {
        var half = new Promotion("half", Name, PromotionKind.Percent) { Factor = 0.5m, IsExclusive = true };
        Assert.Equal(new Money(40_00), Price(Cart(Rice), Stacking.InOrder, Stacking.BestOne, half, TenOff).Total);
        Assert.Equal(new Money(72_00), Price(Cart(Rice), Stacking.InOrder, Stacking.BestOne, half with { Factor = 0.95m }, TenOff).Total);
    }

    [Fact]
    public void Promotions_are_read_from_files_and_checked()
    {
        var tariffs = OpenHall.TariffFiles.TariffFile.Parse("p.yaml", """
            promotions:
              - { code: full, name: { zh: 满100减20, en: 20 off 100 }, kind: threshold, thresholdYuan: 100, offYuan: 20, from: 2025-11-01, to: 2025-11-11 }
              - { code: three, name: { zh: 三件付二, en: Three for two }, kind: n-for-m, take: 2, pay: 3 }
            """, out var findings);
        Assert.Equal((3, "promotion.take_pay_wrong"), findings.Select(f => (f.Line, f.Code)).Single());
        Assert.Equal(new Money(120_00), Price(Cart(Rice, Lamp), Stacking.BestOne, Stacking.BestOne, [.. tariffs.Promotions]).Total);
    }

    [Fact]
    public void Dates_hold() => Assert.Equal(new Money(80_00), Price(Cart(Rice), Stacking.BestOne, Stacking.BestOne, TenOff with { To = Day.AddDays(-1) }).Total);

    [Fact]
    public void Net_amounts_add_up_and_nothing_falls_below_zero() =>
        Gen.Select(Gen.Select(Gen.Int[0, 3], Gen.Int[1, 5], Gen.Int[1, 20_000]).Array[1, 6], Gen.Bool, Gen.Bool, Gen.Int[0, 30_000]).Sample((raw, a, b, off) =>
        {
            var cart = Cart([.. raw.Select(r => new CartLine(((string[])["tea", "cup", "rice", "lamp"])[r.Item1], r.Item1 == 2 ? "food" : null, r.Item2, new(r.Item3)))]) with { Coupons = ["c5"] };
            var priced = Price(cart, a ? Stacking.BestOne : Stacking.InOrder, b ? Stacking.BestOne : Stacking.InOrder, TenOff, ThreeForTwo, Coupon, Full100 with { Off = new(off) });
            Assert.Equal(priced.Total.Fen, priced.Net.Sum(m => m.Fen));
            Assert.All(priced.Net, m => Assert.True(m >= Money.Zero));
            var goods = cart.Lines.Sum(l => l.Price.Fen * (long)l.Quantity);
            Assert.Equal(goods - priced.Total.Fen, priced.Discounts.Sum(d => d.Total.Fen));
        });
}
