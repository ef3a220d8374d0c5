using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>A hall's past days as half hours. Past days do not change: they are read once a business day and kept.</summary>
public sealed class PastDays
{
    /// <summary>Calendar days looked back.</summary>
    public const int LookBack = 70;

    private readonly ConcurrentDictionary<Guid, (BusinessDate Before, string Peaks, IReadOnlyList<PastDay> Days)> _kept = [];

    public async Task<IReadOnlyList<PastDay>> Of(HallDb db, Hall hall, BusinessDate before, IReadOnlySet<int> peakDays, CancellationToken ct)
    {
        var peaks = string.Join(' ', peakDays.Order());
        if (_kept.TryGetValue(hall.Id, out var kept) && kept.Before == before && kept.Peaks == peaks) return kept.Days;
        var (hallId, from) = (hall.Id, new BusinessDate(before.Day.AddDays(-LookBack)));
        var taken = await db.QueueTickets.Where(t => t.HallId == hallId && t.Date >= from && t.Date < before).Select(t => new { t.Date, t.TakenAtUtc }).ToListAsync(ct);
        var days = new List<PastDay>();
        DateOnly? last = null;
        foreach (var day in taken.GroupBy(t => t.Date).OrderBy(g => g.Key))
        {
            var halves = new int[ArrivalForecast.HalfHours];
            foreach (var ticket in day) halves[HalfHourOf(ticket.TakenAtUtc)]++;
            days.Add(new(day.Key.Day, MarksOf(hall, day.Key.Day, last, peakDays), halves));
            last = day.Key.Day;
        }

        _kept[hall.Id] = (before, peaks, days);
        return days;
    }

    public static int HalfHourOf(DateTime utc) => (int)(LocalTime.At(utc).TimeOfDay.TotalMinutes / 30);

    /// <param name="last">Business day before; null: not known.</param>
    public static DayMarks MarksOf(Hall hall, DateOnly day, DateOnly? last, IReadOnlySet<int> peakDays)
    {
        var marks = DayMarks.None;
        if (!hall.Weekdays.Contains((char)('0' + ((int)day.DayOfWeek + 6) % 7 + 1), StringComparison.Ordinal)) marks |= DayMarks.MakeUp;
        if (peakDays.Contains(day.Day)) marks |= DayMarks.Peak;
        // Days on which the hall would be open by its weekdays, and was not.
        var shut = 0;
        for (var each = last?.AddDays(1) ?? day; each < day; each = each.AddDays(1)) shut += hall.Weekdays.Contains((char)('0' + ((int)each.DayOfWeek + 6) % 7 + 1), StringComparison.Ordinal) ? 1 : 0;
        return shut >= 2 ? marks | DayMarks.AfterHoliday : marks;
    }

    /// <summary>Days of the month in a setting's text: <c>25 26</c>.</summary>
    public static IReadOnlySet<int> DaysOf(string text) => text.Split([' ', ',', '，', '、'], StringSplitOptions.RemoveEmptyEntries)
        .Select(d => int.TryParse(d, System.Globalization.CultureInfo.InvariantCulture, out var day) ? day : 0).Where(d => d is >= 1 and <= 31).ToHashSet();
}
