using System.Text;

namespace OpenHall.Billing;

/// <summary>Lines of a CSV text one by one: comma, semicolon or tab, quotes as in RFC 4180. A cell that begins with = is a formula.</summary>
static class CsvRows
{
    private const int MostCells = 120;
    private const int MostCellLength = 400;

    public static IEnumerable<SheetLine> Read(byte[] content, Encoding encoding)
    {
        using var reader = new StreamReader(new MemoryStream(content, false), encoding, detectEncodingFromByteOrderMarks: true);
        var line = 1;
        char? separator = null;
        while (reader.Peek() >= 0)
        {
            var first = line;
            var cells = Cells(reader, ref separator, ref line);
            if (cells.All(c => c.Length == 0)) continue;
            yield return new(first, cells, [.. cells.Select((cell, i) => (cell, i)).Where(c => c.cell.StartsWith('=')).Select(c => XlsxRows.ColumnName(c.i) + first)]);
        }
    }

    private static List<string> Cells(StreamReader reader, ref char? separator, ref int line)
    {
        var cells = new List<string>(8);
        var cell = new StringBuilder();
        var isQuoted = false;
        for (int next; (next = reader.Read()) >= 0;)
        {
            var c = (char)next;
            if (isQuoted)
            {
                if (c == '\n') line++;
                if (c != '"') Add(cell, c);
                else if (reader.Peek() == '"') Add(cell, (char)reader.Read());
                else isQuoted = false;
            }
            else if (c == '"' && cell.Length == 0) isQuoted = true;
            else if (c == separator || separator is null && c is ',' or '\t' or ';')
            {
                // The first separator met decides for the whole file.
                separator ??= c;
                End();
            }
            else if (c == '\n') break;
            else if (c != '\r') Add(cell, c);
        }

        End();
        line++;
        return cells;

        void End()
        {
            if (cells.Count < MostCells) cells.Add(cell.ToString().Trim());
            cell.Clear();
        }
    }

    private static void Add(StringBuilder cell, char c)
    {
        if (cell.Length < MostCellLength) cell.Append(c);
    }
}
