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
    internal CurveSums Fold(DateOnly from, DateOnly to, TouTable? table, int demandMinutes = 0)
    {
        var quarters = Minutes / 15;
        var window = demandMinutes > Minutes ? demandMinutes / Minutes : 1;
        Span<long> sums = stackalloc long[6], most = stackalloc long[6];
        sums.Clear();
        most.Clear();
        long total = 0, max = 0;
        var missing = 0;
        var start = (from.DayNumber - First.DayNumber) * PerDay;
        var values = Counts.Span;
        for (var day = from; day <= to; day = day.AddDays(1), start += PerDay)
        {
            if (start < 0 || start + PerDay > values.Length) { missing += PerDay; continue; }
            var kind = KindOf(day);
            var bands = table is null ? default : table.Of(day.Month, kind, quarters);
            var slots = values.Slice(start, PerDay);
            if (window > 1) max = Math.Max(max, Greatest(slots, window, bands, most));
            for (var i = 0; i < slots.Length; i++)
            {
                var count = slots[i];
                if (count == Missing) { missing++; continue; }
                total += count;
                if (window == 1 && count > max) max = count;
                if (bands.IsEmpty) continue;
                if (bands[i] != TouTable.Mixed) Add(bands[i], count, quarters, sums, most, window == 1);
                else
                    foreach (var band in table!.Of(day.Month, kind).Slice(i * quarters, quarters)) Add(band, count, 1, sums, most, window == 1);
            }
        }
        var kw = KwhPerCount * 60 / (Minutes * window);
        return new(ByBand(sums, KwhPerCount / quarters), total * KwhPerCount, max * kw, ByBand(most, kw), missing);
    }

    /// <summary>Greatest sum of a window of intervals side by side; it counts for each band it touches.</summary>
    static long Greatest(ReadOnlySpan<long> slots, int window, ReadOnlySpan<Band> bands, Span<long> most)
    {
        long max = 0;
        for (var i = 0; i + window <= slots.Length; i += window)
        {
            long sum = 0;
            foreach (var count in slots.Slice(i, window)) sum += count == Missing ? 0 : count;
            max = Math.Max(max, sum);
            if (bands.IsEmpty) continue;
            foreach (var band in bands.Slice(i, window))
                if (band != TouTable.Mixed && sum > most[(int)band]) most[(int)band] = sum;
        }
        return max;
    }

    static void Add(Band band, long count, int quarters, Span<long> sums, Span<long> most, bool isWindow)
    {
        sums[(int)band] += count * quarters;
        if (isWindow && count > most[(int)band]) most[(int)band] = count;
    }

    static KwhByBand ByBand(ReadOnlySpan<long> sums, decimal size) => new(sums[1] * size, sums[2] * size, sums[3] * size, sums[4] * size, sums[5] * size);
}

/// <summary>What a load curve comes to in one period.</summary>
/// <param name="Kwh">Energy by band; zero without a table of hours.</param>
/// <param name="Total">Whole energy, kWh.</param>
/// <param name="MaxKw">Greatest mean power of an interval.</param>
/// <param name="MaxKwByBand">The same by band.</param>
/// <param name="Missing">Intervals that lack.</param>
readonly record struct CurveSums(KwhByBand Kwh, decimal Total, decimal MaxKw, KwhByBand MaxKwByBand, int Missing);
