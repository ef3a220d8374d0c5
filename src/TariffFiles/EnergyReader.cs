using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Reads the energy charge. Prices may be written whole (price), as steps on a base (adder), or by band (prices, bandAdders, bandFactors).</summary>
static class EnergyReader
{
    static readonly int[] AllMonths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    public static EnergyCharge Read(YamlEntry energy)
    {
        energy.Only("code", "name", "cycle", "maxMonths", "partMonth", "seasonBy", "base", "price", "prices", "tiers", "seasons", "bandAdders", "bandFactors",
            "split", "splitOrder", "splitDecimals", "bands", "limitsPerKw", "limitsPerDay", "limitDecimals", "part", "yearBreak", "yearPart", "tiersMayFall", "combined", "freeQuota", "households");
        var givenBase = energy["base"].Exists && energy["base"].IsScalar && energy["base"].Text() == "given";
        var isCombinedGiven = energy["combined"].IsScalar && energy["combined"].Text() == "given";
        var table = energy["base"].Exists && !energy["base"].IsScalar ? Table(energy["base"].Only("table")["table"]) : null;
        var moves = givenBase || table is not null;
        var bands = new BandRule(energy, moves);
        decimal? basePrice = moves ? 0 : energy["base"].NumberOrNull();
        List<SeasonTiers> seasons = energy["seasons"].Exists
            ? [.. energy["seasons"].Items().Select(s => Season(s, basePrice, bands, moves))]
            : [new(null, AllMonths, Tiers(energy, basePrice, bands)) { Factors = bands.MovingFactors }];
        return new()
        {
            Code = energy["code"].TextOrNull() ?? "energy",
            Name = energy["name"].BothOrNull(),
            Cycle = energy["cycle"].Word(TierCycle.Month),
            MaxMonths = energy["maxMonths"].WholeOrNull() ?? 12,
            PartMonth = energy["partMonth"].Word(PartMonth.Days),
            SeasonBy = energy["seasonBy"].Word(MonthOf.LastDay),
            YearBreak = energy["yearBreak"].Word(YearBreak.LastDay),
            YearPart = energy["yearPart"].Word(YearPart.StartedMonths),
            Bands = [.. energy["bands"].Items().Select(b => b.Word(Band.Whole))],
            LimitsPerKw = energy["limitsPerKw"].Flag(),
            LimitDecimals = energy["limitDecimals"].WholeOrNull(),
            LimitsPerDay = energy["limitsPerDay"].Flag(),
            Part = energy["part"].Exists ? Part(energy["part"]) : null,
            CombinedIsGiven = isCombinedGiven,
            TiersMayFall = energy["tiersMayFall"].Flag(),
            Seasons = seasons,
            Split = energy["split"].Word(TierSplit.Proportion),
            SplitOrder = energy["splitOrder"].Exists ? [.. energy["splitOrder"].Items().Select(b => b.Word(Band.Whole))]
                : [Band.Sharp, Band.Peak, Band.Flat, Band.Valley, Band.DeepValley],
            SplitDecimals = energy["splitDecimals"].WholeOrNull(),
            Combined = energy["combined"].Exists && !isCombinedGiven ? Price(energy["combined"].Only("price", "adder", "prices"),
                basePrice ?? seasons.FirstOrDefault()?.Tiers.FirstOrDefault()?.Prices.Whole, default) : null,
            FreeQuotas = [.. energy["freeQuota"].Items().Select(Quota)],
            Households = [.. energy["households"].Items().Select(Household)],
            OnGivenBase = givenBase,
            BaseTable = table,
        };
    }

    /// <summary>share: 0.2, kwhPerMonth: 100, or one of the words rest and given.</summary>
    static EnergyPart Part(YamlEntry part)
    {
        if (!part.IsScalar) return new(part.Only("share", "kwhPerMonth")["kwhPerMonth"].NumberOrNull(), part["share"].NumberOrNull());
        return part.Text() switch { "rest" => new(), "given" => new(IsGiven: true), var other => part.Wrong("yaml.not_one_of", new EnergyPart(), other, "rest, given, { share }, { kwhPerMonth }") };
    }

    /// <summary>A demand price: tiers in kW, seasons, bands as for energy.</summary>
    public static DemandCharge Demand(YamlEntry demand)
    {
        demand.Only("code", "name", "price", "prices", "tiers", "seasons", "ratchetShare", "ratchetMonths", "ratchetOf", "partMonth");
        return new()
        {
            Code = demand["code"].TextOrNull() ?? "demand",
            Name = demand["name"].BothOrNull(),
            RatchetShare = demand["ratchetShare"].NumberOrNull() ?? 0,
            RatchetMonths = demand["ratchetMonths"].WholeOrNull() ?? 11,
            RatchetOf = [.. demand["ratchetOf"].Items().Select(m => m.WholeOrNull() ?? 0)],
            PartMonth = demand["partMonth"].Word(PartMonth.Days),
            Seasons = demand["seasons"].Exists ? [.. demand["seasons"].Items().Select(s => Season(s, null, default, moves: false))] : [new(null, AllMonths, Tiers(demand, null, default))],
        };
    }

