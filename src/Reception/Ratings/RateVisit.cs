using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>评价: by touch on the counter's second screen, or on the visitor's own phone page; once for a visit.</summary>
public sealed class RateVisit(Work work, ServiceCatalog catalog)
{
    /// <summary>How long after the end a visit can be rated.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromHours(24);

    /// <param name="Key">Key of the second screen at the counter, or token of the ticket.</param>
    /// <param name="Stars">1–5.</param>
    [OpenToVisitors("the second screen's key or the ticket's token says whose visit it is")]
    public sealed record Command(Guid RequestId, Guid VisitId, string? Key, int Stars) : ICommand
    {
        /// <summary>Codes of rating reasons offered with these stars; none: null. A form without a tick does not send it, so it is no constructor parameter.</summary>
        public IReadOnlyList<string>? Reasons { get; init; }
    }

    /// <exception cref="Refused">rating.not_found; rating.stars_invalid; rating.given_already; rating.too_late</exception>
    public Task<int> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var ticket = await db.QueueTickets.Where(t => t.VisitId == command.VisitId).OrderByDescending(t => t.Rank).FirstOrDefaultAsync(ct) ?? throw new Refused("rating.not_found");
        var isTheirs = ticket.Token == command.Key
            || await db.Devices.AnyAsync(d => d.Key == command.Key && d.Kind == DeviceKind.SecondScreen && d.CounterId == ticket.CounterId && !d.IsRetired, ct);
        Refused.If(!isTheirs, "rating.not_found");
        Refused.IfField(command.Stars is < 1 or > VisitRating.Most, "stars", "rating.stars_invalid");
        var visit = await db.Visits.Hold(v => v.Id == command.VisitId, orRefuse: "rating.not_found", ct);
        Refused.If(ticket.State != TicketState.Done || visit.EndedAtUtc is not { } ended || db.AtUtc - ended > Open, "rating.too_late");
        Refused.If(await db.VisitRatings.AnyAsync(r => r.VisitId == visit.Id, ct), "rating.given_already");
        var reasons = catalog.RatingReasons.Where(r => command.Stars >= r.From && command.Stars <= r.To && (command.Reasons ?? []).Contains(r.Code)).Select(r => r.Code);
        db.Add(new VisitRating
        {
            VisitId = visit.Id, HallId = visit.HallId, Date = visit.Date, Service = ticket.Service, CounterNumber = ticket.CounterNumber,
            ClerkId = ticket.ClerkId, ClerkName = ticket.ClerkName, Stars = command.Stars, Reasons = string.Join(' ', reasons), AtUtc = db.AtUtc,
        });
        (db.HallOfCommand, db.Subject) = (visit.HallId, visit.Number);
        db.Raise(new VisitRated(visit.Id, command.Stars));
        return command.Stars;
    }, ct);
}
