using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

public enum FiguresBy { Hour, Service, Clerk, Hall, Day }

/// <summary>排队统计: numbers, waits and services of some days, by hour, service, clerk, hall or day. From the tickets and their periods.</summary>
public sealed class QueueFigures(HallDb db, Current current, ServiceCatalog catalog, TimeProvider clock)
{
    /// <summary>Days looked back at most, and tickets read at most.</summary>
    public const int MostDays = 92;
    private const int MostTickets = 300_000;

    /// <param name="WaitSeconds">Mean from taking the number to the first call, of those called.</param>
    /// <param name="Wait90Seconds">Nine of ten waited no longer.</param>
    /// <param name="Within">Per mille of those called who waited no longer than the norm.</param>
    /// <param name="ServiceSeconds">Mean time at counters of those served.</param>
    public sealed record Line(string Key, string Name, int Tickets, int Served, int NoShow, int Cancelled, int WaitSeconds, int Wait90Seconds, int LongestSeconds, int Within, int ServiceSeconds);

    public sealed record View(DateOnly From, DateOnly Until, FiguresBy By, IReadOnlyList<Line> Lines, Line Total, int NormMinutes);

    private sealed record Row(Guid HallId, BusinessDate Date, string Service, string? Clerk, TicketState State, string? Reason, DateTime TakenAtUtc, int? WaitSeconds, int ServiceSeconds);

    /// <param name="hallId">Null: all halls within reach.</param>
    /// <exception cref="Refused">permission.missing; hall.not_found; hall.out_of_reach</exception>
    public async Task<View> Of(Guid? hallId, int days, FiguresBy by, CancellationToken ct = default)
    {
        current.Require("ratings.see");
        if (hallId is { } one) await db.HallInReach(current, one, ct);
        var until = DateOnly.FromDateTime(LocalTime.At(clock.GetUtcNow().UtcDateTime));
        var from = until.AddDays(1 - Math.Clamp(days, 1, MostDays));
        var (first, last) = (new BusinessDate(from), new BusinessDate(until));
        var halls = await db.HallsInReach(current).Where(h => hallId == null || h.Id == hallId).ToDictionaryAsync(h => h.Id, ct);
        var ids = halls.Keys.ToList();
        var firstCalls = db.TicketPeriods.Where(p => p.State == TicketState.Waiting && ids.Contains(p.HallId) && p.Date >= first && p.Date <= last).GroupBy(p => p.TicketId).Select(g => new { g.Key, Until = g.Min(p => p.UntilUtc) });
        var read = await (from ticket in db.QueueTickets
                          where ids.Contains(ticket.HallId) && ticket.Date >= first && ticket.Date <= last
                          join call in firstCalls on ticket.Id equals call.Key into calls
                          from call in calls.DefaultIfEmpty()
                          select new { ticket.HallId, ticket.Date, ticket.Service, ticket.ClerkName, ticket.State, ticket.Reason, ticket.TakenAtUtc, ticket.Calls, Until = (DateTime?)call.Until, ticket.ServiceSeconds })
            .Take(MostTickets).ToListAsync(ct);
        var rows = read.Select(t => new Row(t.HallId, t.Date, t.Service, t.ClerkName, t.State, t.Reason, t.TakenAtUtc,
            t.Calls > 0 && t.Until is { } called ? (int)Math.Max(0, (called - t.TakenAtUtc).TotalSeconds) : null, t.ServiceSeconds)).ToList();
        var norm = (int)await db.Value(QueueNorms.Wait, ct);
        var lines = rows.GroupBy(r => KeyOf(r, by)).Where(g => g.Key.Length > 0)
            .Select(g => LineOf(g.Key, NameOf(g.Key, by, halls), [.. g], norm));
        return new(from, until, by, [.. by is FiguresBy.Hour or FiguresBy.Day ? lines.OrderBy(l => l.Key, StringComparer.Ordinal) : lines.OrderByDescending(l => l.Tickets).ThenBy(l => l.Key, StringComparer.Ordinal)], LineOf("", "", rows, norm), norm);
    }

    private static string KeyOf(Row row, FiguresBy by) => by switch
    {
        FiguresBy.Hour => LocalTime.At(row.TakenAtUtc).ToString("HH:00", System.Globalization.CultureInfo.InvariantCulture),
        FiguresBy.Service => row.Service,
        FiguresBy.Clerk => row.Clerk ?? "",
        FiguresBy.Hall => row.HallId.ToString(),
        _ => row.Date.ToString(),
    };

    private string NameOf(string key, FiguresBy by, Dictionary<Guid, Hall> halls) => by switch
    {
        FiguresBy.Service => catalog.NameOf(key),
        FiguresBy.Hall => halls[Guid.Parse(key)].Name.ToString(),
        _ => key,
    };

    private static Line LineOf(string key, string name, List<Row> rows, int normMinutes)
    {
        var waits = rows.Where(r => r.WaitSeconds is not null).Select(r => r.WaitSeconds!.Value).Order().ToList();
        var served = rows.Where(r => r.State == TicketState.Done).ToList();
        return new(key, name, rows.Count, served.Count, rows.Count(r => r.State == TicketState.NoShow), rows.Count(r => r.State == TicketState.Cancelled && r.Reason != "joined"),
            waits.Count == 0 ? 0 : (int)waits.Average(), waits.Count == 0 ? 0 : waits[(int)Math.Ceiling(waits.Count * 0.9) - 1], waits.LastOrDefault(),
            waits.Count == 0 ? 1000 : waits.Count(w => w <= normMinutes * 60) * 1000 / waits.Count, served.Count == 0 ? 0 : (int)served.Average(r => r.ServiceSeconds));
    }
}
