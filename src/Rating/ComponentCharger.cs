using OpenHall.Kernel;

namespace OpenHall.Rating;

sealed class ComponentCharger : ICharger
{
    readonly ComponentCharge charge;
    readonly LineSource[] sources;
    readonly bool usesFirstDay;

    public ComponentCharger(ComponentCharge charge, TariffVersion version)
    {
        this.charge = charge;
        usesFirstDay = version.TablesBy == MonthOf.FirstDay;
        sources = [.. Enum.GetValues<Band>().Select(band => new LineSource(charge.IsDiscount ? LineKind.Discount : charge.Per is ComponentUnit.FeedIn or ComponentUnit.Generation ? LineKind.FeedIn : LineKind.Component, charge.Code, charge.Name, 0, band,
            null, charge.Per switch { ComponentUnit.Kvarh => "kvarh", ComponentUnit.Day => "day", _ => "kWh" }, version.Notice, version.From))];
    }

    public Finding? Rate(in Usage usage, LineBuffer lines, int first)
    {
        var price = charge.Price;
        if (charge.Table is { } table)
        {
            price = table.On(usesFirstDay ? usage.From : usage.To);
            if (price is null) return new(charge.Code, "tariff.no_price_for_month", charge.Code, usage.To);
        }
        else if (price is null && usage.Prices?.TryGetValue(charge.Code, out price) != true)
        {
            return new($"prices.{charge.Code}", "usage.price_missing", charge.Code);
        }
        if (charge.Per == ComponentUnit.Kvarh) return Add(Band.Whole, usage.Power?.Kvarh ?? 0, price!, lines);
        if (charge.Per == ComponentUnit.Day) return Add(Band.Whole, usage.To.DayNumber - usage.From.DayNumber + 1, price!, lines);
        if (charge.Per == ComponentUnit.Generation) return usage.Power is { GenerationKwh: not 0 and var made } ? Add(Band.Whole, -made, price!, lines) : null;
        if (charge.Per == ComponentUnit.FeedIn) return FeedIn(usage, price!, lines);
        if (!price!.IsByBand && charge.Factors is null) return Add(Band.Whole, usage.TotalKwh, price, lines);
        if (usage.ByBand is not { } bands) return usage.Kwh == 0 ? null : new("byBand", "usage.bands_missing");
        for (var band = Band.Sharp; band <= Band.DeepValley; band++)
            if (bands[band] != 0 && Add(band, bands[band], price, lines) is { } wrong) return wrong;
        return null;
    }

    Finding? FeedIn(in Usage usage, BandPrices price, LineBuffer lines)
    {
        if (usage.Power?.FeedInByBand is not { } fed || !price.IsByBand && charge.Factors is null)
            return (usage.Power?.FeedInByBand?.Total ?? usage.FeedInKwh) is var kwh and not 0 ? Add(Band.Whole, -kwh, price, lines) : null;
        for (var band = Band.Sharp; band <= Band.DeepValley; band++)
            if (fed[band] != 0 && Add(band, -fed[band], price, lines) is { } wrong) return wrong;
        return null;
    }

    Finding? Add(Band band, decimal quantity, BandPrices price, LineBuffer lines)
    {
        var each = price[band] ?? price.Whole * (charge.Factors is { } factors ? factors[band] : 1);
        if (each is not { } yuan) return new("byBand", "usage.band_without_price", band);
        lines.Add(sources[(int)band], null, null, quantity, yuan);
        return null;
    }
}
