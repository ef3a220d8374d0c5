namespace OpenHall.App;

/// <summary>What the top bar says beside the person's name. Modules that know a part of it fill it in (<see cref="IShellFact"/>).</summary>
public sealed class ShellFacts(IEnumerable<IShellFact> sources, Current current, Packs packs)
{
    /// <summary>Addresses of the ground's own forms.</summary>
    public const string LockPath = "/lock", SignOutPath = "/sign-out";

    private bool _isFilled;

    public string? HallName { get; set; }
    /// <summary>营业日, as people read it.</summary>
    public string? BusinessDate { get; set; }
    public string? CounterLabel { get; set; }
    public bool IsDemo { get; set; }
    /// <summary>Names of the person's posts, in the reader's language.</summary>
    public string PostNames { get; } = string.Join(' ', current.Posts.Select(p => packs.Posts.GetValueOrDefault(p)?.Name.ToString() ?? p));
    /// <summary>Small figures of the top bar that follow the hall.</summary>
    public List<BarFigure> Figures { get; } = [];
    /// <summary>Lines of the person's own menu: address, key of the words, icon.</summary>
    public List<(string Href, string TextKey, string Icon)> PersonLinks { get; } = [];

    /// <summary>Once a request, whoever asks first.</summary>
    public async Task Fill()
    {
        if (_isFilled) return;
        _isFilled = true;
        foreach (var source in sources) await source.Fill(this);
    }
}

/// <summary>A link with a count in the top bar.</summary>
/// <param name="Id">Names it inside the page.</param>
/// <param name="Text">What is counted, for those who hear it.</param>
/// <param name="Warns">Some of it is late.</param>
/// <param name="Topics">Events that change it; <paramref name="Src"/> is its fragment (<see cref="BarFigureLink"/>).</param>
public sealed record BarFigure(string Id, string Href, string Icon, string Text, int Count, bool Warns, string Topics, string Src);

/// <summary>A module's part of the top bar. Asked once a page, so it answers from one quick read.</summary>
public interface IShellFact
{
    Task Fill(ShellFacts facts);
}
