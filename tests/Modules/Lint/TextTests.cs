using System.Text.RegularExpressions;
using OpenHall.App;
using OpenHall.Host;

namespace OpenHall.Tests.Modules;

public partial class TextTests
{
    private static readonly Texts Words = new(new OpenHall.App.Modules(HallApp.Modules));

    /// <summary>Texts that are the same in both languages, or name the other language in its own script.</summary>
    private static readonly HashSet<string> Chinese_in_English = ["ui.other_language", "ui.yuan", "reception.other_language", "reception.spoken"];

    private static IEnumerable<(string Key, string Chinese, string English)> All() => Words.Keys.Select(k => (k, Words.Both(k).Chinese, Words.Both(k).English));

    [Fact]
    public void Every_text_has_both_languages_and_no_Chinese_stands_in_the_English()
    {
        var wrong = All().Where(t => t.Chinese.Length == 0 || t.English.Length == 0 || !Chinese_in_English.Contains(t.Key) && Han().IsMatch(t.English));
        Assert.True(!wrong.Any(), string.Join('\n', wrong.Select(t => $"{t.Key}: {t.Chinese} | {t.English}")));
    }

    [Fact]
    public void Both_languages_name_the_same_values()
    {
        var wrong = All().Where(t => !Place().Matches(t.Chinese).Select(m => m.Value).ToHashSet().SetEquals(Place().Matches(t.English).Select(m => m.Value)));
        Assert.True(!wrong.Any(), string.Join('\n', wrong.Select(t => $"{t.Key}: {t.Chinese} | {t.English}")));
    }

    [Fact]
    public void Every_key_that_code_asks_for_is_there()
    {
        var missing = from file in Sources.Code()
                      from match in Asked().Matches(Remark().Replace(file.Text, ""))
                      let key = match.Groups[1].Value
                      where match.Groups[2].Value == "+" || key.EndsWith('.') ? !Words.Keys.Any(k => k.StartsWith(key, StringComparison.Ordinal)) : !Words.Has(key)
                      select $"{file.Name}: {key}";
        Assert.True(!missing.Any(), string.Join('\n', missing.Distinct()));
    }

    [Fact]
    public void Every_menu_line_and_setting_has_its_words()
    {
        var keys = HallApp.Modules.SelectMany(m => m.Menu).SelectMany(p => new[] { p.TextKey, "ui.group." + p.Group })
            .Concat(HallApp.Modules.SelectMany(m => m.Settings).SelectMany(s => new[] { "settings." + s.Key, $"settings.{s.Key}.hint", "settings.group." + s.Key.Split('.')[0] }));
        Assert.Empty(keys.Where(k => !Words.Has(k)).Distinct());
    }

    [Fact]
    public void No_Chinese_for_people_stands_in_code()
    {
        // Comments may: they name the trade's own words.
        var wrong = from file in Sources.Code()
                    where !file.Name.EndsWith("Masked.cs", StringComparison.Ordinal)
                    from line in file.Text.Split('\n').Select((text, i) => (Text: text, Number: i + 1))
                    let code = Comment().Replace(line.Text, "")
                    where file.Name.EndsWith(".razor", StringComparison.Ordinal) && Han().IsMatch(code)
                    select $"{file.Name}:{line.Number}: {line.Text.Trim()}";
        Assert.True(!wrong.Any(), string.Join('\n', wrong));
    }

    [GeneratedRegex(@"[㐀-鿿]")]
    private static partial Regex Han();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();

    [GeneratedRegex("""(?:\bL|\btexts|\bTexts|\bwords)\["([a-z][a-zA-Z0-9_.]*)"\s*([+,\]])""")]
    private static partial Regex Asked();

    [GeneratedRegex(@"///.*$", RegexOptions.Multiline)]
    private static partial Regex Remark();

    [GeneratedRegex(@"//.*$|@\*.*?(\*@|$)|///.*$|<!--.*?-->|^.*\*@")]
    private static partial Regex Comment();
}
