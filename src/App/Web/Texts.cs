using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>The words that people see: every module's <c>texts.yaml</c> and the refusals, one line a key with both languages,
/// <c>ui.save: [保存, Save]</c>. The language is the request's UI culture; Chinese unless it is English.</summary>
public sealed class Texts
{
    private readonly FrozenDictionary<string, (string Chinese, string English)> _words;

    public Texts(Modules modules)
    {
        var words = new Dictionary<string, (string, string)>();
        foreach (var assembly in modules.All.Select(m => m.Assembly).Concat([typeof(Rating.Tariff).Assembly, typeof(TariffFiles.TariffFile).Assembly]).Distinct())
        {
            foreach (var resource in assembly.GetManifestResourceNames().Where(n => n is "texts.yaml" or "refusals.yaml"))
                Read(assembly, resource, words);
        }

        _words = words.ToFrozenDictionary();
    }

    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>The text, or the key itself where there is none: a test walks all pages and finds such.</summary>
    public string this[string key, params object?[] values]
    {
        get
        {
            if (!_words.TryGetValue(key, out var both)) return key;
            var text = IsEnglish ? both.English : both.Chinese;
            return values.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, values);
        }
    }

    /// <summary>The words are part of the text in either language: who reads Chinese may type English.</summary>
    public bool Matches(string key, string words) => _words.TryGetValue(key, out var both)
        && (both.Chinese.Contains(words, StringComparison.OrdinalIgnoreCase) || both.English.Contains(words, StringComparison.OrdinalIgnoreCase));

    public bool Has(string key) => _words.ContainsKey(key);

    public IEnumerable<string> Keys => _words.Keys;

    /// <summary>The text in both languages.</summary>
    public (string Chinese, string English) Both(string key) => _words[key];

    /// <summary>Picks the language of data that carries both.</summary>
    public static string Of(LocalText text) => IsEnglish ? text.En : text.Zh;

    public string Sentence(Refused refusal) => this["refused." + refusal.Code, [.. refusal.Values]];

    private static void Read(Assembly assembly, string resource, Dictionary<string, (string, string)> words)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        // Of a key that is there twice the first counts: a test finds it, and the program still starts.
        foreach (var (key, chinese, english) in WordFile.Read(reader, $"{assembly.GetName().Name}/{resource}"))
            words.TryAdd(resource == "refusals.yaml" ? $"refused.{key}" : key, (chinese, english));
    }
}

/// <summary>A name in Chinese and English, as packs give it.</summary>
public sealed record LocalText(string Zh, string En)
{
    public override string ToString() => Texts.Of(this);
}
