using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Duties;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Payments;
using OpenHall.Reception;

namespace OpenHall.Reports;

/// <summary>Reads a dashboard's figures by hall: a handful of grouped queries, however many halls.</summary>
sealed class DashboardReading(HallDb db, IReadOnlyList<Guid> halls, DateTime nowUtc, int normMinutes)
{
    private const string Complaint = "complaint";

    private BusinessDate Today => new(DateOnly.FromDateTime(LocalTime.At(nowUtc)));

    /// <summary>Today whole; a day before up to the same hour as now.</summary>
    public async Task<Dictionary<Guid, DaySoFar>> Day(int daysAgo, CancellationToken ct)
    {
        var (date, until, norm) = (new BusinessDate(Today.Day.AddDays(-daysAgo)), daysAgo == 0 ? DateTime.SpecifyKind(DateTime.MaxValue.Date, DateTimeKind.Utc) : nowUtc.AddDays(-daysAgo), normMinutes * 60);
        var tickets = await db.QueueTickets.Where(t => halls.Contains(t.HallId) && t.Date == date && t.TakenAtUtc <= until)
            .GroupBy(t => t.HallId).Select(g => new { g.Key, Visitors = g.Count(), Served = g.Count(t => t.State == TicketState.Done && t.EndedAtUtc <= until), Complaints = g.Count(t => t.Service == Complaint) })
            .ToDictionaryAsync(g => g.Key, ct);
        var waits = await db.TicketPeriods.Where(p => halls.Contains(p.HallId) && p.Date == date && p.State == TicketState.Waiting && p.UntilUtc <= until)
            .GroupBy(p => p.HallId).Select(g => new { g.Key, Seconds = g.Sum(p => (long)p.Seconds), Count = g.Count(), Within = g.Count(p => p.Seconds <= norm) }).ToDictionaryAsync(g => g.Key, ct);
        var paid = await db.Payments.Where(p => p.Bucket >= 0 && halls.Contains(p.HallId) && p.BusinessDate == date && p.State == PaymentState.Confirmed && p.TakenAtUtc <= until)
            .GroupBy(p => p.HallId).Select(g => new { g.Key, Count = g.Count(), Fen = g.Sum(p => p.AmountFen) }).ToDictionaryAsync(g => g.Key, ct);
        return halls.ToDictionary(h => h, h => new DaySoFar(
            tickets.GetValueOrDefault(h)?.Visitors ?? 0, tickets.GetValueOrDefault(h)?.Served ?? 0, tickets.GetValueOrDefault(h)?.Complaints ?? 0,
            waits.GetValueOrDefault(h)?.Seconds ?? 0, waits.GetValueOrDefault(h)?.Count ?? 0, waits.GetValueOrDefault(h)?.Within ?? 0,
            paid.GetValueOrDefault(h)?.Count ?? 0, paid.GetValueOrDefault(h)?.Fen ?? 0));
    }

    public async Task<Dictionary<Guid, NowFigures>> Now(CancellationToken ct)
    {
        var (today, now) = (Today, nowUtc);
        var open = (await db.BusinessDays.Where(d => halls.Contains(d.HallId) && (d.State == BusinessDayState.Open || d.State == BusinessDayState.Closing)).Select(d => d.HallId).ToListAsync(ct)).ToHashSet();
        var line = await db.QueueTickets.Where(t => halls.Contains(t.HallId) && t.Date == today && t.State == TicketState.Waiting)
            .GroupBy(t => t.HallId).Select(g => new { g.Key, Count = g.Count(), Since = g.Min(t => t.TakenAtUtc) }).ToDictionaryAsync(g => g.Key, ct);
        var counters = await db.Counters.Where(c => halls.Contains(c.HallId) && !c.IsRetired)
            .GroupBy(c => c.HallId).Select(g => new { g.Key, Count = g.Count(), Open = g.Count(c => c.State == CounterState.Open) }).ToDictionaryAsync(g => g.Key, ct);
        var duties = await db.Duties.Where(d => halls.Contains(d.HallId) && d.Date == today).GroupBy(d => d.HallId).Select(g => new
        {
            g.Key, Done = g.Count(d => d.State == DutyState.Done && d.LateAtUtc == null), Late = g.Count(d => d.State == DutyState.Done && d.LateAtUtc != null), Missed = g.Count(d => d.State == DutyState.Missed),
            Open = g.Count(d => d.State == DutyState.Open), Overdue = g.Count(d => d.State == DutyState.Open && d.DueUtc < now),
        }).ToDictionaryAsync(g => g.Key, ct);
        var faults = await db.FaultLines.Where(f => halls.Contains(f.HallId) && (f.State == FaultState.Open || f.State == FaultState.Given)).GroupBy(f => f.HallId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, ct);
        var ratings = await db.VisitRatings.Where(r => halls.Contains(r.HallId) && r.Date == today).GroupBy(r => r.HallId).Select(g => new { g.Key, Count = g.Count(), Stars = g.Sum(r => r.Stars) }).ToDictionaryAsync(g => g.Key, ct);
        return halls.ToDictionary(h => h, h => new NowFigures(1, open.Contains(h) ? 1 : 0, line.GetValueOrDefault(h)?.Count ?? 0, line.GetValueOrDefault(h)?.Since, counters.GetValueOrDefault(h)?.Open ?? 0, counters.GetValueOrDefault(h)?.Count ?? 0,
            duties.GetValueOrDefault(h)?.Done ?? 0, duties.GetValueOrDefault(h)?.Late ?? 0, duties.GetValueOrDefault(h)?.Missed ?? 0, duties.GetValueOrDefault(h)?.Open ?? 0, duties.GetValueOrDefault(h)?.Overdue ?? 0,
            faults.GetValueOrDefault(h)?.Count ?? 0, ratings.GetValueOrDefault(h)?.Count ?? 0, ratings.GetValueOrDefault(h)?.Stars ?? 0));
    }

    /// <summary>Numbers taken by hour of the whole day.</summary>
    public async Task<int[]> ByHour(int daysAgo, CancellationToken ct)
    {
        var date = new BusinessDate(Today.Day.AddDays(-daysAgo));
        var hours = new int[24];
        foreach (var at in await db.QueueTickets.Where(t => halls.Contains(t.HallId) && t.Date == date).Select(t => t.TakenAtUtc).ToListAsync(ct)) hours[LocalTime.At(at).Hour]++;
        return hours;
    }
}
