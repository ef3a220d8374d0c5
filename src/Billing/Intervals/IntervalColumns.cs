using System.Globalization;

namespace OpenHall.Billing;

/// <summary>A value of a load curve as a line has it.</summary>
/// <param name="Slot">Minutes after midnight at which the interval begins.</param>
/// <param name="Wh">Null: the cell is empty.</param>
sealed record IntervalValue(int Slot, long? Wh);

/// <summary>A line of a file of intervals: a whole day of a meter, or one interval.</summary>
sealed record IntervalLine(int Line, string Account, string Meter, DateOnly Day, IReadOnlyList<IntervalValue> Values);

/// <summary>Which column is what in a file of intervals: a column for each time of the day (00:00, 00:15 …), or one line for each interval with its time.</summary>
sealed class IntervalColumns
{
    private static readonly string[] Account = ["户号", "客户户号", "用户编号", "account", "account_number"], Meter = ["表号", "电能表号", "资产编号", "meter", "meter_number"];
    private static readonly string[] Date = ["日期", "数据日期", "date", "day"], Time = ["时间", "数据时间", "起始时间", "time", "begin"], TimeEnd = ["结束时间", "time_end"], Energy = ["电量", "区间电量", "kwh", "energy"];
    private static readonly string[] TimeFormats = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy/M/d H:mm", "yyyy/M/d H:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"];
    private static readonly string[] DayFormats = ["yyyy-MM-dd", "yyyy/M/d", "yyyy-M-d", "yyyyMMdd"];
    private readonly Dictionary<int, int> _slots = [];
    private int _account = -1, _meter = -1, _date = -1, _time = -1, _energy = -1;
    private bool _isEnd;

    private IntervalColumns() { }

    /// <summary>15, 30 or 60 where the heading says it; 0: each line has its own time.</summary>
    public int Minutes { get; private set; }

    /// <returns>Null: this is no heading of intervals.</returns>
    public static IntervalColumns? Of(SheetLine heading)
    {
        var columns = new IntervalColumns();
        var times = new List<(int Column, int Minute)>();
        for (var i = 0; i < heading.Cells.Count; i++)
        {
            var name = Text(heading, i).ToLowerInvariant();
            if (Account.Contains(name)) columns._account = i;
            else if (Meter.Contains(name)) columns._meter = i;
            else if (Date.Contains(name)) columns._date = i;
            else if (Time.Contains(name)) columns._time = i;
            else if (TimeEnd.Contains(name)) (columns._time, columns._isEnd) = (i, true);
            else if (Energy.Contains(name)) columns._energy = i;
            else if (Minute(name) is { } minute) times.Add((i, minute));
        }

        if (columns._account < 0) return null;
        if (columns._time >= 0 && columns._energy >= 0) return columns;
        if (columns._date < 0 || times.Count is not (24 or 48 or 96)) return null;
        columns.Minutes = 1440 / times.Count;
        // 00:15 … 24:00 name the ends of the intervals, 00:00 … 23:45 their beginnings.
        var off = times[0].Minute == columns.Minutes ? columns.Minutes : 0;
        foreach (var (column, minute) in times) columns._slots[column] = (minute == 0 && off > 0 ? 1440 : minute) - off;
        return columns._slots.Values.Order().SequenceEqual(Enumerable.Range(0, times.Count).Select(n => n * columns.Minutes)) ? columns : null;
    }

    /// <returns>The line, or what is wrong with it.</returns>
    public (IntervalLine? Line, ReadingNote? Wrong) Read(SheetLine line)
    {
        if (line.Formulas.Count > 0) return (null, new("file.formula_cell", string.Join('、', line.Formulas)));
        var account = Text(line, _account);
        if (account.Length == 0) return (null, new("reading.account_missing"));
        var meter = _meter < 0 ? "" : Text(line, _meter).ToUpperInvariant();
        if (Minutes > 0)
        {
            if (Day(Cell(line, _date)) is not { } day) return (null, new("reading.date_wrong", Text(line, _date)));
            var values = new List<IntervalValue>(_slots.Count);
            foreach (var (column, slot) in _slots)
            {
                if (!TryWh(Cell(line, column), out var wh)) return (null, new("interval.value_wrong", Clock(slot), Text(line, column)));
                values.Add(new(slot, wh));
            }

            return (new(line.Line, account, meter, day, values), null);
        }

        if (Moment(Cell(line, _time)) is not { } moment) return (null, new("interval.time_wrong", Text(line, _time)));
        if (!TryWh(Cell(line, _energy), out var energy)) return (null, new("interval.value_wrong", Text(line, _time), Text(line, _energy)));
        // The length is not known yet: an end is kept as an end of the minute before it.
        if (_isEnd) moment = moment.AddMinutes(-1);
        return (new(line.Line, account, meter, DateOnly.FromDateTime(moment), [new(moment.Hour * 60 + moment.Minute, energy)]), null);
    }

    /// <summary>The beginning of a line's interval once the length is known; null: its time is on no interval's edge.</summary>
    public int? SlotOf(int minute, int minutes)
    {
        var begin = _isEnd ? minute + 1 - minutes : minute;
        return begin >= 0 && begin % minutes == 0 ? begin : null;
    }

    /// <summary>Minute of the hour on which an interval begins or ends.</summary>
    public int EdgeOf(int minute) => (_isEnd ? minute + 1 : minute) % 60;

    public static string Clock(int slot) => string.Create(CultureInfo.InvariantCulture, $"{slot / 60:00}:{slot % 60:00}");

    private static int? Minute(string name) =>
        name is { Length: 5 } && name[2] == ':' && int.TryParse(name.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && int.TryParse(name.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
        && hour * 60 + minute <= 1440 && minute < 60 ? hour * 60 + minute : null;

    private static object? Cell(SheetLine line, int column) => column >= 0 && column < line.Cells.Count ? line.Cells[column] : null;

    private static string Text(SheetLine line, int column) => Cell(line, column) switch
    {
        null => "",
        double number => ((decimal)number).ToString("0.######", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        var cell => cell.ToString()!.Trim().TrimStart('\'') is var text && text.Length <= 60 ? text : text[..60],
    };

    private static DateOnly? Day(object? cell) => cell switch
    {
        DateTime moment => DateOnly.FromDateTime(moment),
        string text when DateOnly.TryParseExact(text.Trim(), DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        double number when number is > 2000_01_01 and < 2101_01_01 && DateOnly.TryParseExact(((int)number).ToString(CultureInfo.InvariantCulture), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        _ => null,
    };

    private static DateTime? Moment(object? cell) => cell switch
    {
        DateTime moment => moment,
        string text when DateTime.TryParseExact(text.Trim(), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) => moment,
        _ => null,
    };

    /// <summary>kWh with at most three decimals; an empty cell is no value and not wrong.</summary>
    private static bool TryWh(object? cell, out long? wh)
    {
        wh = null;
        if (cell is null || cell is string text && text.Trim().Length == 0) return true;
        decimal kwh;
        if (cell is double number && number is >= 0 and < 1e9) kwh = decimal.Round((decimal)number, 6);
        else if (!decimal.TryParse(cell.ToString()!.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out kwh)) return false;
        if (kwh * 1000m != decimal.Truncate(kwh * 1000m) || kwh * 1000m > IntervalDay.MostWh) return false;
        wh = (long)(kwh * 1000m);
        return true;
    }
}
