using System.Globalization;

namespace OpenHall.Billing;

/// <summary>A line of a reading file, as far as it can be understood without the database.</summary>
sealed record ReadingLine(int Line, string Account, string Meter, DateOnly ReadOn, ReadingKind Kind, long TotalWh, long? SharpWh, long? PeakWh, long? FlatWh, long? ValleyWh, long? DeepValleyWh,
    long? DemandW, long? ReactiveVarh, long? FeedInWh);

/// <summary>Which column is what, by the names in the heading; Chinese or English, in any order.</summary>
sealed class ReadingColumns
{
    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["account"] = ["户号", "客户户号", "用户编号", "account", "account_number"],
        ["meter"] = ["表号", "电能表号", "资产编号", "meter", "meter_number"],
        ["date"] = ["抄表日期", "日期", "抄表时间", "date", "read_on"],
        ["total"] = ["示数", "总示数", "本次示数", "抄表示数", "止码", "reading", "total"],
        ["sharp"] = ["尖", "尖示数", "sharp"], ["peak"] = ["峰", "峰示数", "peak"], ["flat"] = ["平", "平示数", "flat"],
        ["valley"] = ["谷", "谷示数", "valley"], ["deep_valley"] = ["深谷", "深谷示数", "deep_valley"],
        ["demand"] = ["需量", "最大需量", "demand", "max_kw"], ["reactive"] = ["无功", "无功示数", "reactive", "kvarh"], ["feed_in"] = ["上网", "上网示数", "反向示数", "feed_in"],
        ["unread"] = ["未抄原因", "not_read_because"],
        ["kind"] = ["抄表类型", "类型", "kind"],
    };

    /// <summary>Columns of the registers by time-of-use band.</summary>
    public static readonly IReadOnlyList<string> Bands = ["sharp", "peak", "flat", "valley", "deep_valley"];

    /// <summary>Columns of greatest demand, reactive energy and energy given to the grid.</summary>
    public static readonly IReadOnlyList<string> Others = ["demand", "reactive", "feed_in"];

    /// <summary>A column's usual names in Chinese and English, as a file's heading may have them.</summary>
    public static string NamesOf(string column) => Names[column][0] + " / " + Names[column].First(n => char.IsAsciiLetter(n[0]));

    private static readonly string[] Needed = ["account", "date", "total"];
    private static readonly string[] DayFormats = ["yyyy-MM-dd", "yyyy/M/d", "yyyy-M-d", "yyyy.M.d", "yyyyMMdd", "yyyy年M月d日", "yyyy-MM-dd HH:mm:ss", "yyyy/M/d H:mm", "yyyy/M/d H:mm:ss"];
    private readonly Dictionary<string, int> _places = [];

    private ReadingColumns() { }

    /// <returns>The columns, or what is wrong with the heading.</returns>
    public static (ReadingColumns? Columns, ReadingNote? Wrong) Of(SheetLine heading)
    {
        var columns = new ReadingColumns();
        for (var i = 0; i < heading.Cells.Count; i++)
        {
            var name = (heading.Cells[i]?.ToString() ?? "").Trim().ToLowerInvariant();
            var key = Names.FirstOrDefault(n => n.Value.Contains(name)).Key;
            if (key is not null && !columns._places.TryAdd(key, i)) return (null, new("file.column_twice", name));
        }

        var missing = Needed.Where(n => !columns._places.ContainsKey(n)).Select(n => Names[n][0]).ToList();
        return missing.Count > 0 ? (null, new("file.columns_missing", string.Join('、', missing))) : (columns, null);
    }

    /// <summary>A column's first name in one language, for files that are filled in and come back.</summary>
    public static string NameOf(string column, bool english) => Names[column].First(n => char.IsAsciiLetter(n[0]) == english);

    /// <summary>The reader says why there is no reading: the line adds nothing.</summary>
    public bool IsUnread(SheetLine line) => Cell(line, "total") is null or "" && Text(line, "unread").Length > 0;

    /// <returns>The line, or what is wrong with it.</returns>
    public (ReadingLine? Line, ReadingNote? Wrong) Read(SheetLine line)
    {
        if (line.Formulas.Count > 0) return (null, new("file.formula_cell", string.Join('、', line.Formulas)));
        var account = Text(line, "account");
        if (account.Length == 0) return (null, new("reading.account_missing"));
        if (Cell(line, "date") is null or "") return (null, new("reading.date_missing"));
        if (Day(Cell(line, "date")) is not { } day) return (null, new("reading.date_wrong", Text(line, "date")));
        if (Cell(line, "total") is null or "") return (null, new("reading.value_missing"));
        var values = new long?[9];
        string[] registers = ["total", .. Bands, .. Others];
        for (var i = 0; i < registers.Length; i++)
        {
            if (Cell(line, registers[i]) is not { } cell || cell is "") continue;
            if (Wh(cell) is not { } wh) return (null, new("reading.value_wrong", Text(line, registers[i])));
            values[i] = wh;
        }

        var kind = Text(line, "kind") is "估" or "估抄" or "估算" or "estimated" ? ReadingKind.Estimated : ReadingKind.Cycle;
        return (new(line.Line, account, Text(line, "meter").ToUpperInvariant(), day, kind, values[0]!.Value, values[1], values[2], values[3], values[4], values[5], values[6], values[7], values[8]), null);
    }

    private object? Cell(SheetLine line, string column) => _places.TryGetValue(column, out var i) && i < line.Cells.Count ? line.Cells[i] : null;

    /// <summary>A number in a spreadsheet's cell is read without exponent or trailing zeros: account numbers are often kept so.</summary>
    private string Text(SheetLine line, string column) => Cell(line, column) switch
    {
        null => "",
        double number => ((decimal)number).ToString("0.######", CultureInfo.InvariantCulture),
        var cell => Cut(cell.ToString()!.Trim().TrimStart('\'')),
    };

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60];

    private static DateOnly? Day(object? cell) => cell switch
    {
        DateTime moment => DateOnly.FromDateTime(moment),
        // Days since 1899-12-30, as spreadsheets count; 2000 to 2100.
        double serial when serial is >= 36526 and < 73051 => DateOnly.FromDateTime(DateTime.FromOADate(serial)),
        string text when DateTime.TryParseExact(text, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) => DateOnly.FromDateTime(moment),
        _ => null,
    };

    /// <summary>kWh with at most three decimals, 0 or more; a spreadsheet's binary noise behind the sixth decimal is cut.</summary>
    private static long? Wh(object cell)
    {
        decimal kwh;
        if (cell is double number)
        {
            if (number is < 0 or > 1e12) return null;
            kwh = decimal.Round((decimal)number, 6);
        }
        else if (!decimal.TryParse(cell.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out kwh) || kwh > 1_000_000_000_000m)
        {
            return null;
        }

        var wh = kwh * 1000m;
        return wh == decimal.Truncate(wh) ? (long)wh : null;
    }
}
