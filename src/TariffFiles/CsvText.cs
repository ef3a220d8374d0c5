using System.Text;

namespace OpenHall.TariffFiles;

/// <summary>Comma-separated text (RFC 4180): quotes, doubled quotes, line breaks inside quotes; UTF-8 with or without mark.</summary>
public static class CsvText
{
    /// <summary>Records with the line each begins on; empty lines are left out.</summary>
    public static IEnumerable<(int Line, IReadOnlyList<string> Fields)> Read(TextReader reader)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        int line = 1, start = 1, next;
        bool quoted = false, any = false;
        while ((next = reader.Read()) >= 0)
        {
            var c = (char)next;
            if (c == '\n') line++;
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (reader.Peek() == '"') field.Append((char)reader.Read());
                else quoted = false;
            }
            else if (c == '"')
            {
                quoted = any = true;
            }
            else if (c == ',')
            {
                fields.Add(field.ToString());
                field.Clear();
                any = true;
            }
            else if (c == '\n')
            {
                if (any || field.Length > 0) { fields.Add(field.ToString()); yield return (start, [.. fields]); }
                fields.Clear();
                field.Clear();
                any = false;
                start = line;
            }
            else if (c is not ('\r' or '\uFEFF'))
            {
                field.Append(c);
            }
        }
        if (any || field.Length > 0) { fields.Add(field.ToString()); yield return (start, [.. fields]); }
    }

    /// <summary>One record; text that a spreadsheet would take for a formula is made harmless, numbers stay numbers.</summary>
    public static string Line(IEnumerable<string> fields) => string.Join(',', fields.Select(Field));

    static string Field(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _)) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
