namespace OpenHall.Rating;

/// <summary>时段 of a time-of-use price. <see cref="Whole"/>: the price does not depend on the hour.</summary>
public enum Band { Whole, Sharp, Peak, Flat, Valley, DeepValley }

/// <summary>Energy by time-of-use band, kWh: what the registers 尖峰平谷深谷 of a meter counted.</summary>
public readonly record struct KwhByBand(decimal Sharp, decimal Peak, decimal Flat, decimal Valley, decimal DeepValley)
{
    public decimal Total => Sharp + Peak + Flat + Valley + DeepValley;

    /// <summary><see cref="Band.Whole"/> is the total.</summary>
    public decimal this[Band band] => band switch
    {
        Band.Sharp => Sharp,
        Band.Peak => Peak,
        Band.Flat => Flat,
        Band.Valley => Valley,
        Band.DeepValley => DeepValley,
        _ => Total,
    };

    /// <summary>The same with less in one band.</summary>
    public KwhByBand Less(Band band, decimal kwh) => band switch
    {
        Band.Sharp => this with { Sharp = Sharp - kwh },
        Band.Peak => this with { Peak = Peak - kwh },
        Band.Flat => this with { Flat = Flat - kwh },
        Band.Valley => this with { Valley = Valley - kwh },
        Band.DeepValley => this with { DeepValley = DeepValley - kwh },
        _ => throw new ArgumentOutOfRangeException(nameof(band)),
    };

    public static KwhByBand operator *(KwhByBand kwh, decimal factor) =>
        new(kwh.Sharp * factor, kwh.Peak * factor, kwh.Flat * factor, kwh.Valley * factor, kwh.DeepValley * factor);

    public static KwhByBand operator -(KwhByBand a, KwhByBand b) =>
        new(a.Sharp - b.Sharp, a.Peak - b.Peak, a.Flat - b.Flat, a.Valley - b.Valley, a.DeepValley - b.DeepValley);
}
