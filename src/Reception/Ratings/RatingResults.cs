using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;

namespace OpenHall.Reception;

/// <summary>Ratings of a hall over the last days: by star, clerk and reason.</summary>
public sealed class RatingResults(HallDb db, Current current, ServiceCatalog catalog, TimeProvider clock)
{
    private const int LatestShown = 50, MaxRatings = 100_000;

    public sealed record OfClerk(string Name, int Count, decimal Mean, int Unsatisfied);

    public sealed record One(Guid VisitId, DateTime AtUtc, int Stars, string Service, string Clerk, string Reasons);

    /// <param name="Visits">Visits that ended in the same days, rated or not.</param>
    /// <param name="ByStars">Ratings with 1, 2 … 5 stars.</param>
    public sealed record View(int Count, int Visits, decimal Mean, IReadOnlyList<int> ByStars, IReadOnlyList<OfClerk> ByClerk, IReadOnlyList<(string Reason, int Count)> ByReason, IReadOnlyList<One> Latest);

    /// <param name="days">Days back from now, 1–366.</param>
    /// <exception cref="Kernel.Refused">permission.missing; hall.not_found; hall.out_of_reach</exception>
    public async Task<View> Of(Guid hallId, int days, CancellationToken ct = default)
    {
        current.Require("ratings.see");
        await db.HallInReach(current, hallId, ct);
        var from = clock.GetUtcNow().UtcDateTime.AddDays(-Math.Clamp(days, 1, 366));
        var ratings = await db.VisitRatings.Where(r => r.HallId == hallId && r.AtUtc > from).OrderByDescending(r => r.AtUtc).Take(MaxRatings).ToListAsync(ct);
        var visits = await db.QueueTickets.CountAsync(t => t.HallId == hallId && t.State == TicketState.Done && t.EndedAtUtc > from, ct);
        var reasons = catalog.RatingReasons.ToDictionary(r => r.Code, r => r.Name.ToString());
        string Names(string codes) => string.Join(" · ", codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => reasons.GetValueOrDefault(c, c)));
        return new(
            ratings.Count, visits, ratings.Count == 0 ? 0 : (decimal)ratings.Sum(r => r.Stars) / ratings.Count,
            [.. Enumerable.Range(1, VisitRating.Most).Select(s => ratings.Count(r => r.Stars == s))],
            [.. ratings.GroupBy(r => r.ClerkName ?? "").Select(g => new OfClerk(g.Key, g.Count(), (decimal)g.Sum(r => r.Stars) / g.Count(), g.Count(r => r.Stars <= 2))).OrderByDescending(c => c.Mean).ThenByDescending(c => c.Count)],
            [.. ratings.SelectMany(r => r.Reasons.Split(' ', StringSplitOptions.RemoveEmptyEntries)).GroupBy(c => c).Select(g => (reasons.GetValueOrDefault(g.Key, g.Key), g.Count())).OrderByDescending(r => r.Item2)],
            [.. ratings.Take(LatestShown).Select(r => new One(r.VisitId, r.AtUtc, r.Stars, catalog.NameOf(r.Service), r.ClerkName ?? "", Names(r.Reasons)))]);
    }
}
