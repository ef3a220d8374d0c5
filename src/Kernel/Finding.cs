namespace OpenHall.Kernel;

/// <summary>Something wrong in data that was looked at as a whole: batches and pure kernels list findings and finish, they do not throw.</summary>
/// <param name="Path">Where in the data, as written in its file: <c>tariffs[0].versions[1].energy.tiers[2].upTo</c>; empty for the whole.</param>
/// <param name="Code">Stable code, <c>noun.reason</c>; its sentence stands in a module's texts.yaml.</param>
/// <param name="Values">What the sentence names, in the order of its places {0}, {1} …</param>
public sealed record Finding(string Path, string Code, params IReadOnlyList<object> Values)
{
    public bool Equals(Finding? other) => other is not null && Path == other.Path && Code == other.Code && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Path, Code);
}
