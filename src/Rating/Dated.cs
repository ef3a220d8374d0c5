namespace OpenHall.Rating;

/// <summary>Versions of things by code, each from its first day on.</summary>
sealed class Dated<T>(IEnumerable<T> all, Func<T, string> codeOf, Func<T, DateOnly> fromOf) where T : class
{
    readonly Dictionary<string, T[]> versions = all.GroupBy(codeOf).ToDictionary(g => g.Key, g => g.OrderBy(fromOf).ToArray());
    Dictionary<string, T>? last;

    public IReadOnlyDictionary<string, T> Last => last ??= versions.ToDictionary(v => v.Key, v => v.Value[^1]);

    public string? Only => versions.Count == 1 ? versions.Keys.First() : null;

    /// <summary>The version of a day; without a day the last, before the first the first; null: no such code.</summary>
    public T? On(string code, DateOnly? day)
    {
        if (!versions.TryGetValue(code, out var all)) return null;
        return day is { } value ? Array.FindLast(all, v => fromOf(v) <= value) ?? all[0] : all[^1];
    }
}
