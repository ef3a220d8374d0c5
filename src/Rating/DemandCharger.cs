using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>Greatest demand × price × months, by band where the price is, through the tiers.</summary>
sealed class DemandCharger : ICharger
{
    readonly DemandCharge charge;
    readonly SeasonTiers[] seasonOfMonth = new SeasonTiers[13];
    readonly LineSource[] sources;

    public DemandCharger(DemandCharge charge, TariffVersion version)
    {
        this.charge = charge;
        foreach (var season in charge.Seasons)
            foreach (var month in season.Months) seasonOfMonth[month] = season;
        var most = charge.Seasons.Max(s => s.Tiers.Count);
        sources = [.. Enumerable.Range(0, most * 6).Select(i =>
            new LineSource(LineKind.Demand, charge.Code, charge.Name, most == 1 ? 0 : i / 6 + 1, (Band)(i % 6), null, "kW", version.Notice, version.From))];
    }

    public Finding? Rate(in Usage usage, LineBuffer lines, int first)
    {
        var season = seasonOfMonth[usage.To.Month];
        if (!season.Tiers[0].Prices.IsByBand)
        {
            if (usage.MaxKw is not { } max) return new("power.maxDemandKw", "usage.demand_missing");
            Climb(Band.Whole, max, season, usage, lines);
            return null;
        }
        if ((usage.Power?.MaxDemandByBand ?? usage.CurveMaxKwByBand) is not { } byBand) return new("power.maxDemandByBand", "usage.demand_missing");
        for (var band = Band.Sharp; band <= Band.DeepValley; band++)
            if (season.Tiers[0].Prices[band] is not null) Climb(band, byBand[band], season, usage, lines);
        return null;
    }

    void Climb(Band band, decimal kw, SeasonTiers season, in Usage usage, LineBuffer lines)
    {
        var before = usage.Power?.HighestKwBefore ?? 0;
        var billed = Math.Max(kw, before * charge.RatchetShare);
        var months = usage.MonthsBy(charge.PartMonth);
        decimal from = 0;
        for (var i = 0; i < season.Tiers.Count && from < billed; i++)
        {
            var tier = season.Tiers[i];
            var part = Math.Min(billed, tier.UpTo ?? billed) - from;
            var price = tier.Prices[band] ?? 0;
            lines.Add(sources[i * 6 + (int)band], season.Tiers.Count > 1 ? from : null, tier.UpTo, part, price, part * price * months,
                [new("demand.max", kw, "kW"), new("demand.highest", before, "kW"), new("months", months)]);
            from += part;
        }
    }
}
