using System.Globalization;
using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>营业时间 of a hall as text: periods <c>08:30-12:00 13:30-17:30</c> in order, weekdays <c>1234567</c> (1 = Monday).</summary>
public sealed record OpeningHours(string Periods, string Weekdays)
{
    public static readonly OpeningHours EveryDay = new("08:30-17:30", "1234567");

    /// <exception cref="Refused">hall.periods_invalid; hall.weekdays_invalid</exception>
    public void Validate() => Calendar([]);

    /// <summary>The calendar that counts this hall's work days and work time.</summary>
    /// <exception cref="Refused">hall.periods_invalid; hall.weekdays_invalid</exception>
    public WorkCalendar Calendar(IReadOnlyCollection<HallSpecialDay> specialDays)
    {
        var days = Weekdays.Select(c => c - '0').ToArray();
        Refused.IfField(days.Length == 0 || days.Any(d => d is < 1 or > 7) || days.Distinct().Count() != days.Length, "weekdays", "hall.weekdays_invalid");
        try
        {
            return new(ParsePeriods(), days.Select(d => (DayOfWeek)(d % 7)),
                specialDays.Where(s => !s.IsOpen).Select(s => s.Day), specialDays.Where(s => s.IsOpen).Select(s => s.Day));
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new Refused("hall.periods_invalid") { Field = "periods" };
        }
    }

    /// <exception cref="FormatException">A period is not hh:mm-hh:mm.</exception>
    public IReadOnlyList<WorkPeriod> ParsePeriods() =>
    [
        .. Periods.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(period => period.Split('-') is [var from, var until]
            ? new WorkPeriod(Time(from), Time(until))
            : throw new FormatException(period)),
    ];

    private static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}
