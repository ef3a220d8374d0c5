using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>Nobody is in the hall any more: no visit waits or is open.</summary>
sealed class VisitsEnded : IDayCondition
{
    public string Code => "visits_ended";

    public async Task<IReadOnlyList<DayFinding>> Check(HallDb db, Guid hallId, BusinessDate date, CancellationToken ct)
    {
        var open = await db.QueueTickets
            .Where(t => t.HallId == hallId && t.Date == date && (t.State == TicketState.Waiting || t.State == TicketState.Called || t.State == TicketState.Serving || t.State == TicketState.Parked))
            .OrderBy(t => t.Rank).Select(t => new { t.Number, t.State, t.CounterNumber, t.ClerkName }).ToListAsync(ct);
        var findings = new List<DayFinding>();
        var waiting = open.Count(t => t.State == TicketState.Waiting);
        if (waiting > 0) findings.Add(new("day.finding.waiting", [waiting], $"/lobby?hall={hallId}"));
        foreach (var ticket in open.Where(t => t.State != TicketState.Waiting))
            findings.Add(new("day.finding.visit_open", [ticket.Number, ticket.CounterNumber ?? 0, ticket.ClerkName ?? ""], $"/lobby?hall={hallId}"));
        return findings;
    }
}

/// <summary>Every counter is closed, so that its periods of the day are complete.</summary>
sealed class CountersClosed : IDayCondition
{
    public string Code => "counters_closed";

    public async Task<IReadOnlyList<DayFinding>> Check(HallDb db, Guid hallId, BusinessDate date, CancellationToken ct) =>
    [
        .. (await db.Counters.Where(c => c.HallId == hallId && c.State != CounterState.Closed).OrderBy(c => c.Number).ToListAsync(ct))
            .Select(c => new DayFinding("day.finding.counter_open", [c.Number, c.ClerkName!], $"/lobby?hall={hallId}")),
    ];
}
