namespace OpenHall.Kernel;

/// <summary>One stretch of work within a day, local time; <paramref name="Until"/> is not included, 00:00 means the end of the day.</summary>
public readonly record struct WorkPeriod(TimeOnly From, TimeOnly Until)
{
    internal TimeSpan Start => From.ToTimeSpan();

    internal TimeSpan End => Until == TimeOnly.MinValue ? TimeSpan.FromDays(1) : Until.ToTimeSpan();
}

/// <summary>工作日历: when work is done, in China Standard Time (UTC+8, without summer time since 1992). Instants come and go as UTC.</summary>
/// <remarks>Public holidays and the weekend days worked for them (调休) are published every year by the State Council office; they are data.
/// Counting days: 民法典 art. 201 (the first day does not count) and art. 203 (the last day ends when business ends).</remarks>
public sealed class WorkCalendar
{
    /// <summary>How far ahead a free day is searched; a calendar without a work day in it is an error of its data.</summary>
    const int SearchDays = 4000;
    static readonly TimeSpan Offset = TimeSpan.FromHours(8);
    readonly WorkPeriod[] periods;
    readonly HashSet<DayOfWeek> weekdays;
    readonly HashSet<DateOnly> holidays;
    readonly HashSet<DateOnly> makeUpDays;

    /// <param name="periods">1 or more, in order, without overlap; the same on every work day.</param>
    /// <param name="weekdays">Weekdays worked, 1 or more.</param>
    /// <param name="holidays">Days off although their weekday is worked.</param>
    /// <param name="makeUpDays">Days worked although they are off by weekday or holiday (调休上班).</param>
    /// <exception cref="ArgumentException">No period, periods out of order or overlapping, no weekday.</exception>
    public WorkCalendar(IEnumerable<WorkPeriod> periods, IEnumerable<DayOfWeek> weekdays,
        IEnumerable<DateOnly>? holidays = null, IEnumerable<DateOnly>? makeUpDays = null)
    {
        this.periods = [.. periods];
        this.weekdays = [.. weekdays];
        this.holidays = [.. holidays ?? []];
        this.makeUpDays = [.. makeUpDays ?? []];
        if (this.periods.Length == 0 || this.weekdays.Count == 0) throw new ArgumentException("a calendar needs a work period and a weekday");
        var free = TimeSpan.Zero;
        foreach (var period in this.periods)
        {
            if (period.Start < free || period.End <= period.Start) throw new ArgumentException($"work period {period} overlaps or is out of order");
            free = period.End;
        }
    }

    /// <summary>Local day of an instant.</summary>
    public static DateOnly LocalDay(DateTime utc) => DateOnly.FromDateTime(utc + Offset);

    public bool IsWorkDay(DateOnly day) => makeUpDays.Contains(day) || (weekdays.Contains(day.DayOfWeek) && !holidays.Contains(day));

    /// <summary>A day off by holiday, not merely by its weekday.</summary>
    public bool IsHoliday(DateOnly day) => holidays.Contains(day) && !makeUpDays.Contains(day);

    /// <summary>The <paramref name="days"/>th work day after (or, negative, before) a day; the day itself does not count. 0: the day itself.</summary>
    public DateOnly AddWorkDays(DateOnly day, int days)
    {
        for (int left = Math.Abs(days), tried = 0; left > 0; tried = 0)
        {
            do day = day.AddDays(Math.Sign(days)); while (!IsWorkDay(day) && Enough(tried++));
            left--;
        }
        return day;
    }

    /// <summary>End of business on the <paramref name="days"/>th work day after the instant's local day.</summary>
    public DateTime AddWorkDays(DateTime utc, int days) => Instant(AddWorkDays(LocalDay(utc), days), periods[^1].End);

    /// <summary>The instant at which that many minutes of work have passed; an instant outside work time starts with the next period.</summary>
    /// <param name="utc">Start.</param>
    /// <param name="minutes">0 or more.</param>
    public DateTime AddWorkMinutes(DateTime utc, int minutes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minutes);
        var left = TimeSpan.FromMinutes(minutes);
        var tried = 0;
        for (var day = LocalDay(utc); Enough(tried++); day = day.AddDays(1))
        {
            if (!IsWorkDay(day)) continue;
            tried = 0;
            foreach (var period in periods)
            {
                var from = Later(utc, Instant(day, period.Start));
                var time = Instant(day, period.End) - from;
                if (time <= TimeSpan.Zero) continue;
                if (left <= time) return from + left;
                left -= time;
            }
        }
        throw new InvalidOperationException("unreachable");
    }

    /// <summary>Work time between two instants; zero when the second is not later.</summary>
    public TimeSpan WorkTimeBetween(DateTime fromUtc, DateTime untilUtc)
    {
        var sum = TimeSpan.Zero;
        for (var day = LocalDay(fromUtc); day <= LocalDay(untilUtc); day = day.AddDays(1))
        {
            if (!IsWorkDay(day)) continue;
            foreach (var period in periods)
            {
                var from = Later(fromUtc, Instant(day, period.Start));
                var end = Instant(day, period.End);
                var time = (untilUtc < end ? untilUtc : end) - from;
                if (time > TimeSpan.Zero) sum += time;
            }
        }
        return sum;
    }

    static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;

    static DateTime Instant(DateOnly day, TimeSpan local) =>
        DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue) + local - Offset, DateTimeKind.Utc);

    static bool Enough(int tried) =>
        tried < SearchDays ? true : throw new InvalidOperationException($"the calendar has no work day within {SearchDays} days");
}
