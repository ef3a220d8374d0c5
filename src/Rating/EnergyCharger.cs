using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>Rates energy by tiers, seasons, bands and household facts.</summary>
sealed class EnergyCharger : ICharger
{
    readonly EnergyCharge charge;
    readonly EnergySeason[] seasonOfMonth = new EnergySeason[13];
    readonly LineSource[] combinedSources;
    readonly LineSource freeSource;
    readonly LineSource payBackSource;
    readonly LineSource payBackMonthSource;
    readonly int tierCount;

    public EnergyCharger(EnergyCharge charge, TariffVersion version)
    {
        this.charge = charge;
        foreach (var season in charge.Seasons)
        {
            var ready = new EnergySeason(charge, season, version);
            foreach (var month in season.Months) seasonOfMonth[month] = ready;
            tierCount = Math.Max(tierCount, ready.Limits.Length);
        }
        LineSource Plain(LineKind kind, Band band, string unit) =>
            new(kind, charge.Code, charge.Name, 0, band, null, unit, version.Notice, version.From);
        combinedSources = [.. Enum.GetValues<Band>().Select(band => Plain(LineKind.CombinedEnergy, band, "kWh"))];
        freeSource = Plain(LineKind.FreeQuota, Band.Whole, "kWh");
        payBackSource = Plain(LineKind.PayBack, Band.Whole, "kWh");
        payBackMonthSource = Plain(LineKind.PayBack, Band.Whole, "month");
    }

    public Finding? Rate(in Usage usage, LineBuffer lines, int first)
    {
        if (charge.OnGivenBase && usage.BasePrice is null) return new("basePrice", "usage.base_price_missing");
        var work = new EnergyWork(usage);
        FreeQuota? quota = null;
        if (usage.Household.FreeQuota is { } kind && (quota = QuotaOf(kind)) is null) return new("household.freeQuota", "household.free_quota_unknown", kind);

        var rule = RuleFor(usage);
        var isCombined = usage.Household.IsCombinedMeter || rule?.Combined == CombinedChoice.Always ||
            rule?.Combined == CombinedChoice.MayChoose && usage.Household.ChoosesCombinedPrice;
        if (isCombined && charge.Combined is null) return new("household", "household.no_combined_price");

        var month = charge.SeasonBy == MonthOf.LastDay ? usage.To.Month : usage.From.Month;
        var season = seasonOfMonth[month];
        var byBand = isCombined ? charge.Combined!.IsByBand : season.IsByBand;
        if (byBand && usage.ByBand is null && usage.Kwh != 0) return new("byBand", "usage.bands_missing");
        if (byBand && usage.TotalKwh < 0) return new("byBand", "usage.negative_with_bands");

        var months = charge.Cycle == TierCycle.Reading
            ? Math.Min(charge.MaxMonths, Math.Max(1, decimal.Ceiling(MonthsOf(usage, PartMonth.Days))))
            : MonthsOf(usage, charge.PartMonth);
        var free = quota is { Mode: FreeQuotaMode.Deduct } ? Math.Clamp(quota.KwhPerMonth * months, 0, Math.Max(0, work.Total)) : 0;
        if (free > 0) lines.Add(freeSource, null, null, free, 0);

        if (isCombined)
        {
            work.Take(free, charge);
            RateCombined(work, byBand, usage.BasePrice ?? 0, lines);
        }
        else
        {
            var counted = charge.Cycle == TierCycle.Year ? usage.YearToDateKwh : usage.MonthToDateKwh;
            var counts = quota is { CountsInTiers: true };
            work.Take(free, charge);
            Span<decimal> limits = stackalloc decimal[tierCount];
            FillLimits(limits, season, rule, usage, months, month);
            season.Rate(work, byBand, counted + (counts ? free : 0), limits[..season.Limits.Length], usage.BasePrice ?? 0, lines);
            lines.Counted += work.Total + (counts ? free : 0);
        }
        if (quota is { Mode: FreeQuotaMode.PayBack }) PayBack(quota, usage, season, months, lines);
        return null;
    }

    FreeQuota? QuotaOf(string kind)
    {
        foreach (var quota in charge.FreeQuotas)
            if (quota.Kind == kind) return quota;
        return null;
    }

    HouseholdRule? RuleFor(in Usage usage)
    {
        var rules = charge.Households;
        for (var i = rules.Count - 1; i >= 0; i--)
            if (usage.Household.Persons >= rules[i].MinPersons && (rules[i].From is not { } from || from <= usage.To)) return rules[i];
        return null;
    }

    static decimal MonthsOf(in Usage usage, PartMonth part) => usage.Months > 0 ? usage.Months : Months.Between(usage.From, usage.To, part);

    /// <summary>Upper ends of this bill's tiers; the last stays open.</summary>
    void FillLimits(Span<decimal> limits, EnergySeason season, HouseholdRule? rule, in Usage usage, decimal months, int month)
    {
        var count = season.Limits.Length;
        var isYear = charge.Cycle == TierCycle.Year;
        var times = isYear ? 1 : months;
        var spansSeasons = !isYear && months > 1 && charge.Seasons.Count > 1 && months == decimal.Truncate(months);
        for (var i = 0; i < count - 1; i++)
        {
            if (spansSeasons)
            {
                decimal sum = 0;
                for (var back = 0; back < months; back++)
                {
                    var at = charge.SeasonBy == MonthOf.LastDay ? month - back : month + back;
                    sum += seasonOfMonth[(at - 1 + 24) % 12 + 1].Limits[i];
                }
                limits[i] = sum;
            }
            else
            {
                limits[i] = season.Limits[i] * times;
            }
        }
        if (rule is null || count < 2) return;
        var share = isYear ? (usage.Household.LargerMonths ?? 12) / 12m : 1m;
        if (rule.Limits is { } own)
            for (var i = 0; i < count - 1; i++) limits[i] += (own[i] * times - limits[i]) * share;
        var add = rule.AddKwhPerMonth * (rule.PerPersonBeyond is { } beyond ? Math.Max(0, usage.Household.Persons - beyond) : 1) * (isYear ? 12 * share : times);
        if (add == 0) return;
        limits[0] += add;
        for (var i = 1; i < count - 1; i++) limits[i] = rule.FirstTierOnly ? Math.Max(limits[i], limits[i - 1]) : limits[i] + add;
    }

    void RateCombined(in EnergyWork work, bool byBand, decimal basePrice, LineBuffer lines)
    {
        if (!byBand)
        {
            lines.Add(combinedSources[0], null, null, work.Total, basePrice + charge.Combined!.Whole!.Value);
            return;
        }
        for (var band = Band.Sharp; band <= Band.DeepValley; band++)
            if (work.Bands[band] is not 0 and var kwh) lines.Add(combinedSources[(int)band], null, null, kwh, basePrice + charge.Combined![band]!.Value);
    }

    void PayBack(FreeQuota quota, in Usage usage, EnergySeason season, decimal months, LineBuffer lines)
    {
        if (quota.PayBackYuanPerMonth is { } yuan)
        {
            lines.Add(payBackMonthSource, null, null, -months, yuan);
            return;
        }
        var kwh = quota.KwhPerMonth * months;
        if (quota.CappedByUsage) kwh = Math.Clamp(usage.TotalKwh, 0, kwh);
        if (kwh == 0) return;
        lines.Add(payBackSource, null, null, -kwh, quota.PayBackPrice ?? season.FirstPrice + (usage.BasePrice ?? 0));
    }
}
