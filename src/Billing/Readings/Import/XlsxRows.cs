using System.IO.Compression;
using System.Xml;
using MiniExcelLibs;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Lines of the first sheet of a spreadsheet. MiniExcel gives values; formulas, which it hides behind their last value, are looked for beforehand.</summary>
static class XlsxRows
{
    public static IEnumerable<SheetLine> Read(byte[] content)
    {
        var formulas = Formulas(content);
        using var rows = Query(content).GetEnumerator();
        var line = 0;
        while (Next(rows))
        {
            line++;
            var cells = ((IDictionary<string, object?>)rows.Current).Values.Select(Plain).ToArray();
            if (cells.All(c => c is null or "")) continue;
            yield return new(line, cells, formulas.TryGetValue(line, out var found) ? found : []);
        }
    }

    /// <summary>0 → A, 27 → AB.</summary>
    public static string ColumnName(int index) => (index >= 26 ? ColumnName(index / 26 - 1) : "") + (char)('A' + index % 26);

    private static object? Plain(object? value) => value is string text ? text.Trim() : value;

    private static IEnumerable<object> Query(byte[] content)
    {
        try
        {
            return new MemoryStream(content, false).Query(useHeaderRow: false, excelType: ExcelType.XLSX);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or NotSupportedException or InvalidOperationException)
        {
            throw new Refused("file.not_a_table") { Field = "File" };
        }
    }

    private static bool Next(IEnumerator<object> rows)
    {
        try
        {
            return rows.MoveNext();
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or NotSupportedException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new Refused("file.not_a_table") { Field = "File" };
        }
    }

    private static Dictionary<int, List<string>> Formulas(byte[] content)
    {
        var found = new Dictionary<int, List<string>>();
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content, false));
            var sheet = archive.Entries.Where(e => e.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal)).OrderBy(e => e.FullName.Length).ThenBy(e => e.FullName, StringComparer.Ordinal).FirstOrDefault();
            Refused.IfField(sheet is null, "File", "file.not_a_table");
            using var xml = XmlReader.Create(sheet!.Open(), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = SheetFile.MostUnpackedBytes, IgnoreWhitespace = true });
            string? cell = null;
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element) continue;
                if (xml.LocalName == "c") cell = xml.GetAttribute("r");
                else if (xml.LocalName == "f" && cell is not null && int.TryParse(cell.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), out var line))
                    (found.TryGetValue(line, out var list) ? list : found[line] = []).Add(cell);
            }
        }
        catch (Exception e) when (e is InvalidDataException or XmlException)
        {
            throw new Refused("file.not_a_table") { Field = "File" };
        }

        return found;
    }
}
