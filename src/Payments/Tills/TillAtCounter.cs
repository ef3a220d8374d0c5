using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Reception;

namespace OpenHall.Payments;

/// <summary>Many open the drawer first and the counter after it, or change counters: the open till goes along, so that receipts name the counter.</summary>
public sealed class TillAtCounter : IHandle<CounterChanged>
{
    public async Task Handle(CounterChanged happened, HallDb db, CancellationToken ct)
    {
        if (happened.State != CounterState.Open) return;
        var counter = await db.Counters.AsTracking().SingleAsync(c => c.Id == happened.CounterId, ct);
        var till = await db.TillSessions.SingleOrDefaultAsync(t => t.ClerkId == counter.ClerkId && t.State == TillState.Open, ct);
        if (till is null || till.CounterId == counter.Id) return;
        (await db.TillSessions.Hold(t => t.Id == till.Id, orRefuse: "till.not_open", ct)).SitAt(counter);
    }
}
