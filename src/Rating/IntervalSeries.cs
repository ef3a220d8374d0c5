using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>Energy by interval (load curve), gapless, local time.</summary>
/// <param name="First">First day; the series begins at its midnight.</param>
/// <param name="Minutes">15, 30 or 60.</param>
/// <param name="Counts">Energy of each interval in whole counts; <see cref="Missing"/> where none came.</param>
/// <param name="KwhPerCount">Size of a count: 0.001 when counts are Wh; the meter's multiplier may be in it.</param>
/// <param name="Calendar">Tells work days and holidays; null: Monday to Friday, no holidays.</param>
public sealed record IntervalSeries(DateOnly First, int Minutes, ReadOnlyMemory<long> Counts, decimal KwhPerCount, WorkCalendar? Calendar = null)
{
    public const long Missing = long.MinValue;

    public int PerDay => 1440 / Minutes;

    /// <summary>Last whole day of the series.</summary>
    public DateOnly Last => First.AddDays(Counts.Length / PerDay - 1);

    DayKind KindOf(DateOnly day) => Calendar is null
        ? day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? DayKind.Weekend : DayKind.Workday
        : Calendar.IsWorkDay(day) ? DayKind.Workday : Calendar.IsHoliday(day) ? DayKind.Holiday : DayKind.Weekend;

    /// <summary>Adds up the days from–to by band; an interval over two bands is divided by time.</summary>
    /// <returns>Energy by band (zero without a table), whole energy, greatest mean power of an interval, and how many intervals lack.</returns>
    internal (KwhByBand ByBand, decimal Total, decimal MaxKw, int Missing) Fold(DateOnly from, DateOnly to, TouTable? table)
    {
        var quarters = Minutes / 15;
        Span<long> sums = stackalloc long[6];
        sums.Clear();
        long total = 0, max = 0;
        var missing = 0;
        var start = (from.DayNumber - First.DayNumber) * PerDay;
        var values = Counts.Span;
        for (var day = from; day <= to; day = day.AddDays(1), start += PerDay)
        {
            if (start < 0 || start + PerDay > values.Length) { missing += PerDay; continue; }
            var bands = table is null ? default : table.Of(day.Month, KindOf(day));
            var slots = values.Slice(start, PerDay);
            for (var i = 0; i < slots.Length; i++)
            {
                var count = slots[i];
                if (count == Missing) { missing++; continue; }
                total += count;
                if (count > max) max = count;
                if (bands.IsEmpty) continue;
                for (var q = i * quarters; q < (i + 1) * quarters; q++) sums[(int)bands[q]] += count;
            }
        }
        var size = KwhPerCount / quarters;
        return (new(sums[1] * size, sums[2] * size, sums[3] * size, sums[4] * size, sums[5] * size), total * KwhPerCount, max * KwhPerCount * (60 / Minutes), missing);
    }
}
