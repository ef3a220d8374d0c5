using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>定比定量: divides a meter's energy over the energy charges that price parts of it.</summary>
sealed class EnergyParts
{
    readonly EnergyCharge[] charges;

    readonly int? decimals;

    EnergyParts(EnergyCharge[] charges, int? decimals) => (this.charges, this.decimals) = (charges, decimals);

    /// <summary>Null where every energy charge prices the whole meter.</summary>
    public static EnergyParts? Of(TariffVersion version)
    {
        var parts = version.Charges.OfType<EnergyCharge>().Where(c => c.Part is not null).ToArray();
        return parts.Length == 0 ? null : new(parts, version.PartDecimals);
    }

    /// <summary>What each charge takes, by its code; bands are divided alike. A contract's own parts come with the usage.</summary>
    public Finding? Divide(in Usage usage, out Dictionary<string, Usage> byCharge)
    {
        byCharge = [];
        var parts = new SplitPart[charges.Length];
        var rest = -1;
        for (var i = 0; i < charges.Length; i++)
        {
            var part = charges[i].Part!;
            if (part.IsGiven)
            {
                if (usage.Parts?.TryGetValue(charges[i].Code, out parts[i]) != true) return new($"parts.{charges[i].Code}", "usage.part_missing", charges[i].Code);
            }
            else
            {
                parts[i] = new(part.KwhPerMonth, part.Share);
            }
            if (parts[i] is { FixedKwh: null, Share: null }) rest = i;
            if (parts[i].FixedKwh is { } month) parts[i] = new(month * usage.MonthsCharged, null);
        }
        var total = usage.TotalKwh;
        var quantities = Metering.Split(total, parts, decimals, rest < 0 ? charges.Length - 1 : rest);
        var left = usage.ByBand;
        for (var i = 0; i < charges.Length; i++)
        {
            KwhByBand? bands = null;
            if (usage.ByBand is { } all)
            {
                bands = i == charges.Length - 1 ? left!.Value : total == 0 ? default : Share(all, quantities[i], total);
                left = left!.Value - bands.Value;
            }
            byCharge[charges[i].Code] = usage with { Kwh = quantities[i], ByBand = bands };
        }
        return null;
    }

    /// <summary>A part of every band, to ten decimals; the last band takes the rest of the part.</summary>
    static KwhByBand Share(in KwhByBand all, decimal kwh, decimal total)
    {
        var share = new KwhByBand(Of(all.Sharp), Of(all.Peak), Of(all.Flat), Of(all.Valley), Of(all.DeepValley));
        for (var band = Band.DeepValley; band >= Band.Sharp; band--)
            if (all[band] != 0) return share.Less(band, share.Total - kwh);
        return share;
        decimal Of(decimal band) => decimal.Round(band * kwh / total, 10, MidpointRounding.AwayFromZero);
    }
}
