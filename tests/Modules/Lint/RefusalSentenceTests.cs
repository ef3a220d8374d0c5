using System.Text.RegularExpressions;
using OpenHall.App;
using OpenHall.Host;

namespace OpenHall.Tests.Modules;

public partial class RefusalSentenceTests
{
    private static readonly Texts Words = new(new OpenHall.App.Modules(HallApp.Modules));

    /// <summary>Codes that are put together at run time: their beginnings.</summary>
    private static IEnumerable<string> Prefixes() => Sources.Code().SelectMany(f => BuiltCode().Matches(f.Text)).Select(m => m.Groups[1].Value);

    [Fact]
    public void Every_refusal_has_its_sentence_in_both_languages()
    {
        var without = from file in Sources.Code()
                      from refusal in Refusal().Matches(file.Text)
                      from code in Code().Matches(refusal.Value).Select(m => m.Groups[1].Value)
                      where !Words.Has("refused." + code)
                      select $"{file.Name}: {code}";
        Assert.True(!without.Any(), string.Join('\n', without.Distinct()));
    }

    [Fact]
    public void No_sentence_is_without_its_refusal()
    {
        var used = Sources.Code().SelectMany(f => Code().Matches(f.Text)).Select(m => m.Groups[1].Value).ToHashSet();
        var prefixes = Prefixes().ToList();
        var unused = Words.Keys.Where(k => k.StartsWith("refused.", StringComparison.Ordinal)).Select(k => k["refused.".Length..])
            .Where(c => !used.Contains(c) && !prefixes.Any(p => c.StartsWith(p, StringComparison.Ordinal)));
        Assert.True(!unused.Any(), string.Join('\n', unused));
    }

    // From the refusal to the end of its statement.
    [GeneratedRegex("""(new Refused\(|Refused\.If\(|Refused\.IfField\(|orRefuse:\s*)[^;]*;""")]
    private static partial Regex Refusal();

    [GeneratedRegex("\"([a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*)\"")]
    private static partial Regex Code();

    [GeneratedRegex("""\$"([a-z][a-z0-9_]*\.[a-z0-9_]*)\{""")]
    private static partial Regex BuiltCode();
}
