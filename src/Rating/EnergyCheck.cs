using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>Checks of the energy charge: seasons cover the year, tiers rise without gap, prices do not fall, bands are priced alike.</summary>
static class EnergyCheck
{
    const int MostTiers = 16;

    public static void Check(EnergyCharge charge, string path, List<Finding> findings)
    {
        if (charge.MaxMonths is < 1 or > 12) findings.Add(new($"{path}.maxMonths", "tariff.months_out_of_range", 1, 12));
        if (charge.SplitDecimals is < 0 or > 6) findings.Add(new($"{path}.splitDecimals", "tariff.decimals_out_of_range", 0, 6));
        if (charge.LimitDecimals is < 0 or > 6) findings.Add(new($"{path}.limitDecimals", "tariff.decimals_out_of_range", 0, 6));
        Seasons(charge.Seasons, path, findings);
        for (var s = 0; s < charge.Seasons.Count; s++)
            Tiers(charge.Seasons[s].Tiers, charge.Seasons.Count == 1 ? path : $"{path}.seasons[{s}]", charge.TiersMayFall, charge.HasMovingBase, findings);
        for (var i = 0; i < charge.FreeQuotas.Count; i++)
        {
            if (charge.FreeQuotas[i] is { Mode: FreeQuotaMode.PayBack, PayBackPrice: null, PayBackYuanPerMonth: null } && charge.Seasons.Any(s => s.Tiers.Count > 0 && s.Tiers[0].Prices.Whole is null))
                findings.Add(new($"{path}.freeQuota[{i}]", "tariff.pay_back_price_missing"));
            if (charge.FreeQuotas[i].KwhPerMonth <= 0) findings.Add(new($"{path}.freeQuota[{i}].kwhPerMonth", "charge.not_positive"));
        }
        Households(charge, path, findings);
        var bands = charge.Seasons.SelectMany(s => s.Tiers).Where(t => t.Prices.IsByBand).SelectMany(t => Priced(t.Prices)).Distinct().ToList();
        if (charge.Split == TierSplit.Order && bands.Except(charge.SplitOrder).Any()) findings.Add(new($"{path}.splitOrder", "tariff.band_not_in_order"));
        if (charge.Split == TierSplit.Order && charge.SplitOrder.Distinct().Count() != charge.SplitOrder.Count) findings.Add(new($"{path}.splitOrder", "tariff.band_twice"));
    }

    public static void Seasons(IReadOnlyList<SeasonTiers> seasons, string path, List<Finding> findings)
    {
        var where = seasons.Count == 1 ? path : $"{path}.seasons";
        for (var month = 1; month <= 12; month++)
        {
            var times = seasons.Count(s => s.Months.Contains(month));
            if (times == 0) findings.Add(new(where, "tariff.month_without_season", month));
            if (times > 1) findings.Add(new(where, "tariff.month_in_two_seasons", month));
        }
        if (seasons.Any(s => s.Months.Any(m => m is < 1 or > 12))) findings.Add(new(where, "tariff.months_out_of_range", 1, 12));
        if (seasons.Select(s => s.Tiers.Count).Distinct().Count() > 1) findings.Add(new(where, "tariff.seasons_differ_in_tiers"));
    }

    public static void Tiers(IReadOnlyList<Tier> tiers, string path, bool mayFall, bool mayBeNegative, List<Finding> findings)
    {
        if (tiers.Count is 0 or > MostTiers) findings.Add(new($"{path}.tiers", "tariff.tier_count", MostTiers));
        decimal limit = 0;
        for (var i = 0; i < tiers.Count; i++)
        {
            var at = tiers.Count == 1 ? path : $"{path}.tiers[{i}]";
            var tier = tiers[i];
            var isLast = i == tiers.Count - 1;
            if (isLast != tier.UpTo is null) findings.Add(new(at, isLast ? "tariff.last_tier_ends" : "tariff.tier_without_end"));
            if (tier.UpTo is { } end && end <= limit) findings.Add(new($"{at}.upTo", "tariff.tiers_not_rising", end, limit));
            limit = tier.UpTo ?? limit;
            if (tier.Prices.Whole is null && !tier.Prices.IsByBand) findings.Add(new(at, "tariff.no_price"));
            if (!mayBeNegative && Priced(tier.Prices).Any(b => tier.Prices[b] < 0)) findings.Add(new(at, "tariff.price_negative"));
            if (i == 0) continue;
            var before = tiers[i - 1].Prices;
            foreach (var band in Priced(tier.Prices).Union(Priced(before)))
            {
                if (tier.Prices[band] is null || before[band] is null) findings.Add(new(at, "tariff.band_not_in_every_tier", band));
                else if (!mayFall && tier.Prices[band] < before[band]) findings.Add(new(at, "tariff.tier_price_falls", band));
            }
        }
    }

    static void Households(EnergyCharge charge, string path, List<Finding> findings)
    {
        var tiers = charge.Seasons.Count > 0 ? charge.Seasons[0].Tiers.Count : 0;
        for (var i = 0; i < charge.Households.Count; i++)
        {
            var rule = charge.Households[i];
            var at = $"{path}.households[{i}]";
            if (rule.MinPersons < 1) findings.Add(new($"{at}.minPersons", "charge.not_positive"));
            if (rule.AddKwhPerMonth < 0) findings.Add(new($"{at}.addKwhPerMonth", "charge.not_positive"));
            if (rule.Limits is { } own && (own.Count != tiers - 1 || own.Zip(own.Skip(1)).Any(p => p.Second <= p.First))) findings.Add(new($"{at}.limits", "tariff.own_limits_wrong", tiers - 1));
            if (rule.Combined != CombinedChoice.No && charge.Combined is null && !charge.CombinedIsGiven) findings.Add(new($"{at}.combined", "household.no_combined_price"));
            if (i > 0 && rule.MinPersons < charge.Households[i - 1].MinPersons) findings.Add(new($"{at}.minPersons", "tariff.households_not_rising"));
        }
    }

    static IEnumerable<Band> Priced(BandPrices prices) => Enum.GetValues<Band>().Where(b => prices[b] is not null);
}
