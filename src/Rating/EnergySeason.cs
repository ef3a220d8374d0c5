namespace OpenHall.Rating;

/// <summary>One season's tiers as arrays.</summary>
sealed class EnergySeason
{
    const int BandCount = 6;
    readonly EnergyCharge charge;
    readonly BandPrices priced;
    readonly decimal[] prices;
    readonly LineSource[] sources;

    public EnergySeason(EnergyCharge charge, SeasonTiers season, TariffVersion version)
    {
        this.charge = charge;
        Limits = [.. season.Tiers.Select(t => t.UpTo ?? decimal.MaxValue)];
        IsByBand = season.Tiers.Any(t => t.Prices.IsByBand);
        Factors = season.Factors;
        priced = season.Tiers[0].Prices;
        FirstPrice = season.Tiers[0].Prices.Whole ?? 0;
        prices = new decimal[Limits.Length * BandCount];
        sources = new LineSource[prices.Length];
        for (var tier = 0; tier < Limits.Length; tier++)
            for (var band = 0; band < BandCount; band++)
            {
                prices[tier * BandCount + band] = season.Tiers[tier].Prices[(Band)band] ?? (charge.HasMovingBase ? season.Tiers[tier].Prices.Whole : null) ?? 0;
                sources[tier * BandCount + band] = new(LineKind.Energy, charge.Code, charge.Name, Limits.Length == 1 ? 0 : tier + 1, (Band)band,
                    season.Name, "kWh", version.Notice, version.From);
            }
    }

    /// <summary>Upper ends of the tiers; the last is <see cref="decimal.MaxValue"/>.</summary>
    public decimal[] Limits { get; }

    public bool IsByBand { get; }

    public BandPrices? Factors { get; }

    /// <summary>True when the band has a price of its own here (not from a moving base).</summary>
    public bool Prices(Band band) => priced[band] is not null;

    /// <summary>Price of the first tier for any hour; 0 where only bands are priced.</summary>
    public decimal FirstPrice { get; }

    /// <summary>Adds a line for each tier (and band) touched; the quantities add up to the energy.</summary>
    /// <param name="work">Energy to price.</param>
    /// <param name="byBand">Price by band.</param>
    /// <param name="counted">Energy that climbed the tiers before.</param>
    /// <param name="limits">Upper ends for this bill; the last is not looked at.</param>
    /// <param name="bases">Added to the price of each band; empty: nothing.</param>
    /// <param name="lines">Takes the lines.</param>
    public void Rate(in EnergyWork work, bool byBand, decimal counted, ReadOnlySpan<decimal> limits, ReadOnlySpan<decimal> bases, LineBuffer lines)
    {
        if (!byBand) Climb(Band.Whole, work.Total, counted, limits, bases, lines);
        else if (charge.Split == TierSplit.Proportion) Spread(work, counted, limits, bases, lines);
        else
            foreach (var band in charge.SplitOrder)
            {
                Climb(band, work.Bands[band], counted, limits, bases, lines);
                counted += work.Bands[band];
            }
    }

    /// <summary>One band climbs the tiers from <paramref name="counted"/>; negative energy steps down from there.</summary>
    void Climb(Band band, decimal kwh, decimal counted, ReadOnlySpan<decimal> limits, ReadOnlySpan<decimal> bases, LineBuffer lines)
    {
        var (low, high) = kwh >= 0 ? (counted, counted + kwh) : (counted + kwh, counted);
        decimal from = 0;
        for (var tier = 0; tier < limits.Length; tier++)
        {
            var isLast = tier == limits.Length - 1;
            // Below zero (more given back than was counted) the first tier's price holds.
            var start = tier == 0 ? low : Math.Max(low, from);
            var end = isLast ? high : Math.Min(high, limits[tier]);
            if (end > start) Line(tier, band, kwh >= 0 ? end - start : start - end, from, limits, bases, lines);
            if (isLast || high <= limits[tier]) return;
            from = limits[tier];
        }
    }

