using System.Text;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Columns of rated lines: one for each charge, kind, tier and band that occurs, in the order in which they first do.</summary>
sealed class LineKeys
{
    readonly Dictionary<(string Charge, LineKind Kind, int Tier, Band Band), int> places = [];

    public List<string> Names { get; } = [];

    public void Learn(RatedBill bill)
    {
        foreach (var line in bill.Lines)
        {
            var key = Key(line.Source);
            if (!places.ContainsKey(key)) { places[key] = Names.Count; Names.Add(NameOf(line.Source)); }
        }
    }

    public int Place(LineSource source) => places[Key(source)];

    static (string, LineKind, int, Band) Key(LineSource source) => (source.Charge, source.Kind, source.Tier, source.Band);

    /// <summary>energy.tier-1.peak, transmission, basic.demand, power-factor.</summary>
    static string NameOf(LineSource source)
    {
        var name = new StringBuilder(source.Charge);
        if (source.Kind is not (LineKind.Energy or LineKind.Component or LineKind.Fixed or LineKind.Minimum or LineKind.PowerFactor)) name.Append('.').Append(YamlEntry.WordOf(source.Kind));
        if (source.Tier > 0) name.Append(".tier-").Append(source.Tier);
        if (source.Band != Band.Whole) name.Append('.').Append(YamlEntry.WordOf(source.Band));
        return name.ToString();
    }
}
