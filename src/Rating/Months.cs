namespace OpenHall.Rating;

/// <summary>Length of a period in months.</summary>
public static class Months
{
    /// <summary>As <see cref="Between"/>, the rest in thirtieths whatever the month, at most one.</summary>
    public static decimal Thirtieths(DateOnly from, DateOnly to)
    {
        var whole = decimal.Truncate(Between(from, to, PartMonth.Days));
        var rest = to.DayNumber + 1 - from.AddMonths((int)whole).DayNumber;
        return whole + Math.Min(1, rest / 30m);
    }

    /// <summary>Whole months from the first day on (15 March–14 April is one), then the rest.</summary>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day, included.</param>
    /// <param name="part">Days: the rest as a share of the month it begins in; Full: any rest is a month; Nearest: half a month or more is one, and there is at least one.</param>
    public static decimal Between(DateOnly from, DateOnly to, PartMonth part)
    {
        // A calendar month, by far the commonest period.
        if (to.DayNumber - from.DayNumber < 31 && from.Day == 1 && to.DayNumber < DateOnly.MaxValue.DayNumber && to.AddDays(1).Day == 1) return 1;
        var end = to.AddDays(1);
        var whole = (end.Year - from.Year) * 12 + end.Month - from.Month;
        if (from.AddMonths(whole) > end) whole--;
        var rest = end.DayNumber - from.AddMonths(whole).DayNumber;
        if (rest == 0) return whole;
        var begin = from.AddMonths(whole);
        if (part == PartMonth.Nearest) return Math.Max(1, rest * 2 >= DateTime.DaysInMonth(begin.Year, begin.Month) ? whole + 1 : whole);
        return part == PartMonth.Full ? whole + 1 : whole + (decimal)rest / DateTime.DaysInMonth(begin.Year, begin.Month);
    }
}
