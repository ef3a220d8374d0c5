using System.Runtime.CompilerServices;
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
    readonly HouseholdRule[] rules;
    readonly bool hasBands;
    readonly int tierCount;
    readonly bool counts;
    readonly bool tablesByFirstDay;

    public EnergyCharger(EnergyCharge charge, TariffVersion version)
    {
        this.charge = charge;
        rules = [.. charge.Households];
        tablesByFirstDay = version.TablesBy == MonthOf.FirstDay;
        // Beside charges with tiers, a single price climbs nothing.
        counts = charge.Seasons.Any(s => s.Tiers.Count > 1) || !version.Charges.OfType<EnergyCharge>().Any(e => e.Seasons.Any(s => s.Tiers.Count > 1));
        hasBands = charge.Bands.Count > 0;
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

    public Finding? Rate(in Usage whole, LineBuffer lines, int first)
    {
        if (hasBands && whole.ByBand is null && whole.Kwh != 0) return new("byBand", "usage.bands_missing");
        if (charge.LimitsPerKw && whole.MaxKw is null) return new("power.maxDemandKw", "usage.demand_missing");
        return hasBands && whole.ByBand is not null ? RateBands(whole, lines) : RateEnergy(whole, lines);
    }

    /// <summary>Apart, so that the usual bill doesn't pay for clearing a second usage on the stack.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    Finding? RateBands(in Usage whole, LineBuffer lines) => RateEnergy(whole.Only(charge.Bands), lines);

    Finding? RateEnergy(in Usage usage, LineBuffer lines)
    {
        FreeQuota? quota = null;
        if (usage.Household.FreeQuota is { } kind && (quota = QuotaOf(kind)) is null) return new("household.freeQuota", "household.free_quota_unknown", kind);
        var rule = RuleFor(usage);
        var isCombined = usage.Household.IsCombinedMeter || rule?.Combined == CombinedChoice.Always ||
            rule?.Combined == CombinedChoice.MayChoose && usage.Household.ChoosesCombinedPrice;
        if (isCombined && charge.Combined is null && !charge.CombinedIsGiven) return new("household", "household.no_combined_price");

        BandPrices? combined = null;
        if (isCombined && CombinedPrice(usage, out combined) is { } noCombined) return noCombined;

        var day = charge.SeasonBy == MonthOf.FirstDay ? usage.From : usage.To;
        var season = seasonOfMonth[day.Month];
        var moves = charge.HasMovingBase && !(isCombined && charge.CombinedIsGiven);
        Span<decimal> bases = stackalloc decimal[moves ? 6 : 0];
        var movesByBand = false;
        if (moves && FillBases(bases, season, usage, day, out movesByBand) is { } noBase) return noBase;
        var byBand = movesByBand || (isCombined ? combined!.IsByBand : season.IsByBand);
        if (byBand && CheckBands(usage, combined, season, bases) is { } wrong) return wrong;

        var work = new EnergyWork(usage);
        var months = charge.Cycle == TierCycle.Year && quota is null ? 1
            : charge.Cycle == TierCycle.Reading
            ? Math.Min(charge.MaxMonths, Math.Max(1, decimal.Ceiling(MonthsOf(usage, PartMonth.Nearest))))
            : MonthsOf(usage, charge.PartMonth);
        // A period cut by a change of price has its free energy once.
        var freeMonths = usage.FlatMonths > 0 ? usage.FlatMonths : months;
        var free = quota is { Mode: FreeQuotaMode.Deduct } ? Math.Clamp(quota.KwhPerMonth * freeMonths, 0, Math.Max(0, work.Total)) : 0;
        if (free > 0) lines.Add(freeSource, null, null, free, 0);
        if (free > 0) work.Take(free, charge);
        if (isCombined)
        {
            RateCombined(work, byBand, combined!, bases, lines);
        }
        else
        {
            var counted = charge.Cycle == TierCycle.Year && usage.CountedByCharge is { } own ? own.GetValueOrDefault(charge.Code) : charge.Cycle == TierCycle.Year ? usage.YearToDateKwh : usage.MonthToDateKwh;
            var climbing = quota is { CountsInTiers: true } ? free : 0;
            Span<decimal> limits = stackalloc decimal[tierCount];
            FillLimits(limits, season, rule, usage, months, day.Month);
            season.Rate(work, byBand, counted + climbing, limits[..season.Limits.Length], bases, lines);
            if (counts) lines.Counted += work.Total + climbing;
        }
        if (quota is { Mode: FreeQuotaMode.PayBack }) PayBack(quota, usage, season, moves ? bases[0] : 0, freeMonths, lines);
        return null;
    }

    /// <summary>The tiers as they stand for a household and period; empty without tiers or for a combined meter.</summary>
    public IReadOnlyList<TierPicture> Picture(in Usage usage)
    {
        var day = charge.SeasonBy == MonthOf.FirstDay ? usage.From : usage.To;
        var season = seasonOfMonth[day.Month];
        if (season.Limits.Length < 2 || usage.Household.IsCombinedMeter || charge.LimitsPerKw && usage.MaxKw is null) return [];
        Span<decimal> limits = stackalloc decimal[tierCount];
        FillLimits(limits, season, RuleFor(usage), usage, MonthsOf(usage, charge.PartMonth), day.Month);
        var tiers = charge.Seasons.First(s => s.Months.Contains(day.Month)).Tiers;
        var pictures = new TierPicture[tiers.Count];
        for (var i = 0; i < pictures.Length; i++)
            pictures[i] = new(i + 1, i == 0 ? 0 : limits[i - 1], i < pictures.Length - 1 ? limits[i] : null, tiers[i].Prices);
        return pictures;
    }

    /// <summary>The combined price, published or with the usage; one that comes with the usage is whole, no base is added to it.</summary>
    Finding? CombinedPrice(in Usage usage, out BandPrices? combined)
    {
        combined = charge.Combined;
        if (!charge.CombinedIsGiven) return null;
        var code = $"{charge.Code}-combined";
        return usage.Prices?.TryGetValue(code, out combined) == true ? null : new($"prices.{code}", "usage.price_missing", code);
    }

    /// <summary>Base price of each band: the band's own, or the price for any hour times the season's factor.</summary>
    Finding? FillBases(Span<decimal> bases, EnergySeason season, in Usage usage, DateOnly day, out bool byBand)
    {
        byBand = season.Factors is not null;
        BandPrices? given = null;
        if (charge.BaseTable is { } table)
        {
            day = tablesByFirstDay ? usage.From : usage.To;
            given = table.On(day);
            if (given is null) return new(charge.Code, "tariff.no_price_for_month", charge.Code, day);
        }
        else if (usage.Prices?.TryGetValue(charge.Code, out given) != true && usage.BasePrice is null)
        {
            return new("basePrice", "usage.base_price_missing");
        }
        byBand |= given is { IsByBand: true };
        var whole = given is null ? usage.BasePrice : given.Whole;
        for (var band = Band.Whole; band <= Band.DeepValley; band++)
            bases[(int)band] = given?[band] ?? whole * (band == Band.Whole || season.Factors is null ? 1 : season.Factors[band]) ?? (band == Band.Whole ? 0 : Unpriced);
        return null;
    }

    /// <summary>Marks a band without a price; no real price comes near it.</summary>
    const decimal Unpriced = decimal.MinValue;

    Finding? CheckBands(in Usage usage, BandPrices? combined, EnergySeason season, ReadOnlySpan<decimal> bases)
    {
        if (usage.ByBand is not { } bands) return usage.Kwh == 0 ? null : new("byBand", "usage.bands_missing");
        for (var band = Band.Sharp; band <= Band.DeepValley; band++)
        {
            if (bands[band] == 0) continue;
            var isPriced = (bases.IsEmpty || bases[(int)band] != Unpriced) && (combined is not null ? !combined.IsByBand || combined[band] is not null : !season.IsByBand || season.Prices(band));
            if (!isPriced) return new("byBand", "usage.band_without_price", band);
        }
        return null;
    }

    FreeQuota? QuotaOf(string kind)
    {
        for (var i = 0; i < charge.FreeQuotas.Count; i++)
            if (charge.FreeQuotas[i].Kind == kind) return charge.FreeQuotas[i];
        return null;
    }

    HouseholdRule? RuleFor(in Usage usage)
    {
        for (var i = rules.Length - 1; i >= 0; i--)
            if (usage.Household.Persons >= rules[i].MinPersons && (rules[i].From is not { } from || from <= usage.To)) return rules[i];
        return null;
    }

    static decimal MonthsOf(in Usage usage, PartMonth part) => usage.Months > 0 ? usage.Months : Months.Between(usage.From, usage.To, part);

    /// <summary>Upper ends of this bill's tiers; the last stays open.</summary>
    void FillLimits(Span<decimal> limits, EnergySeason season, HouseholdRule? rule, in Usage usage, decimal months, int month)
    {
        var count = season.Limits.Length;
        var isYear = charge.Cycle == TierCycle.Year;
        var yearMonths = usage.YearMonths > 0 ? usage.YearMonths : 12;
        var times = charge.LimitsPerDay ? usage.To.DayNumber - usage.From.DayNumber + 1 : (!isYear ? months : yearMonths == 12 ? 1 : yearMonths / 12) * (charge.LimitsPerKw ? usage.MaxKw!.Value : 1);
        var spansSeasons = !isYear && !charge.LimitsPerKw && !charge.LimitsPerDay && months > 1 && charge.Seasons.Count > 1 && charge.SeasonBy != MonthOf.Days && months == decimal.Truncate(months);
        var isOnce = times == 1;
        for (var i = 0; i < count - 1; i++)
        {
            if (spansSeasons)
            {
                decimal sum = 0;
                for (var back = 0; back < months; back++)
                {
                    var at = charge.SeasonBy != MonthOf.FirstDay ? month - back : month + back;
                    sum += seasonOfMonth[(at - 1 + 24) % 12 + 1].Limits[i];
                }
                limits[i] = sum;
            }
            else
            {
                limits[i] = isOnce ? season.Limits[i] : season.Limits[i] * times;
            }
        }
        if (rule is not null && count > 1) Enlarge(limits, count, rule, usage, times, months, yearMonths);
        if (charge.LimitDecimals is { } places)
            for (var i = 0; i < count - 1; i++) limits[i] = decimal.Round(limits[i], places, MidpointRounding.AwayFromZero);
    }

    /// <summary>Limits of a larger household.</summary>
    void Enlarge(Span<decimal> limits, int count, HouseholdRule rule, in Usage usage, decimal times, decimal months, decimal yearMonths)
    {
        var isYear = charge.Cycle == TierCycle.Year;
        var share = isYear && usage.Household.LargerMonths is { } larger && larger < yearMonths ? larger / yearMonths : 1m;
        if (rule.Limits is { } own)
            for (var i = 0; i < count - 1; i++) limits[i] = share == 1 ? own[i] * times : limits[i] + (own[i] * times - limits[i]) * share;
        var add = rule.PerPersonBeyond is { } beyond ? rule.AddKwhPerMonth * Math.Max(0, usage.Household.Persons - beyond) : rule.AddKwhPerMonth;
        if (isYear) add *= yearMonths * share;
        else if (charge.LimitsPerDay) add *= months;
        else if (times != 1) add *= times;
        if (add == 0) return;
        limits[0] += add;
        for (var i = 1; i < count - 1; i++) limits[i] = rule.FirstTierOnly ? Math.Max(limits[i], limits[i - 1]) : limits[i] + add;
    }

    void RateCombined(in EnergyWork work, bool byBand, BandPrices combined, ReadOnlySpan<decimal> bases, LineBuffer lines)
    {
        if (!byBand)
        {
            lines.Add(combinedSources[0], null, null, work.Total, (bases.IsEmpty ? 0 : bases[0]) + combined.Whole!.Value);
            return;
        }
        for (var band = Band.Sharp; band <= Band.DeepValley; band++)
            if (work.Bands[band] is not 0 and var kwh) lines.Add(combinedSources[(int)band], null, null, kwh, (bases.IsEmpty ? 0 : bases[(int)band]) + (combined[band] ?? combined.Whole ?? 0));
    }

    void PayBack(FreeQuota quota, in Usage usage, EnergySeason season, decimal basePrice, decimal months, LineBuffer lines)
    {
        if (quota.PayBackYuanPerMonth is { } yuan)
        {
            lines.Add(payBackMonthSource, null, null, -months, yuan);
            return;
        }
        var kwh = quota.KwhPerMonth * months;
        if (quota.CappedByUsage) kwh = Math.Clamp(usage.TotalKwh, 0, kwh);
        if (kwh == 0) return;
        lines.Add(payBackSource, null, null, -kwh, quota.PayBackPrice ?? season.FirstPrice + basePrice);
    }
}
