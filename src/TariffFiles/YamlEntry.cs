using System.Globalization;
using OpenHall.Kernel;
using YamlDotNet.RepresentationModel;

namespace OpenHall.TariffFiles;

/// <summary>What is collected while one file is read: findings, and the line of each path.</summary>
sealed class YamlFile(string name)
{
    public List<FileFinding> Findings { get; } = [];

    public Dictionary<string, int> Lines { get; } = [];

    public void Add(int line, string code, params IReadOnlyList<object> values) => Findings.Add(new(name, line, code, values));

    /// <summary>Line of a path, or of the nearest path above it that is known.</summary>
    public int LineOf(string path)
    {
        while (path.Length > 0)
        {
            if (Lines.TryGetValue(path, out var line)) return line;
            path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        }
        return 1;
    }
}

/// <summary>A place in a YAML file that can be asked for typed values; what is missing or wrong becomes a finding and a harmless value.</summary>
readonly struct YamlEntry(YamlFile file, YamlNode? node, string path, int line)
{
    public bool Exists => node is not null;

    public YamlFile File => file;

    public string Path => path;

    public int Line => line;

    public bool IsScalar => node is YamlScalarNode;

    /// <summary>The value under a key; an entry that does not exist when the key is absent.</summary>
    public YamlEntry this[string key] => node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var value)
        ? Child(value, path.Length == 0 ? key : $"{path}.{key}") : new(file, null, $"{path}.{key}", line);

    /// <summary>Items of a list; nothing when absent.</summary>
    public IReadOnlyList<YamlEntry> Items()
    {
        if (node is null) return [];
        if (node is not YamlSequenceNode list) { file.Add(line, "yaml.not_a_list", path); return []; }
        var items = new List<YamlEntry>();
        foreach (var item in list) items.Add(Child(item, $"{path}[{items.Count}]"));
        return items;
    }

    /// <summary>Keys and values of a mapping, in order.</summary>
    public IReadOnlyList<(string Key, YamlEntry Value)> Pairs()
    {
        if (node is null) return [];
        if (node is not YamlMappingNode map) { file.Add(line, "yaml.not_a_mapping", path); return []; }
        var pairs = new List<(string, YamlEntry)>();
        foreach (var (key, value) in map.Children) pairs.Add((key.ToString(), Child(value, $"{path}.{key}")));
        return pairs;
    }

    /// <summary>Finds keys that mean nothing here: mostly a typing mistake.</summary>
    public YamlEntry Only(params ReadOnlySpan<string> keys)
    {
        if (node is null) return this;
        if (node is not YamlMappingNode map) { file.Add(line, "yaml.not_a_mapping", path); return this; }
        foreach (var key in map.Children.Keys)
            if (!keys.Contains(key.ToString())) file.Add((int)key.Start.Line, "yaml.unknown_key", key.ToString(), string.Join(", ", keys.ToArray()));
        return this;
    }

    public string Text() => node is YamlScalarNode { Value.Length: > 0 } scalar ? scalar.Value! : Wrong(node is null ? "yaml.missing" : "yaml.not_a_text", "");

    public string? TextOrNull() => node is null ? null : Text();

    public decimal Number() => NumberOrNull() ?? (node is null ? Wrong("yaml.missing", 0m) : 0m);

    /// <summary>A decimal as written, digits and a point; exact.</summary>
    public decimal? NumberOrNull()
    {
        if (node is null) return null;
        return node is YamlScalarNode scalar && decimal.TryParse(scalar.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value : Wrong<decimal?>("yaml.not_a_number", null);
    }

    public int? WholeOrNull() => NumberOrNull() is not { } number ? null : number == decimal.Truncate(number) && Math.Abs(number) < int.MaxValue ? (int)number : Wrong<int?>("yaml.not_a_whole_number", null);

    public bool Flag(bool otherwise = false) => node is null ? otherwise : node is YamlScalarNode { Value: "true" } ? true
        : node is YamlScalarNode { Value: "false" } ? false : Wrong("yaml.not_true_or_false", otherwise);

    public DateOnly Date() => DateOrNull() ?? (node is null ? Wrong("yaml.missing", DateOnly.MinValue) : DateOnly.MinValue);

    public DateOnly? DateOrNull() => node is null ? null
        : node is YamlScalarNode scalar && DateOnly.TryParseExact(scalar.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : Wrong<DateOnly?>("yaml.not_a_date", null);

    /// <summary>A word of an enumeration, written with hyphens: days-and-limits.</summary>
    public T Word<T>(T otherwise) where T : struct, Enum
    {
        if (node is null) return otherwise;
        var word = (node as YamlScalarNode)?.Value ?? "";
        foreach (var value in Enum.GetValues<T>())
            if (WordOf(value) == word) return value;
        return Wrong("yaml.not_one_of", otherwise, word, string.Join(", ", Enum.GetValues<T>().Select(v => WordOf(v))));
    }

    /// <summary>The hyphened word of an enumeration's value.</summary>
    public static string WordOf<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    /// <summary>{ zh: …, en: … }, both needed.</summary>
    public Bilingual Both()
    {
        if (node is null) return Wrong("yaml.missing", new Bilingual("", ""));
        Only("zh", "en");
        return new(this["zh"].Text(), this["en"].Text());
    }

    public Bilingual? BothOrNull() => node is null ? null : Both();

    public T Wrong<T>(string code, T otherwise, params object[] values)
    {
        file.Add(line, code, [path, .. values]);
        return otherwise;
    }

    YamlEntry Child(YamlNode value, string at)
    {
        file.Lines[at] = (int)value.Start.Line;
        return new(file, value, at, (int)value.Start.Line);
    }
}
