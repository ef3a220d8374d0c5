namespace OpenHall.Rating;

/// <summary>Energy still to be priced.</summary>
ref struct EnergyWork(in Usage usage)
{
    public decimal Total = usage.TotalKwh;
    public KwhByBand Bands = usage.ByBand ?? default;

    /// <summary>Takes free energy away, from the bands as tiers are laid over them.</summary>
    public void Take(decimal free, EnergyCharge charge)
    {
        if (free == 0) return;
        if (charge.Split == TierSplit.Proportion)
        {
            var whole = Bands;
            var left = free;
            for (var band = Band.Sharp; band <= Band.DeepValley; band++)
            {
                var taken = Math.Min(left, decimal.Round(free * whole[band] / Total, 10, MidpointRounding.AwayFromZero));
                if (band == LastBand(whole)) taken = left;
                if (taken == 0) continue;
                Bands = Bands.Less(band, taken);
                left -= taken;
            }
        }
        else
        {
            var left = free;
            foreach (var band in charge.SplitOrder)
            {
                var taken = Math.Min(left, Bands[band]);
                Bands = Bands.Less(band, taken);
                left -= taken;
            }
        }
        Total -= free;
    }

    static Band LastBand(in KwhByBand bands)
    {
        for (var band = Band.DeepValley; band > Band.Sharp; band--)
            if (bands[band] != 0) return band;
        return Band.Sharp;
    }
}
