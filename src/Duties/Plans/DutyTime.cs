using OpenHall.Kernel;

namespace OpenHall.Duties;

public enum DutyTimeKind { BeforeOpening, AtOpening, Every, AtTimes, HandOver, AtClosing, Day, On, Standing }

/// <summary>With every customer, all the time, or when something happens: listed among the post's duties, made no row for each time.</summary>
public enum Standing { Visit, Continuous, Event }

/// <summary>What the system itself knows to have happened: it ticks duties, and may make some.</summary>
public enum DutyFact { DayOpened, DayStopped, DayClosed, TillOpened, TillClosed, TillsSettled, ReadingsImported, BillsReleased, ComplaintTaken, WaitOverNorm, PeakAhead, MeetingSigned, ClosingMeetingSigned, LogSigned, HandOverGiven, HandOverSigned }

/// <summary>One time at which a duty is due.</summary>
/// <param name="Slot">Names it within the day: 0830.</param>
/// <param name="From">Not before, hall's clock.</param>
/// <param name="Due">In time up to and including this moment.</param>
public sealed record DutySlot(string Slot, DateTime From, DateTime Due);

/// <summary>When a duty is due, on which days.</summary>
/// <param name="Minutes">How long it may take; before opening and at closing also how early it may begin.</param>
/// <param name="Step">Minutes from one time to the next.</param>
/// <param name="Weekdays">1 = Monday … 7; empty: all.</param>
/// <param name="MonthDays">1 … 31, 0 = the last; empty: all.</param>
/// <param name="Months">1 … 12; empty: all.</param>
/// <param name="UntilClosing">What an event makes is due at closing, not after <paramref name="Minutes"/>.</param>
public sealed record DutyTime(DutyTimeKind Kind, int Minutes, int Step, IReadOnlyList<TimeOnly> Times, IReadOnlyList<int> Weekdays, IReadOnlyList<int> MonthDays, IReadOnlyList<int> Months, DutyFact? On, Standing? Standing, bool UntilClosing)
{
    /// <summary>Days without business that are made up for at the next opening.</summary>
    public const int MostDaysMadeUp = 31;

    /// <summary>Whether it is due on the business day; a day on which the hall was shut is made up for on the next one.</summary>
    /// <param name="before">The business day before; null: the hall's first.</param>
    public bool IsDueOn(DateOnly day, DateOnly? before)
    {
        // What comes every day is done on the days of business only.
        if (Weekdays.Count == 0 && MonthDays.Count == 0 && Months.Count == 0) return true;
        var from = before is { } last && day.DayNumber - last.DayNumber <= MostDaysMadeUp ? last.AddDays(1) : day;
        for (var each = from; each <= day; each = each.AddDays(1))
        {
            if (Names(each)) return true;
        }

        return false;
    }

    private bool Names(DateOnly day) =>
        (Weekdays.Count == 0 || Weekdays.Contains(day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek))
        && (MonthDays.Count == 0 || MonthDays.Contains(day.Day) || MonthDays.Contains(0) && day.AddDays(1).Day == 1)
        && (Months.Count == 0 || Months.Contains(day.Month));

    /// <summary>Its times on a day of these opening periods, in order; none for what an event makes.</summary>
    public IEnumerable<DutySlot> Slots(DateOnly day, IReadOnlyList<WorkPeriod> periods)
    {
        var (open, close) = (day.ToDateTime(periods[0].From), day.ToDateTime(periods[^1].Until));
        return Kind switch
        {
            DutyTimeKind.BeforeOpening => [Slot(open.AddMinutes(-Minutes), open)],
            DutyTimeKind.AtOpening => [Slot(open, open.AddMinutes(Minutes))],
            DutyTimeKind.AtClosing => [Slot(close.AddMinutes(-Minutes), close.AddMinutes(Minutes))],
            DutyTimeKind.Day => [Slot(open.AddMinutes(-Minutes), close)],
            DutyTimeKind.AtTimes => Times.Select(t => Slot(day.ToDateTime(t), day.ToDateTime(t).AddMinutes(Minutes))),
            DutyTimeKind.HandOver => periods.Select(p => Slot(day.ToDateTime(p.Until).AddMinutes(-Minutes), day.ToDateTime(p.Until).AddMinutes(Minutes))),
            DutyTimeKind.Every => periods.SelectMany(p => EveryStep(day.ToDateTime(p.From), day.ToDateTime(p.Until))),
            _ => [],
        };
    }

    private IEnumerable<DutySlot> EveryStep(DateTime from, DateTime until)
    {
        for (var at = from; at < until; at = at.AddMinutes(Step)) yield return Slot(at, at.AddMinutes(Minutes));
    }

    private static DutySlot Slot(DateTime from, DateTime due) => new(from.ToString("HHmm", System.Globalization.CultureInfo.InvariantCulture), from, due);
}
