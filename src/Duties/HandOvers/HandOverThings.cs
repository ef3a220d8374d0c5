using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>What goes from hand to hand beside money and papers: keys, badges, seals; from the packs' <c>duties.yaml</c>.</summary>
public sealed class HandOverThings
{
    private const int MostPieces = 10_000;

    private readonly Dictionary<string, Thing> _things = [];

    /// <param name="Usual">Pieces at a counter, until a hand-over has counted them.</param>
    public sealed record Thing(string Code, LocalText Name, int Usual);

    public IReadOnlyCollection<Thing> All => _things.Values;

    public static HandOverThings Read(Packs packs)
    {
        var things = new HandOverThings();
        foreach (var (code, node) in packs.Files("duties.yaml").SelectMany(f => f.Optional("hand_over").Entries))
        {
            if (code.Length > HandOverLine.MostKey) node.Error($"the code of a thing has at most {HandOverLine.MostKey} characters");
            var usual = node.Number("usual", 1);
            if (usual is < 0 or > MostPieces) node.Error($"usual is 0 to {MostPieces}");
            if (!things._things.TryAdd(code, new(code, node.Local("name"), usual))) node.Error($"'{code}' is there twice");
        }

        return things;
    }
}
