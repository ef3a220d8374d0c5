namespace OpenHall.App;

/// <summary>What the palette (Ctrl+K) can find beside pages: a module registers one for its customers, services, receipts …</summary>
public interface IPaletteSource
{
    /// <summary>Key of the heading, and its place among the headings.</summary>
    (string TextKey, int Order) Heading { get; }

    /// <summary>The best hits for the words, only what the person may open; quick, at most <see cref="PaletteHit.MaxHits"/>.</summary>
    /// <param name="words">Trimmed, 1 to <see cref="PaletteHit.MaxLength"/> characters.</param>
    Task<IReadOnlyList<PaletteHit>> Find(string words, CancellationToken ct);
}

/// <param name="More">Second line, masked where it is about a person.</param>
/// <param name="Icon">One of the line drawings: page, customer, service, ticket, billing.</param>
public sealed record PaletteHit(string Href, string Text, string? More = null, string Icon = "page")
{
    /// <summary>Hits shown of one source.</summary>
    public const int MaxHits = 8;
    /// <summary>Characters of what is looked for.</summary>
    public const int MaxLength = 60;

    internal static async Task<IReadOnlyList<(string TextKey, IReadOnlyList<PaletteHit> Hits)>> Find(string? asked, IEnumerable<IPaletteSource> sources, CancellationToken ct)
    {
        var words = (asked ?? "").Trim();
        if (words.Length > MaxLength) words = words[..MaxLength];
        var found = new List<(string, IReadOnlyList<PaletteHit>)>();
        foreach (var source in sources.OrderBy(s => s.Heading.Order))
        {
            var hits = await source.Find(words, ct);
            if (hits.Count > 0) found.Add((source.Heading.TextKey, [.. hits.Take(MaxHits)]));
        }

        return found;
    }
}

/// <summary>Pages of the person's menu, by a part of their name in either language or of their address.</summary>
sealed class PagesInPalette(Modules modules, Current current, Texts texts) : IPaletteSource
{
    public (string TextKey, int Order) Heading => ("ui.palette.pages", 0);

    public Task<IReadOnlyList<PaletteHit>> Find(string words, CancellationToken ct)
    {
        var pages = modules.MenuOf(current)
            .Select(p => (Page: p, Name: texts[p.TextKey], Group: texts["ui.group." + p.Group]))
            .Where(p => words.Length == 0 || p.Name.Contains(words, StringComparison.OrdinalIgnoreCase) || p.Page.Href.Contains(words, StringComparison.OrdinalIgnoreCase) || texts.Matches(p.Page.TextKey, words))
            .OrderByDescending(p => p.Name.StartsWith(words, StringComparison.OrdinalIgnoreCase)).ThenBy(p => p.Page.Order);
        return Task.FromResult<IReadOnlyList<PaletteHit>>([.. pages.Select(p => new PaletteHit(p.Page.Href, p.Name, p.Group))]);
    }
}
