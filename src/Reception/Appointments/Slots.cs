using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;

namespace OpenHall.Reception;

/// <param name="Left">Places nobody has booked.</param>
public sealed record Slot(TimeOnly Start, int Left);

/// <summary>预约时段: the times of a hall's day at which a service can be booked, from its opening hours and the packs' capacity.</summary>
public static class Slots
{
    /// <summary>Starts of a day's slots: whole slots within the opening periods.</summary>
    public static IEnumerable<TimeOnly> StartsOf(Hall hall, int slotMinutes)
    {
        foreach (var period in hall.Hours.ParsePeriods())
        {
            var (at, until) = ((int)period.From.ToTimeSpan().TotalMinutes, (int)period.Until.ToTimeSpan().TotalMinutes);
            for (; at + slotMinutes <= until; at += slotMinutes) yield return new TimeOnly(at / 60, at % 60);
        }
    }

    /// <summary>Slots of a service on a day, those that have begun left out; none on a day the hall is shut or that is too far ahead.</summary>
    public static async Task<IReadOnlyList<Slot>> Of(HallDb db, ServiceCatalog catalog, Hall hall, QueueService service, DateOnly day, DateTime nowUtc, CancellationToken ct)
    {
        var (rules, now) = (catalog.Appointments, LocalTime.At(nowUtc));
        var today = DateOnly.FromDateTime(now);
        if (service.Appointments == 0 || day < today || day > today.AddDays(rules.DaysAhead) || !await IsOpen(db, hall, day, ct)) return [];
        var (hallId, code) = (hall.Id, service.Code);
        var taken = await db.Appointments.Where(a => a.HallId == hallId && a.Day == day && a.Service == code && a.State != AppointmentState.Cancelled).GroupBy(a => a.Start).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return [.. StartsOf(hall, rules.SlotMinutes).Where(s => day > today || s > TimeOnly.FromDateTime(now)).Select(s => new Slot(s, Math.Max(0, service.Appointments - taken.GetValueOrDefault(s))))];
    }

    public static async Task<bool> IsOpen(HallDb db, Hall hall, DateOnly day, CancellationToken ct)
    {
        var hallId = hall.Id;
        var special = await db.Set<HallSpecialDay>().SingleOrDefaultAsync(s => s.HallId == hallId && s.Day == day, ct);
        return special?.IsOpen ?? hall.Weekdays.Contains((char)('0' + (day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek)));
    }
}
