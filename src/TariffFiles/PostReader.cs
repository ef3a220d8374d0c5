using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Reads postage.</summary>
static class PostReader
{
    public static PostTariff Read(YamlEntry post)
    {
        post.Only("code", "name", "from", "notice", "source", "rounding", "products", "extras");
        return new(post["code"].Text(), post["name"].Both(), post["from"].Date(), post["notice"].Text(), post["source"].Text(),
            [.. post["products"].Items().Select(Product)], [.. post["extras"].Items().Select(Extra)])
        { Rounding = post["rounding"].Word(Rounding.Line) };
    }

    static PostProduct Product(YamlEntry product)
    {
        product.Only("code", "name", "maxGrams", "steps", "zones", "volumeDivisor", "credentials", "included", "extras", "extraPrices", "wholeWeightChooses");
        var whole = product["wholeWeightChooses"].Flag();
        List<PostZone> zones = product["zones"].Exists
            ? [.. product["zones"].Items().Select(zone =>
            {
                zone.Only("code", "origins", "destinations", "samePlace", "steps");
                return new PostZone(zone["code"].Text(), Texts(zone["origins"]), Texts(zone["destinations"]), zone["samePlace"].Exists ? zone["samePlace"].Flag() : null, Steps(zone["steps"]))
                    { WholeWeightChooses = whole };
            })]
            : [new("any", [], [], null, Steps(product["steps"])) { WholeWeightChooses = whole }];
        return new(product["code"].Text(), product["name"].Both(), product["maxGrams"].WholeOrNull(), zones)
        {
            VolumeDivisor = product["volumeDivisor"].WholeOrNull(),
            Credentials = Numbers(product["credentials"]),
            Included = Texts(product["included"]),
            Extras = Texts(product["extras"]),
            ExtraPrices = Numbers(product["extraPrices"]),
        };
    }

    static List<WeightStep> Steps(YamlEntry steps) => [.. steps.Items().Select(s =>
    {
        s.Only("upTo", "per", "yuan");
        return new WeightStep(s["upTo"].WholeOrNull(), s["per"].WholeOrNull() ?? 0, s["yuan"].Number());
    })];

    static PostExtra Extra(YamlEntry extra)
    {
        extra.Only("code", "name", "yuan", "shareOfValue", "valueStep", "minimumYuan", "maxValue", "needs", "excludes", "paidByAddressee", "shareOfPostage", "perGrams", "surcharge", "destinations");
        return new(extra["code"].Text(), extra["name"].Both(), extra["yuan"].NumberOrNull() ?? 0)
        {
            ShareOfValue = extra["shareOfValue"].NumberOrNull(),
            ValueStep = extra["valueStep"].NumberOrNull() ?? 0,
            MinimumYuan = extra["minimumYuan"].NumberOrNull() ?? 0,
            MaxValue = extra["maxValue"].NumberOrNull(),
            ShareOfPostage = extra["shareOfPostage"].NumberOrNull(),
            PerGrams = extra["perGrams"].WholeOrNull() ?? 0,
            IsSurcharge = extra["surcharge"].Flag(),
            Destinations = Texts(extra["destinations"]),
            Needs = extra["needs"].TextOrNull(),
            Excludes = extra["excludes"].TextOrNull(),
            PaidByAddressee = extra["paidByAddressee"].Flag(),
        };
    }

    static List<string> Texts(YamlEntry list) => [.. list.Items().Select(i => i.Text())];

    static Dictionary<string, decimal> Numbers(YamlEntry map) => map.Pairs().ToDictionary(p => p.Key, p => p.Value.Number());
}
