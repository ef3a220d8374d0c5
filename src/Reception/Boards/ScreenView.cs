using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>What a counter's second screen shows to the visitor.</summary>
public sealed class ScreenView(HallDb db, TimeProvider clock)
{
    /// <summary>The rating is asked for so long after the end, also when the next number is called already.</summary>
    public static readonly TimeSpan AskRatingFor = TimeSpan.FromSeconds(60);

    /// <summary>Thanks stay for so long.</summary>
    private static readonly TimeSpan ThankFor = TimeSpan.FromSeconds(8);

    public enum What { Closed, Paused, Free, Called, Serving, Rate, Thanks }

    /// <param name="Number">Number at the counter, or the one that rates.</param>
    /// <param name="VisitId">Visit to rate.</param>
    public sealed record View(What What, Guid HallId, LocalText Hall, int Counter, string? ClerkName, string? ClerkNumber, string? Number, Guid? VisitId, string? PauseReason)
    {
        public string Version => Versions.Of(string.Join('|', What, Hall.Zh, Counter, ClerkName, ClerkNumber, Number, VisitId, PauseReason));
    }

    /// <exception cref="Refused">device.not_found; counter.not_found</exception>
    public async Task<View> Of(string deviceKey, CancellationToken ct = default)
    {
        var device = await db.DeviceOf(deviceKey, DeviceKind.SecondScreen, ct);
        var counter = await db.Counters.SingleOrDefaultAsync(c => c.Id == device.CounterId, ct) ?? throw new Refused("counter.not_found");
        var hall = await db.Halls.SingleAsync(h => h.Id == device.HallId, ct);
        var here = await db.QueueTickets.SingleOrDefaultAsync(t => t.CounterId == counter.Id && (t.State == TicketState.Called || t.State == TicketState.Serving), ct);
        var now = clock.GetUtcNow().UtcDateTime;
        View Show(What what, string? number = null, Guid? visit = null) =>
            new(what, hall.Id, hall.Name, counter.Number, counter.ClerkName, counter.ClerkNumber, number, visit, counter.Reason);
        if (here is { State: TicketState.Serving }) return Show(What.Serving, here.Number);

        var since = now - AskRatingFor;
        var ended = await db.QueueTickets.Where(t => t.CounterId == counter.Id && t.State == TicketState.Done && t.EndedAtUtc > since).OrderByDescending(t => t.CallRank).ThenByDescending(t => t.Rank).FirstOrDefaultAsync(ct);
        if (ended is not null)
        {
            var rated = await db.VisitRatings.Where(r => r.VisitId == ended.VisitId).Select(r => (DateTime?)r.AtUtc).SingleOrDefaultAsync(ct);
            if (rated is null) return Show(What.Rate, ended.Number, ended.VisitId);
            if (here is null && now - rated < ThankFor) return Show(What.Thanks, ended.Number);
        }

        if (here is not null) return Show(What.Called, here.Number);
        return Show(counter.State switch { CounterState.Open => What.Free, CounterState.Paused => What.Paused, _ => What.Closed });
    }
}
