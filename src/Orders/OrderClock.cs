using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>Times of stages by the work days and hours of the order's hall.</summary>
static class OrderClock
{
    /// <summary>Of a stage counted in hours or of one day, a warning comes when so many hundredths of it have passed.</summary>
    private const int WarnAfterHundredths = 75;

    public static async Task<WorkCalendar> CalendarOf(HallDb db, Guid hallId, CancellationToken ct)
    {
        var hall = await db.Set<Hall>().SingleAsync(h => h.Id == hallId, ct);
        var days = await db.Set<HallSpecialDay>().Where(d => d.HallId == hallId).ToListAsync(ct);
        return hall.Hours.Calendar(days);
    }

    /// <summary>When a stage that begins now is due, and when to warn of it.</summary>
    public static (DateTime WarnAtUtc, DateTime DueUtc) Times(ServiceStage stage, WorkCalendar calendar, DateTime nowUtc)
    {
        if (stage.Days > 1) return (calendar.AddWorkDays(nowUtc, stage.Days - 1), calendar.AddWorkDays(nowUtc, stage.Days));
        var due = stage.Days == 1 ? calendar.AddWorkDays(nowUtc, 1) : calendar.AddWorkMinutes(nowUtc, stage.Hours * 60);
        return (Warn(calendar, nowUtc, due), due);
    }

    /// <summary>The clock goes on with what was left of it.</summary>
    public static (DateTime WarnAtUtc, DateTime DueUtc) Resumed(WorkCalendar calendar, int leftMinutes, DateTime nowUtc)
    {
        var due = calendar.AddWorkMinutes(nowUtc, Math.Max(0, leftMinutes));
        return (Warn(calendar, nowUtc, due), due);
    }

    public static int Left(WorkCalendar calendar, ServiceOrder order, DateTime nowUtc) => order.DueUtc is { } due ? (int)calendar.WorkTimeBetween(nowUtc, due).TotalMinutes : order.LeftMinutes ?? 0;

    private static DateTime Warn(WorkCalendar calendar, DateTime nowUtc, DateTime dueUtc) =>
        calendar.AddWorkMinutes(nowUtc, (int)(calendar.WorkTimeBetween(nowUtc, dueUtc).TotalMinutes * WarnAfterHundredths / 100));
}