    static SeasonTiers Season(YamlEntry season, decimal? basePrice, BandRule bands, bool moves)
    {
        season.Only("name", "months", "tiers", "price", "prices", "adder", "bandAdders", "bandFactors");
        if (!season["months"].Exists) season["months"].Wrong("yaml.missing", 0);
        var own = season["bandAdders"].Exists || season["bandFactors"].Exists ? new BandRule(season, moves) : bands;
        return new(season["name"].BothOrNull(), [.. season["months"].Items().Select(m => m.WholeOrNull() ?? 0)], Tiers(season, basePrice, own)) { Factors = own.MovingFactors };
    }

    /// <summary>A list of tiers, or one price without tiers.</summary>
    static List<Tier> Tiers(YamlEntry place, decimal? basePrice, BandRule bands)
    {
        if (!place["tiers"].Exists) return [new(null, Price(place, basePrice, bands))];
        if (place["price"].Exists || place["prices"].Exists) place["tiers"].Wrong("tariff.price_and_tiers", 0);
        var tiers = new List<Tier>();
        foreach (var tier in place["tiers"].Items())
        {
            tier.Only("upTo", "price", "adder", "prices");
            tiers.Add(new(tier["upTo"].NumberOrNull(), Price(tier, basePrice ?? tiers.FirstOrDefault()?.Prices.Whole, bands)));
        }
        return tiers;
    }

    static BandPrices Price(YamlEntry place, decimal? basePrice, BandRule bands)
    {
        if (place["prices"].Exists) return ByBand(place["prices"]);
        decimal? whole = place["price"].NumberOrNull();
        if (place["adder"].NumberOrNull() is { } adder)
        {
            if (basePrice is null) place["adder"].Wrong("tariff.adder_without_base", 0);
            else whole = basePrice + adder;
        }
        return bands.Over(whole ?? (bands.Moves || place["price"].Exists || place["adder"].Exists ? 0 : null));
    }

    /// <summary>Prices by month: 2025-08: 0.05, or by band.</summary>
    public static PriceTable Table(YamlEntry table)
    {
        var months = new Dictionary<int, BandPrices>();
        foreach (var (key, value) in table.Pairs())
        {
            if (!DateOnly.TryParseExact(key + "-01", "yyyy-MM-dd", out var month)) value.Wrong("yaml.not_a_month", 0, key);
            else months[month.Year * 100 + month.Month] = value.IsScalar ? new(value.Number()) : ByBand(value);
        }
        return new(months);
    }

    public static BandPrices ByBand(YamlEntry prices)
    {
        prices.Only("whole", "sharp", "peak", "flat", "valley", "deep-valley");
        return new(prices["whole"].NumberOrNull(), prices["sharp"].NumberOrNull(), prices["peak"].NumberOrNull(), prices["flat"].NumberOrNull(),
            prices["valley"].NumberOrNull(), prices["deep-valley"].NumberOrNull());
    }

    static FreeQuota Quota(YamlEntry quota)
    {
        quota.Only("kind", "name", "kwhPerMonth", "mode", "countsInTiers", "payBackPrice", "payBackYuanPerMonth", "cappedByUsage");
        return new(quota["kind"].Text(), quota["name"].Both(), quota["kwhPerMonth"].Number(), quota["mode"].Word(FreeQuotaMode.Deduct))
        {
            CountsInTiers = quota["countsInTiers"].Flag(),
            PayBackPrice = quota["payBackPrice"].NumberOrNull(),
            PayBackYuanPerMonth = quota["payBackYuanPerMonth"].NumberOrNull(),
            CappedByUsage = quota["cappedByUsage"].Flag(otherwise: true),
        };
    }

    static HouseholdRule Household(YamlEntry rule)
    {
        rule.Only("minPersons", "from", "notice", "addKwhPerMonth", "perPersonBeyond", "firstTierOnly", "limits", "combined");
        return new(rule["minPersons"].WholeOrNull() ?? rule["minPersons"].Wrong("yaml.missing", 0))
        {
            From = rule["from"].DateOrNull(),
            Notice = rule["notice"].TextOrNull(),
            AddKwhPerMonth = rule["addKwhPerMonth"].NumberOrNull() ?? 0,
            PerPersonBeyond = rule["perPersonBeyond"].WholeOrNull(),
            FirstTierOnly = rule["firstTierOnly"].Flag(),
            Limits = rule["limits"].Exists ? [.. rule["limits"].Items().Select(l => l.Number())] : null,
            Combined = rule["combined"].Word(CombinedChoice.No),
        };
    }

    /// <summary>Bands as additions to, or factors on, the price for any hour; factors on a base that moves wait until it is known.</summary>
    readonly struct BandRule(YamlEntry place, bool moves)
    {
        readonly BandPrices? adders = place["bandAdders"].Exists ? ByBand(place["bandAdders"]) : null;
        readonly BandPrices? factors = place["bandFactors"].Exists ? ByBand(place["bandFactors"]) : null;

        public bool Moves { get; } = moves;

        public BandPrices? MovingFactors => Moves ? factors : null;

        public BandPrices Over(decimal? whole)
        {
            var (add, times) = (adders, Moves ? null : factors);
            return whole is null || add is null && times is null ? new(whole)
                : new(whole, Of(Band.Sharp), Of(Band.Peak), Of(Band.Flat), Of(Band.Valley), Of(Band.DeepValley));
            decimal? Of(Band band) => add?[band] is null && times?[band] is null ? null : whole * (times?[band] ?? 1) + (add?[band] ?? 0);
        }
    }
}
