using System.Text;

namespace OpenHall.TariffFiles;

/// <summary>Comma-separated text (RFC 4180): quotes, doubled quotes, line breaks inside quotes; UTF-8 with or without mark.</summary>
public static class CsvText
{
    /// <summary>Records with the line each begins on; empty lines are left out. One record is held at a time.</summary>
    public static IEnumerable<(int Line, string[] Fields)> Read(TextReader reader)
    {
        var line = 0;
        while (reader.ReadLine() is { } text)
        {
            var start = ++line;
            if (line == 1) text = text.TrimStart('\uFEFF');
            if (text.Length == 0) continue;
            if (!text.Contains('"', StringComparison.Ordinal)) { yield return (start, text.Split(',')); continue; }
            var fields = new List<string>();
            var field = new StringBuilder();
            var quoted = Take(text, false, fields, field);
            while (quoted && reader.ReadLine() is { } more)
            {
                line++;
                field.Append('\n');
                quoted = Take(more, true, fields, field);
            }
            fields.Add(field.ToString());
            yield return (start, [.. fields]);
        }
    }

    /// <summary>Adds what one line holds; the last field stays open.</summary>
    /// <returns>True when the line ends inside quotes.</returns>
    static bool Take(string text, bool quoted, List<string> fields, StringBuilder field)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
                else quoted = false;
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c == ',')
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }
        return quoted;
    }

    /// <summary>One record; text that a spreadsheet would take for a formula is made harmless, numbers stay numbers.</summary>
    public static string Line(IEnumerable<string> fields) => string.Join(',', fields.Select(Field));

    /// <summary>One field as it stands in a record.</summary>
    public static string Field(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _)) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