    /// <summary>Each tier's part is spread over the bands as the whole energy is; parts that must be rounded leave the rest to the last.</summary>
    void Spread(in EnergyWork work, decimal counted, ReadOnlySpan<decimal> limits, ReadOnlySpan<decimal> bases, LineBuffer lines)
    {
        if (work.Total == 0 && work.Bands == default) return;
        Span<decimal> whole = stackalloc decimal[BandCount], left = stackalloc decimal[BandCount], shares = stackalloc decimal[BandCount];
        var isPlain = work.Total > 0;
        for (var band = 1; band < BandCount; band++)
        {
            left[band] = whole[band] = work.Bands[(Band)band];
            isPlain &= whole[band] >= 0;
        }
        var (low, high) = work.Total >= 0 ? (counted, counted + work.Total) : (counted + work.Total, counted);
        decimal from = 0;
        for (var tier = 0; tier < limits.Length; tier++)
        {
            var isEnd = tier == limits.Length - 1 || high <= limits[tier];
            // Below zero (more given back than was counted) the first tier's price holds.
            var start = tier == 0 ? low : Math.Max(low, from);
            var part = (isEnd ? high : limits[tier]) - start;
            if (part > 0 || isEnd && work.Total == 0)
            {
                if (isEnd) left.CopyTo(shares);
                else if (isPlain) Share(part, work.Total, whole, left, shares);
                else SignedShare(work.Total < 0 ? -part : part, work.Total, whole, shares);
                for (var band = 1; band < BandCount; band++)
                {
                    if (shares[band] == 0) continue;
                    left[band] -= shares[band];
                    Line(tier, (Band)band, shares[band], from, limits, bases, lines);
                }
            }
            if (isEnd) return;
            from = limits[tier];
        }
    }

    /// <summary>The same where a band is given back (a settled estimate): shares may be negative.</summary>
    void SignedShare(decimal part, decimal total, ReadOnlySpan<decimal> whole, Span<decimal> shares)
    {
        for (var band = 1; band < BandCount; band++) shares[band] = whole[band] == 0 ? 0 : Rounded(part * whole[band] / total);
    }

    void Line(int tier, Band band, decimal kwh, decimal from, ReadOnlySpan<decimal> limits, ReadOnlySpan<decimal> bases, LineBuffer lines)
    {
        var at = tier * BandCount + (int)band;
        var hasTiers = limits.Length > 1;
        lines.Add(sources[at], hasTiers ? from : null, tier < limits.Length - 1 ? limits[tier] : null, kwh, bases.IsEmpty ? prices[at] : prices[at] + bases[(int)band]);
    }

    /// <summary>Divides a tier's part over the bands; no band gives more than it has left, and the shares add up to the part.</summary>
    void Share(decimal part, decimal total, ReadOnlySpan<decimal> whole, ReadOnlySpan<decimal> left, Span<decimal> shares)
    {
        var rest = part;
        var last = BandCount - 1;
        while (last > 1 && whole[last] == 0) shares[last--] = 0;
        for (var band = 1; band < last; band++)
        {
            shares[band] = whole[band] == 0 ? 0 : Math.Min(Math.Min(left[band], rest), Rounded(part * whole[band] / total));
            rest -= shares[band];
        }
        // What the others leave is the last band's share: no division.
        shares[last] = Math.Min(left[last], rest);
        rest -= shares[last];
        for (var band = BandCount - 1; band > 0 && rest > 0; band--)
        {
            var more = Math.Min(rest, left[band] - shares[band]);
            shares[band] += more;
            rest -= more;
        }
    }

    /// <summary>Ten decimals where the tariff names none: enough for any price, and sums stay exact.</summary>
    decimal Rounded(decimal kwh) => decimal.Round(kwh, charge.SplitDecimals ?? 10, MidpointRounding.AwayFromZero);
}
