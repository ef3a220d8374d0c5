using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Reconciliation;

/// <summary>A row of a statement's file.</summary>
/// <param name="Line">As an editor or spreadsheet counts, from 1.</param>
public sealed record StatementRow(int Line, IReadOnlyList<object?> Cells)
{
    public bool IsEmpty => Cells.All(c => CellText.Clean(c).Length == 0);

    public string Joined => string.Join(' ', Cells.Select(CellText.Clean).Where(c => c.Length > 0));
}

/// <summary>Rows of a text by a separator, of a page saved as .xls, or of a spreadsheet.</summary>
static partial class StatementRows
{
    public static readonly char[] Separators = [',', '\t', ';', '|'];
    private const int MostCells = 150;

    public static IEnumerable<StatementRow> OfText(string text, char separator)
    {
        var (line, first) = (1, 1);
        var (cells, cell) = (new List<object?>(), new StringBuilder());
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted)
            {
                if (c == '\n') line++;
                if (c != '"') cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
                else isQuoted = false;
            }
            else if (c == '"' && (IsBlank(cell) || cell is [.., '=']))
            {
                // A spreadsheet's ="0012" keeps zeros; it is no formula.
                cell.Clear();
                isQuoted = true;
            }
            else if (c == separator)
            {
                End();
            }
            else if (c is '\n' or '\r')
            {
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
                End();
                yield return new(first, cells);
                (cells, first) = ([], ++line);
            }
            else
            {
                cell.Append(c);
            }
        }

        if (cell.Length > 0 || cells.Count > 0)
        {
            End();
            yield return new(first, cells);
        }

        void End()
        {
            if (cells.Count < MostCells) cells.Add(cell.ToString());
            cell.Clear();
        }
    }

    private static bool IsBlank(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
            if (!char.IsWhiteSpace(text[i])) return false;
        return true;
    }

    public static bool IsPage(string text) => PageStart().IsMatch(text.AsSpan(0, Math.Min(text.Length, 4000)).ToString());

    /// <summary>Tables of a page that a bank calls .xls.</summary>
    public static IEnumerable<StatementRow> OfPage(string text)
    {
        foreach (Match row in TableRow().Matches(text))
        {
            var cells = new List<object?>();
            foreach (Match cell in TableCell().Matches(row.Groups[1].Value))
            {
                cells.Add(WebUtility.HtmlDecode(Tag().Replace(cell.Groups[2].Value, "")).Trim());
                if (Span().Match(cell.Groups[1].Value) is { Success: true } span && int.TryParse(span.Groups[1].ValueSpan, out var wide))
                    for (var i = 1; i < wide && cells.Count < MostCells; i++) cells.Add(null);
            }

            yield return new(1 + text.AsSpan(0, row.Index).Count('\n'), cells);
        }
    }

    /// <exception cref="Refused">file.not_a_table</exception>
    public static IEnumerable<StatementRow> OfSheet(SheetFile file)
    {
        foreach (var line in file.Lines()) yield return new(line.Line, line.Cells);
    }

    [GeneratedRegex("<(html|table)[\\s>]", RegexOptions.IgnoreCase)]
    private static partial Regex PageStart();

    [GeneratedRegex("<tr[^>]*>(.*?)</tr>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex TableRow();

    [GeneratedRegex("<t[dh]([^>]*)>(.*?)</t[dh]>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex TableCell();

    [GeneratedRegex("colspan\\s*=\\s*[\"']?(\\d{1,2})", RegexOptions.IgnoreCase)]
    private static partial Regex Span();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
