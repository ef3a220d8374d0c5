using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Payments;
using OpenHall.Reception;

namespace OpenHall.Duties;

static class LogOfDay
{
    /// <summary>The day's events as they are stored, in time order.</summary>
    public static async Task<IReadOnlyList<LogLine>> LinesOf(this HallDb db, BusinessDay day, CancellationToken ct)
    {
        var (hallId, date) = (day.HallId, day.Date);
        // What carries no business date belongs to the calendar day.
        var (from, until) = (MakeDuties.Utc(date.Day.ToDateTime(TimeOnly.MinValue)), MakeDuties.Utc(date.Day.AddDays(1).ToDateTime(TimeOnly.MinValue)));
        List<LogLine> lines = [];
        if (day.OpenedAtUtc is { } opened) lines.Add(new(opened, LogKind.DayOpened, day.OpenedByName));
        if (day.ClosedAtUtc is { } closed) lines.Add(new(closed, LogKind.DayClosed, day.ClosedByName));
        foreach (var till in await db.TillSessions.Where(t => t.HallId == hallId && t.BusinessDate == date).ToListAsync(ct))
        {
            lines.Add(new(till.OpenedAtUtc, LogKind.TillOpened, till.ClerkName, till.CounterName));
            if (till.ClosedAtUtc is { } counted) lines.Add(new(counted, LogKind.TillSettled, till.ClerkName, till.CounterName, new Money(till.DifferenceFen ?? 0).ToString()));
        }

        var reversals = await db.Reversals.Where(r => r.Bucket >= 0 && r.HallId == hallId && r.BusinessDate == date).ToListAsync(ct);
        lines.AddRange(reversals.Select(r => new LogLine(r.AtUtc, LogKind.Reversed, r.ClerkName, r.Number, new Money(r.AmountFen).ToString())));
        var decided = await db.Set<Approval>().Where(a => a.HallId == hallId && a.DecidedAtUtc >= from && a.DecidedAtUtc < until).Select(a => new { a.DecidedAtUtc, a.DecidedByName, a.Operation, a.AskedByName, a.State }).ToListAsync(ct);
        lines.AddRange(decided.Select(a => new LogLine(a.DecidedAtUtc!.Value, a.State == ApprovalState.Denied ? LogKind.Denied : LogKind.Granted, a.DecidedByName, a.Operation, a.AskedByName)));
        lines.AddRange(await Tickets(db, hallId, date, ct));
        var ended = await db.Duties.Where(d => d.HallId == hallId && d.Date == date && d.EndedAtUtc != null && (d.State == DutyState.Missed || d.State == DutyState.Done && d.LateAtUtc != null)).ToListAsync(ct);
        lines.AddRange(ended.Select(d => new LogLine(d.EndedAtUtc!.Value, d.State == DutyState.Missed ? LogKind.DutyMissed : LogKind.DutyLate, d.EndedByName, d.Code, LocalTime.Of(d.DueUtc))));
        var faults = await db.FaultLines.Where(f => f.HallId == hallId && (f.FoundAtUtc >= from && f.FoundAtUtc < until || f.EndedAtUtc >= from && f.EndedAtUtc < until)).ToListAsync(ct);
        lines.AddRange(faults.Where(f => f.FoundAtUtc >= from && f.FoundAtUtc < until).Select(f => new LogLine(f.FoundAtUtc, LogKind.FaultFound, f.FoundByName, f.What, $"{f.WhereZh}\n{f.WhereEn}")));
        lines.AddRange(faults.Where(f => f.EndedAtUtc >= from && f.EndedAtUtc < until).Select(f => new LogLine(f.EndedAtUtc!.Value, LogKind.FaultEnded, f.EndedByName, f.What, f.Outcome ?? "")));
        var meetings = await db.Meetings.Where(m => m.HallId == hallId && m.Date == date).Select(m => new { m.SignedAtUtc, m.SignedByName, m.Kind }).ToListAsync(ct);
        lines.AddRange(meetings.Select(m => new LogLine(m.SignedAtUtc, LogKind.MeetingSigned, m.SignedByName, m.Kind.ToString())));
        return [.. lines.OrderBy(l => l.AtUtc).ThenBy(l => l.Kind).ThenBy(l => l.What, StringComparer.Ordinal)];
    }

    private static async Task<List<LogLine>> Tickets(HallDb db, Guid hallId, BusinessDate date, CancellationToken ct)
    {
        var tickets = await db.QueueTickets.Where(t => t.HallId == hallId && t.Date == date).Select(t => new { t.Number, t.Service, t.State, t.ClerkName, t.TakenAtUtc, t.CalledAtUtc, t.EndedAtUtc }).ToListAsync(ct);
        List<LogLine> lines = [.. tickets.Where(t => t.Service == "complaint").Select(t => new LogLine(t.TakenAtUtc, LogKind.Complaint, t.ClerkName, t.Number))];
        if (tickets.Count == 0) return lines;
        var longest = tickets.Max(t => t.CalledAtUtc is { } called ? (int)(called - t.TakenAtUtc).TotalMinutes : 0);
        lines.Add(new(tickets.Max(t => t.EndedAtUtc ?? t.TakenAtUtc), LogKind.TicketsServed, null, tickets.Count(t => t.State == TicketState.Done).ToString(CultureInfo.InvariantCulture), longest.ToString(CultureInfo.InvariantCulture)));
        return lines;
    }
}
