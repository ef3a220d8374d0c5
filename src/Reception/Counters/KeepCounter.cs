using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Reception;

/// <summary>换人: the counter goes from the person who made room to the one who signed in at the same browser, so that the queue goes on
/// without closing and opening it. Not while a visitor is being served, and only to somebody who may call visitors in that hall.</summary>
sealed class KeepCounter(Packs packs) : IHandle<PersonChanged>
{
    public async Task Handle(PersonChanged changed, HallDb db, CancellationToken ct)
    {
        var counter = await db.Counters.HoldOrNull(c => c.ClerkId == changed.FromUserId, ct);
        if (counter is null || await db.Counters.AnyAsync(c => c.ClerkId == changed.ToUserId, ct)) return;
        var day = await db.CurrentDay(counter.HallId, ct);
        var next = await db.Staff.SingleAsync(u => u.Id == changed.ToUserId, ct);
        if (day is null || next.HallId != counter.HallId || !packs.PermissionsOf(next.Posts.Split(' ')).Contains("queue.call")) return;
        if (await db.QueueTickets.AnyAsync(t => t.CounterId == counter.Id && (t.State == TicketState.Called || t.State == TicketState.Serving), ct)) return;
        counter.Close();
        counter.Open(next.Id, next.DisplayName, next.UserName!, db.AtUtc);
        // The audit line is the sign-in's.
        var subject = db.Subject;
        await CounterPeriods.Turn(db, counter, day.Date, ct);
        db.Subject = subject;
    }
}
