using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Reads promotions.</summary>
static class PromotionReader
{
    public static Promotion Read(YamlEntry promotion)
    {
        promotion.Only("code", "name", "kind", "from", "to", "skus", "categories", "factor", "offYuan", "thresholdYuan", "everyThreshold", "take", "pay", "giftSku",
            "giftQuantity", "membersOnly", "exclusive", "order");
        return new(promotion["code"].Text(), promotion["name"].Both(), promotion["kind"].Word(PromotionKind.Percent))
        {
            From = promotion["from"].DateOrNull(),
            To = promotion["to"].DateOrNull(),
            Skus = [.. promotion["skus"].Items().Select(s => s.Text())],
            Categories = [.. promotion["categories"].Items().Select(s => s.Text())],
            Factor = promotion["factor"].NumberOrNull() ?? 1,
            Off = Money.OfYuan(promotion["offYuan"].NumberOrNull() ?? 0),
            Threshold = Money.OfYuan(promotion["thresholdYuan"].NumberOrNull() ?? 0),
            EveryThreshold = promotion["everyThreshold"].Flag(),
            Take = promotion["take"].WholeOrNull() ?? 0,
            Pay = promotion["pay"].WholeOrNull() ?? 0,
            GiftSku = promotion["giftSku"].TextOrNull(),
            GiftQuantity = promotion["giftQuantity"].WholeOrNull() ?? 1,
            MembersOnly = promotion["membersOnly"].Flag(),
            IsExclusive = promotion["exclusive"].Flag(),
            Order = promotion["order"].WholeOrNull() ?? 0,
        };
    }

    /// <summary>What a promotion of its kind cannot do without.</summary>
    public static IReadOnlyList<Finding> Check(Promotion promotion)
    {
        var findings = new List<Finding>();
        if (promotion.To < promotion.From) findings.Add(new("to", "promotion.ends_before_it_begins"));
        if (promotion.Kind == PromotionKind.Percent && promotion.Factor is < 0 or >= 1) findings.Add(new("factor", "promotion.factor_wrong"));
        if (promotion.Kind is PromotionKind.AmountEach or PromotionKind.Threshold or PromotionKind.Coupon && promotion.Off <= Money.Zero) findings.Add(new("offYuan", "charge.not_positive"));
        if (promotion.Kind == PromotionKind.NForM && (promotion.Pay < 1 || promotion.Take <= promotion.Pay)) findings.Add(new("take", "promotion.take_pay_wrong"));
        if (promotion.Kind == PromotionKind.Gift && promotion.GiftSku is null) findings.Add(new("giftSku", "promotion.no_gift"));
        return findings;
    }
}
