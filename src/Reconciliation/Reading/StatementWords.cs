using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace OpenHall.Reconciliation;

/// <summary>The words and patterns that statements are read by, from <c>words.yaml</c> beside this file. A part of it that is missing or no pattern is a bug of that file and stops the
/// program at its first statement.</summary>
static class StatementWords
{
    private static readonly YamlMappingNode Root = Load();

    /// <summary>What a figure in a cell of its own is called: <c>count</c>, <c>in</c>, <c>out.count</c>, <c>opening</c> …</summary>
    public static readonly IReadOnlyDictionary<string, string> Figures =
        ((YamlMappingNode)Root["figures"]).SelectMany(f => Words(f.Value).Select(w => (Word: w, What: f.Key.ToString()))).ToDictionary(f => f.Word, f => f.What);

    public static readonly IReadOnlySet<string> SidesIn = Words(Root["sides_in"]).ToHashSet();
    public static readonly IReadOnlySet<string> SumRows = Words(Root["sum_rows"]).ToHashSet();
    public static readonly IReadOnlySet<string> Yuan = Words(Root["yuan"]).ToHashSet();

    private static readonly IReadOnlyList<(ColumnRole? Role, IReadOnlyList<string> Words)> Parts =
        [.. ((YamlSequenceNode)Root["parts"]).Cast<YamlMappingNode>().SelectMany(p => p).Select(p => (RoleOf(p.Key.ToString()), Words(p.Value)))];

    /// <param name="key">A pattern's name in the file.</param>
    public static Regex Pattern(string key) => new(Root[key].ToString(), RegexOptions.Compiled | RegexOptions.CultureInvariant);

    /// <summary>The role of a column whose name no layout knows; null: none.</summary>
    public static ColumnRole? Guess(string name) => Parts.FirstOrDefault(p => p.Words.Any(w => name.Contains(w, StringComparison.Ordinal))).Role;

    private static ColumnRole? RoleOf(string name) => name == "None" ? null : Enum.Parse<ColumnRole>(name);

    private static IReadOnlyList<string> Words(YamlNode node) => [.. ((YamlSequenceNode)node).Select(w => w.ToString())];

    private static YamlMappingNode Load()
    {
        using var reader = new StreamReader(typeof(StatementWords).Assembly.GetManifestResourceStream("statement-words.yaml")!);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }
}
