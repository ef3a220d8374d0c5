using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using MiniExcelLibs;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>A list as a file: the same columns, filters and order as on screen, all pages. Cells that a spreadsheet would
/// run as a formula are made harmless (RULES 17).</summary>
public static class ListExport
{
    /// <summary>Most rows of one file; a larger list is narrowed by its filters first.</summary>
    public const int MaxRows = 200_000;

    private const string ExcelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Most rows put on paper at once.</summary>
    public const int MaxPrinted = 2_000;

    /// <param name="query">Filter <c>format</c>: <c>csv</c>, <c>print</c> (a sheet for paper), else XLSX.</param>
    /// <param name="name">File name without its ending.</param>
    /// <param name="title">What stands above the list on paper.</param>
    public static IResult Of<T>(ListQuery query, IEnumerable<T> rows, IReadOnlyList<Column<T>> columns, string name, string title)
    {
        var chosen = query.Columns.Select(key => columns.FirstOrDefault(c => c.Key == key)).OfType<Column<T>>().ToList();
        var shown = (chosen.Count > 0 ? chosen : columns.Where(c => !c.IsExtra)).Where(c => !c.IsScreenOnly).ToList();
        var limited = rows.Take(MaxRows);
        return query["format"] switch
        {
            "csv" => Results.File(Csv(limited, shown), "text/csv; charset=utf-8", name + ".csv"),
            "print" => Fragment.Of<Root>(new { Body = Paper(limited.ToList(), shown, title, query) }),
            _ => Results.File(Excel(limited, shown), ExcelType, name + ".xlsx"),
        };
    }

    private static RenderFragment Paper<T>(IReadOnlyList<T> rows, IReadOnlyList<Column<T>> columns, string title, ListQuery query) => page =>
    {
        page.OpenComponent<ListSheet>(0);
        page.AddAttribute(1, nameof(ListSheet.Title), title);
        page.AddAttribute(2, nameof(ListSheet.Heads), columns.Select(c => new ListSheet.Head(c.Title, c.IsFigure ?? rows.Select(c.Value).FirstOrDefault(v => v is not null) is { } value && Shown.IsFigure(value))).ToList());
        page.AddAttribute(3, nameof(ListSheet.Rows), rows.Count > MaxPrinted ? [] : rows.Select(row => columns.Select(c => Shown.Text(c.Value(row))).ToArray()).ToList());
        page.AddAttribute(4, nameof(ListSheet.Sums), columns.Any(c => c.Sum is not null) ? columns.Select(c => c.Sum is { } sum ? new Money(rows.Sum(r => sum(r).Fen)).ToString() : null).ToArray() : null);
        page.AddAttribute(5, nameof(ListSheet.Total), rows.Count);
        page.AddAttribute(6, nameof(ListSheet.Asked), string.Join(" · ", new[] { query.Search }.Concat(query.Filters.Where(f => f.Key is not ("format" or "print") && !Guid.TryParse(f.Value, out _)).Select(f => f.Value)).Where(w => w.Length > 0)));
        page.CloseComponent();
    };

    /// <summary>UTF-8 with its mark, so that Excel reads Chinese; commas; CR LF.</summary>
    public static byte[] Csv<T>(IEnumerable<T> rows, IReadOnlyList<Column<T>> columns)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', columns.Select(c => Quoted(c.Title))).Append("\r\n");
        foreach (var row in rows) text.AppendJoin(',', columns.Select(c => Quoted(Plain(c.Value(row))))).Append("\r\n");
        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>Money and numbers stay numbers, days and moments become text as on screen.</summary>
    public static byte[] Excel<T>(IEnumerable<T> rows, IReadOnlyList<Column<T>> columns)
    {
        using var file = new MemoryStream();
        var sheet = rows.Select(row =>
        {
            var cells = new Dictionary<string, object?>();
            foreach (var column in columns) cells[Distinct(column.Title, cells)] = ExcelValue(column.Value(row));
            return cells;
        }).ToList();
        if (sheet.Count == 0) sheet.Add(columns.ToDictionary(c => c.Title, _ => (object?)null));
        file.SaveAs(sheet);
        return file.ToArray();
    }

    /// <summary>Puts an apostrophe before text that starts like a formula: = + - @ tab CR. Numbers are left as they are.</summary>
    public static string Harmless(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;

    private static object? ExcelValue(object? value) => value switch
    {
        null => null,
        Money money => money.Yuan,
        int or long or short or decimal or double => value,
        _ => Harmless(Shown.Text(value)),
    };

    private static string Plain(object? value) => value switch
    {
        null => "",
        Money money => money.Yuan.ToString("0.00", CultureInfo.InvariantCulture),
        int or long or short or decimal or double => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => Harmless(Shown.Text(value)),
    };

    private static string Quoted(string text) => text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string Distinct(string title, Dictionary<string, object?> cells)
    {
        var name = title;
        for (var n = 2; cells.ContainsKey(name); n++) name = $"{title} {n}";
        return name;
    }
}
