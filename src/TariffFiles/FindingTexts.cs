using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace OpenHall.TariffFiles;

/// <summary>Sentences of findings, from the module's texts.yaml (key: [中文, English]).</summary>
static class FindingTexts
{
    static readonly Dictionary<string, (string Zh, string En)> Sentences = Read();

    public static string Of(string code, IReadOnlyList<object> values, bool chinese)
    {
        var (zh, en) = Sentences.TryGetValue($"finding.{code}", out var both) ? both : (code, code);
        return string.Format(CultureInfo.InvariantCulture, chinese ? zh : en, [.. values.Select(Plain), "", "", ""]);
    }

    static object Plain(object value) => value switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.############", CultureInfo.InvariantCulture),
        _ => value,
    };

    static Dictionary<string, (string, string)> Read()
    {
        using var stream = typeof(FindingTexts).Assembly.GetManifestResourceStream("texts.yaml")!;
        var yaml = new YamlStream();
        yaml.Load(new StreamReader(stream));
        return ((YamlMappingNode)yaml.Documents[0].RootNode).Children.ToDictionary(
            pair => ((YamlScalarNode)pair.Key).Value!,
            pair => (((YamlSequenceNode)pair.Value)[0].ToString(), ((YamlSequenceNode)pair.Value)[1].ToString()));
    }
}
