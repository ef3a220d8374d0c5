namespace OpenHall.App;

/// <summary>Reads a file of words, a line each: <c>key: [中文, English]</c>. The parts may stand in quotes; without them braces,
/// colons and further commas are part of the English, which YAML's own rules would refuse at start.</summary>
static class WordFile
{
    /// <returns>Key and both texts of each line, in order.</returns>
    /// <exception cref="InvalidOperationException">A line that is not of this form, with file and line.</exception>
    public static IEnumerable<(string Key, string Chinese, string English)> Read(TextReader reader, string file)
    {
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#')) continue;
            yield return Line(line.Trim()) ?? throw new InvalidOperationException($"{file}:{number}: write key: [中文, English]");
        }
    }

    private static (string, string, string)? Line(string line)
    {
        if (line.IndexOf(": [", StringComparison.Ordinal) is not (> 0 and var colon) || !line.EndsWith(']')) return null;
        var inside = line[(colon + 3)..^1].Trim();
        var end = FirstEnd(inside);
        if (end < 0) return null;
        var (chinese, english) = (Plain(inside[..end].Trim()), Plain(inside[(end + 1)..].Trim()));
        return chinese.Length == 0 || english.Length == 0 ? null : (line[..colon], chinese, english);
    }

    /// <summary>Place of the comma after the first part; -1: there is none.</summary>
    private static int FirstEnd(string inside)
    {
        if (inside is not ['"' or '\'', ..]) return inside.IndexOf(',', StringComparison.Ordinal);
        for (var i = 1; i < inside.Length; i++)
        {
            if (inside[i] == '\\' && inside[0] == '"') i++;
            else if (inside[i] == inside[0]) return inside.IndexOf(',', i);
        }

        return -1;
    }

    private static string Plain(string part) => part switch
    {
        ['"', .., '"'] when part.Length > 1 => part[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal),
        ['\'', .., '\''] when part.Length > 1 => part[1..^1].Replace("''", "'", StringComparison.Ordinal),
        _ => part,
    };
}
