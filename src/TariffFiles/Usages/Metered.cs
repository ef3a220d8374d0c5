using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>What the meters of one account counted in one period, on its way from readings to billed energy.</summary>
sealed record Metered
{
    public decimal Kwh { get; init; }
    public KwhByBand? ByBand { get; init; }
    public decimal? Kvarh { get; init; }
    public decimal? MaxKw { get; init; }
    public KwhByBand? MaxKwByBand { get; init; }
    public decimal FeedIn { get; init; }
    public KwhByBand? FeedInByBand { get; init; }
    public decimal Generation { get; init; }

    public decimal Total => ByBand?.Total ?? Kwh;

    /// <summary>Meter error: the share of the period in which it ran wrong is divided by 1 + error.</summary>
    public Metered Corrected(decimal percent, decimal share, int? decimals) => Times(kwh => kwh - share * (kwh - Metering.Corrected(kwh, percent)), decimals);

    /// <summary>Added or deducted energy (追补、退补).</summary>
    public Metered Plus(decimal kwh, KwhByBand bands) => this with
    {
        Kwh = Kwh + kwh,
        ByBand = ByBand is { } all ? new(all.Sharp + bands.Sharp, all.Peak + bands.Peak, all.Flat + bands.Flat, all.Valley + bands.Valley, all.DeepValley + bands.DeepValley) : null,
    };

    /// <summary>总表减子表: band by band where both have bands, in the parent's proportion otherwise; never below zero.</summary>
    public Metered Less(Metered child)
    {
        if (ByBand is not { } all) return this with { Kwh = Metering.Less(Kwh, [child.Total]), Kvarh = Kvarh - (child.Kvarh ?? 0) is { } left ? Math.Max(0, left) : null };
        var taken = child.ByBand ?? Spread(all, Math.Min(child.Total, all.Total), null);
        return this with
        {
            ByBand = new(Left(all.Sharp, taken.Sharp), Left(all.Peak, taken.Peak), Left(all.Flat, taken.Flat), Left(all.Valley, taken.Valley), Left(all.DeepValley, taken.DeepValley)),
            Kvarh = Kvarh - (child.Kvarh ?? 0) is { } rest ? Math.Max(0, rest) : null,
        };
        static decimal Left(decimal parent, decimal child) => Metering.Less(parent, [child]);
    }

    /// <summary>变损: added to the energy, to the bands as they are used.</summary>
    public Metered WithLoss(decimal kwh, decimal kvarh, int? decimals) => this with
    {
        Kwh = Kwh + kwh,
        ByBand = ByBand is { } all ? Add(all, Spread(all, kwh, decimals)) : null,
        Kvarh = kvarh == 0 ? Kvarh : (Kvarh ?? 0) + kvarh,
    };

    Metered Times(Func<decimal, decimal> change, int? decimals)
    {
        decimal Of(decimal kwh) => decimals is { } places ? decimal.Round(change(kwh), places, MidpointRounding.AwayFromZero) : change(kwh);
        return this with { Kwh = Of(Kwh), ByBand = ByBand is { } all ? new(Of(all.Sharp), Of(all.Peak), Of(all.Flat), Of(all.Valley), Of(all.DeepValley)) : null };
    }

    /// <summary>A quantity over the bands as the whole lies over them; the last band used takes the rest.</summary>
    static KwhByBand Spread(in KwhByBand all, decimal kwh, int? decimals)
    {
        if (all.Total == 0) return default;
        var total = all.Total;
        decimal Of(decimal band) => decimal.Round(band * kwh / total, decimals ?? 10, MidpointRounding.AwayFromZero);
        var spread = new KwhByBand(Of(all.Sharp), Of(all.Peak), Of(all.Flat), Of(all.Valley), Of(all.DeepValley));
        for (var band = Band.DeepValley; band >= Band.Sharp; band--)
            if (all[band] != 0) return spread.Less(band, spread.Total - kwh);
        return spread;
    }

    static KwhByBand Add(in KwhByBand a, in KwhByBand b) => new(a.Sharp + b.Sharp, a.Peak + b.Peak, a.Flat + b.Flat, a.Valley + b.Valley, a.DeepValley + b.DeepValley);
}
