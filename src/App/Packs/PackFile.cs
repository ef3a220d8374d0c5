using System.Globalization;
using OpenHall.Kernel;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OpenHall.App;

/// <summary>All that is wrong with the packs, each with its file and line; the program does not start with such packs.</summary>
public sealed class PackErrors
{
    private readonly List<string> _all = [];

    public IReadOnlyList<string> All => _all;

    public void Add(string file, long line, string message) => _all.Add($"{file}:{line}: {message}");
}

/// <summary>A node of a pack's YAML that knows where it stands, so that each mistake is told with file and line and reading goes on.</summary>
public sealed class PackNode
{
    private readonly YamlNode? _node;
    private readonly long _line;
    private readonly string _file;
    private readonly PackErrors _errors;

    private PackNode(YamlNode? node, long line, string file, PackErrors errors) => (_node, _line, _file, _errors) = (node, line, file, errors);

    /// <param name="path">File to read.</param>
    /// <param name="name">Name shown in errors: the path inside the packs folder.</param>
    public static PackNode Read(string path, string name, PackErrors errors)
    {
        try
        {
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            return new(yaml.Documents.FirstOrDefault()?.RootNode, 1, name, errors);
        }
        catch (YamlException e)
        {
            errors.Add(name, e.Start.Line, e.InnerException?.Message ?? e.Message);
            return new(null, 1, name, errors);
        }
    }

    public string File => _file;

    public bool Has(string key) => Find(key) is not null;

    public PackNode this[string key]
    {
        get
        {
            var child = Find(key);
            if (child is null) Error($"'{key}' is missing");
            return At(child);
        }
    }

    /// <summary>The child, or an empty node when it is not there.</summary>
    public PackNode Optional(string key) => At(Find(key));

    public IEnumerable<PackNode> Items => _node is YamlSequenceNode list ? list.Select(At) : [];

    public IEnumerable<(string Key, PackNode Value)> Entries =>
        _node is YamlMappingNode map ? map.Select(e => (e.Key.ToString(), At(e.Value))) : [];

    /// <summary>The node's text; empty (and an error) when it has none.</summary>
    public string Text()
    {
        if (_node is YamlScalarNode { Value: { } text }) return text;
        if (_node is not null) Error("a text is wanted here");
        return "";
    }

    public string Text(string key) => this[key].Text();

    public string? TextOrNull(string key) => Find(key) is { } node ? At(node).Text() : null;

    public int Number(string key, int orElse) => Find(key) is { } node ? At(node).Number() : orElse;

    public int Number()
    {
        if (int.TryParse(Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        Error("a whole number is wanted here");
        return 0;
    }

    public decimal? DecimalOrNull(string key)
    {
        if (TextOrNull(key) is not { } text) return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        At(Find(key)).Error("a number is wanted here");
        return null;
    }

    public Money Yuan(string key)
    {
        var node = this[key];
        if (decimal.TryParse(node.Text(), NumberStyles.Number, CultureInfo.InvariantCulture, out var yuan)) return Money.OfYuan(yuan);
        node.Error("an amount in yuan is wanted here");
        return Money.Zero;
    }

    public bool Flag(string key) => TextOrNull(key) == "true";

    public IReadOnlyList<string> Texts(string key) => [.. Optional(key).Items.Select(i => i.Text())];

    /// <summary>A name in both languages: <c>[中文, English]</c>.</summary>
    public LocalText Local(string key) => this[key].Both($"'{key}' needs [中文, English]");

    /// <summary>The node itself is a name in both languages.</summary>
    public LocalText Local() => Both("[中文, English] is wanted here");

    private LocalText Both(string otherwise)
    {
        if (Items.Select(i => i.Text()).ToArray() is [var zh, var en]) return new(zh, en);
        Error(otherwise);
        return new("", "");
    }

    /// <summary>One word of an enum, in any case.</summary>
    public T Word<T>() where T : struct, Enum
    {
        if (Enum.TryParse<T>(Text(), true, out var word) && Enum.IsDefined(word)) return word;
        Error($"one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()} is wanted here");
        return default;
    }

    /// <inheritdoc cref="Word{T}()"/>
    public T Word<T>(string key) where T : struct, Enum => this[key].Word<T>();

    public T Word<T>(string key, T orElse) where T : struct, Enum => Find(key) is { } node ? At(node).Word<T>() : orElse;

    /// <summary>The key of an entry as a code: an error at its node when it is too long or has other signs than codes have.</summary>
    public string Code(string key, int most)
    {
        if (key.Length is 0 || key.Length > most || key.Any(c => c is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '_'))) Error($"code '{key}': at most {most} of a–z, 0–9 and _");
        return key;
    }

    public void Error(string message) => _errors.Add(_file, _node?.Start.Line ?? _line, message);

    private YamlNode? Find(string key) =>
        _node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private PackNode At(YamlNode? node) => new(node, _node?.Start.Line ?? _line, _file, _errors);
}
