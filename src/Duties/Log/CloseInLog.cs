using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Duties;

/// <summary>A log that was signed while its day was closing gets the close itself as its last event, from the system; people add nothing to it any more.</summary>
public sealed class CloseInLog : IHandle<DayClosed>
{
    public async Task Handle(DayClosed happened, HallDb db, CancellationToken ct)
    {
        if (await db.DutyLogs.Where(l => l.HallId == happened.HallId && l.Date == happened.Date).Select(l => (Guid?)l.Id).SingleOrDefaultAsync(ct) is not { } log) return;
        var day = await db.BusinessDays.SingleAsync(d => d.HallId == happened.HallId && d.Date == happened.Date, ct);
        var last = await db.DutyLogLines.Where(l => l.LogId == log).Select(l => (int?)l.Line).MaxAsync(ct) ?? 0;
        db.Add(new DutyLogLine { LogId = log, Line = last + 1, AtUtc = day.ClosedAtUtc ?? db.AtUtc, Kind = LogKind.DayClosed, Who = day.ClosedByName, What = "", More = "" });
    }
}
