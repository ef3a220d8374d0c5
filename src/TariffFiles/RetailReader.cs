using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Reads price lists and rules of cards.</summary>
static class RetailReader
{
    public static PriceList List(YamlEntry list)
    {
        list.Only("code", "name", "from", "notice", "source", "ofGoods", "ofCart", "promotions", "goods");
        return new(list["code"].Text(), list["name"].Both(), list["from"].Date(), list["notice"].Text(), list["source"].Text(), list["goods"].Pairs().ToDictionary(p => p.Key, p => Goods(p.Value)))
        {
            OfGoods = list["ofGoods"].Word(Stacking.BestOne),
            OfCart = list["ofCart"].Word(Stacking.BestOne),
            Promotions = [.. list["promotions"].Items().Select(p => p.Text())],
        };
    }

    static PricedGoods Goods(YamlEntry goods)
    {
        goods.Only("name", "category", "yuan", "memberYuan");
        return new(goods["name"].Both(), goods["category"].TextOrNull(), Money.OfYuan(goods["yuan"].Number()), Yuan(goods["memberYuan"]));
    }

    public static CardTariff Card(YamlEntry card)
    {
        card.Only("code", "name", "from", "notice", "source", "depositYuan", "bonuses", "refundFee", "damagedLosesDeposit");
        var fee = card["refundFee"];
        if (fee.Exists) fee.Only("share", "minimumYuan", "maximumYuan", "freeBelowYuan");
        return new(card["code"].Text(), card["name"].Both(), card["from"].Date(), card["notice"].Text(), card["source"].Text(), new(Money.OfYuan(card["depositYuan"].Number()))
        {
            Bonuses = [.. card["bonuses"].Items().Select(b => (Money.OfYuan(b.Only("topUpYuan", "bonusYuan")["topUpYuan"].Number()), Money.OfYuan(b["bonusYuan"].Number())))],
            RefundFeeShare = fee["share"].NumberOrNull() ?? 0,
            RefundFeeMinimum = Yuan(fee["minimumYuan"]) ?? Money.Zero,
            RefundFeeMaximum = Yuan(fee["maximumYuan"]),
            FreeBelow = Yuan(fee["freeBelowYuan"]) ?? Money.Zero,
            DamagedLosesDeposit = card["damagedLosesDeposit"].Flag(otherwise: true),
        });
    }

    static Money? Yuan(YamlEntry entry) => entry.NumberOrNull() is { } yuan ? Money.OfYuan(yuan) : null;
}
