using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Payments;

namespace OpenHall.Duties;

/// <summary>Nobody opens a drawer before the hand-over is signed: one that waits for the clerk, and that of whoever had the same counter before on the day.</summary>
public sealed class TillNeedsHandOver : IHandle<TillOpened>
{
    /// <exception cref="Refused">handover.unsigned; handover.missing</exception>
    public async Task Handle(TillOpened happened, HallDb db, CancellationToken ct)
    {
        var till = db.TillSessions.Local.FirstOrDefault(t => t.Id == happened.TillSessionId) ?? await db.TillSessions.SingleAsync(t => t.Id == happened.TillSessionId, ct);
        var waiting = await db.HandOvers.Where(h => h.TakerId == till.ClerkId && h.HallId == till.HallId && h.State == HandOverState.Given).OrderBy(h => h.GivenAtUtc).FirstOrDefaultAsync(ct);
        Refused.If(waiting is not null, "handover.unsigned", waiting?.GiverName ?? "", LocalTime.Of(waiting?.GivenAtUtc ?? db.AtUtc));
        if (till.CounterId is not { } counter) return;
        var before = await db.TillSessions.Where(t => t.HallId == till.HallId && t.BusinessDate == till.BusinessDate && t.CounterId == counter && t.Id != till.Id).OrderByDescending(t => t.OpenedAtUtc).ThenByDescending(t => t.Id).FirstOrDefaultAsync(ct);
        if (before is null || before.ClerkId == till.ClerkId) return;
        var isSigned = await db.HandOvers.AnyAsync(h => h.GiverId == before.ClerkId && h.TakerId == till.ClerkId && h.Date == till.BusinessDate && h.State == HandOverState.Signed && h.GivenAtUtc >= before.OpenedAtUtc, ct);
        Refused.If(!isSigned, "handover.missing", before.CounterName, before.ClerkName);
    }
}
