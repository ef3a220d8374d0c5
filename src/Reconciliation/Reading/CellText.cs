using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenHall.Reconciliation;

/// <summary>Cells of a statement as the banks write them: full-width digits, backquotes and tabs around numbers, thousands commas, amounts in brackets,
/// days with and without their time. Liberal in how a value is written, strict in what it is.</summary>
public static partial class CellText
{
    private static readonly char[] Around = ['`', '\'', '\t', ' ', '\u00A0', '\u3000', '\uFEFF', '"'];
    private static readonly Regex Units = StatementWords.Pattern("unit");
    private static readonly Regex Currency = StatementWords.Pattern("currency");
    private static readonly Regex Day = StatementWords.Pattern("day");
    private static readonly Regex Time = StatementWords.Pattern("time");
    private static readonly Regex Weekday = StatementWords.Pattern("weekday");

    /// <summary>Text without what only keeps a spreadsheet from changing it: <c>`4200001</c>, <c>="0012"</c>, tabs; full-width figures made usual ones.</summary>
    public static string Clean(object? cell)
    {
        switch (cell)
        {
            case null: return "";
            case double number: return Math.Abs(number) < 1e15 ? ((decimal)number).ToString("0.######", CultureInfo.InvariantCulture) : number.ToString("0", CultureInfo.InvariantCulture);
            case DateTime moment: return moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            case TimeSpan span: return span.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture);
        }

        var text = (cell as string ?? Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "").Trim(Around);
        if (text.StartsWith("=\"", StringComparison.Ordinal)) text = text[2..].Trim(Around);
        return (text.IsNormalized(NormalizationForm.FormKC) ? text : text.Normalize(NormalizationForm.FormKC)).Trim(Around);
    }

    /// <summary>Heading of a column as it is compared: lower case, without blanks and units.</summary>
    public static string Heading(object? cell) => Units.Replace(Blanks().Replace(Clean(cell), ""), "").ToLowerInvariant();

    /// <summary>A heading without what stands in brackets: 交易金额[Trade Amount] is 交易金额.</summary>
    public static string WithoutBrackets(string heading) => Brackets().Replace(heading, "");

    /// <returns>False: there is something that is no amount of whole 分. Empty cells and dashes are null.</returns>
    public static bool TryFen(object? cell, out long? fen)
    {
        fen = null;
        if (cell is double number)
        {
            if (double.IsNaN(number) || Math.Abs(number) > 1e13) return false;
            var exact = Math.Round(number * 100, 4);
            fen = (long)Math.Round(exact);
            return Math.Abs(exact - fen.Value) < 0.001;
        }

        var text = Clean(cell);
        if (text is "" or "-" or "--" or "---" or "/" or "—" or "–" or "nan" or "null") return true;
        text = Currency.Replace(text, "").Replace('−', '-').Replace("'", "", StringComparison.Ordinal);
        var isNegative = false;
        if (text.Length > 2 && text[0] == '(' && text[^1] == ')') (isNegative, text) = (true, text[1..^1]);
        if (text.Length > 1 && text[^1] == '-') (isNegative, text) = (true, text[..^1]);
        if (text.Length > 1 && text[0] is '+' or '-') (isNegative, text) = (text[0] == '-' != isNegative, text[1..]);
        if (!Amount().IsMatch(text)) return false;
        if (!decimal.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan) || yuan > 100_000_000_000m) return false;
        if (yuan * 100m != decimal.Truncate(yuan * 100m)) return false;
        fen = (long)(yuan * 100m) * (isNegative ? -1 : 1);
        return true;
    }

    /// <summary>A day, with its time where it is written beside it.</summary>
    public static bool TryMoment(object? cell, out DateOnly day, out TimeOnly? time)
    {
        (day, time) = (default, null);
        switch (cell)
        {
            case DateTime moment:
                (day, time) = (DateOnly.FromDateTime(moment), moment.TimeOfDay == TimeSpan.Zero ? null : TimeOnly.FromDateTime(moment));
                return day.Year is >= 2000 and < 2100;
            // Days since 1899-12-30, as spreadsheets count.
            case double serial when serial is >= 36526 and < 73051:
                return TryMoment(DateTime.FromOADate(serial), out day, out time);
        }

        var found = Day.Match(Clean(cell));
        if (!found.Success) return false;
        var (year, month, dayOfMonth) = (int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(found.Groups[2].ValueSpan, CultureInfo.InvariantCulture), int.Parse(found.Groups[3].ValueSpan, CultureInfo.InvariantCulture));
        if (year is < 2000 or >= 2100 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month)) return false;
        day = new(year, month, dayOfMonth);
        var rest = found.Groups[4].Value.Trim();
        if (rest.Length == 0 || Weekday.IsMatch(rest)) return true;
        time = Clock(rest);
        return time is not null;
    }

    /// <summary>10:15, 10:15:07, 101507, 10.15.07.123456, 10时15分; a lost leading zero (91507) is put back.</summary>
    public static TimeOnly? Clock(object? cell)
    {
        if (cell is DateTime moment) return TimeOnly.FromDateTime(moment);
        if (cell is double and >= 0 and < 1 and var part) return TimeOnly.FromTimeSpan(TimeSpan.FromSeconds(Math.Round(part * 86400)));
        var text = Clean(cell);
        if (text.Length == 5 && text.All(char.IsAsciiDigit)) text = "0" + text;
        var found = Time.Match(text);
        if (!found.Success) return null;
        var (hour, minute) = (int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(found.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
        var second = found.Groups[3].Success ? int.Parse(found.Groups[3].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return hour > 23 || minute > 59 || second > 59 ? null : new(hour, minute, second);
    }

    [GeneratedRegex(@"\s")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[(\[{][^)\]}]*[)\]}]?")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"^(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?(?<=\d)$")]
    private static partial Regex Amount();
}
