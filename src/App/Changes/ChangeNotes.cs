using System.Collections.Concurrent;
using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace OpenHall.App;

/// <summary>One notice of what changed for the people who work here.</summary>
public sealed record ChangeNote(int Number, DateOnly Day, LocalText Title, IReadOnlyList<LocalText> Lines);

/// <summary>Notices of what changed, from <c>docs/changes.yaml</c>, newest first.</summary>
public sealed class ChangeNotes
{
    public ChangeNotes()
    {
        using var reader = new StreamReader(typeof(ChangeNotes).Assembly.GetManifestResourceStream("changes.yaml")!);
        var yaml = new YamlStream();
        yaml.Load(reader);
        All = [.. ((YamlSequenceNode)yaml.Documents[0].RootNode).Children.Cast<YamlMappingNode>().Select(Read).OrderByDescending(n => n.Number)];
    }

    public IReadOnlyList<ChangeNote> All { get; }

    /// <summary>People known to have read everything, so that their pages need not ask the database.</summary>
    private readonly ConcurrentDictionary<Guid, bool> _haveRead = new();

    public bool HasRead(Guid person) => _haveRead.ContainsKey(person);

    public void RememberRead(Guid person) => _haveRead[person] = true;

    public int Newest => All.Count == 0 ? 0 : All[0].Number;

    private static ChangeNote Read(YamlMappingNode note) => new(
        int.Parse(note["number"].ToString(), CultureInfo.InvariantCulture),
        DateOnly.ParseExact(note["day"].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Both(note["title"]),
        [.. ((YamlSequenceNode)note["lines"]).Select(Both)]);

    private static LocalText Both(YamlNode node) => new(((YamlSequenceNode)node)[0].ToString(), ((YamlSequenceNode)node)[1].ToString());
}
