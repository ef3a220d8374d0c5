using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Requests for approval as one person sees them.</summary>
public sealed class ApprovalQuery(HallDb db, Current current, TimeProvider clock)
{
    /// <summary>Cards of one kind on the page.</summary>
    private const int MaxCards = 50;

    /// <summary>Own and decided ones are shown for this long.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(3);

    public sealed record Lists(IReadOnlyList<Approval> ForMe, IReadOnlyList<Approval> Mine, IReadOnlyList<Approval> Decided);

    public async Task<Lists> Find(CancellationToken ct = default)
    {
        var recent = clock.GetUtcNow().UtcDateTime - Recent;
        var mine = await db.Set<Approval>().Where(a => a.AskedBy == current.UserId && a.AskedAtUtc > recent).OrderByDescending(a => a.AskedAtUtc).ThenByDescending(a => a.Id).Take(MaxCards).ToListAsync(ct);
        var decided = await db.Set<Approval>().Where(a => a.DecidedBy == current.UserId && a.AskedAtUtc > recent).OrderByDescending(a => a.AskedAtUtc).ThenByDescending(a => a.Id).Take(MaxCards).ToListAsync(ct);
        return new(await ForMe().OrderBy(a => a.AskedAtUtc).ThenBy(a => a.Id).Take(MaxCards).ToListAsync(ct), mine, decided);
    }

    /// <summary>How many wait for this person, and how many of the own ones were granted and not used.</summary>
    public async Task<(int ForMe, int Granted)> Count(CancellationToken ct = default)
    {
        var alive = clock.GetUtcNow().UtcDateTime - AccessLimits.ApprovalFor;
        return (await ForMe().CountAsync(ct), await db.Set<Approval>().CountAsync(a => a.AskedBy == current.UserId && a.State == ApprovalState.Granted && a.DecidedAtUtc > alive, ct));
    }

    /// <summary>One request, for the person who asked.</summary>
    public Task<Approval?> Own(Guid id, CancellationToken ct) => db.Set<Approval>().SingleOrDefaultAsync(a => a.Id == id && a.AskedBy == current.UserId, ct);

    private IQueryable<Approval> ForMe()
    {
        var alive = clock.GetUtcNow().UtcDateTime - AccessLimits.ApprovalFor;
        var mayGrant = current.Permissions.ToList();
        return db.Set<Approval>().Within(current, a => a.UnitPath)
            .Where(a => a.State == ApprovalState.Asked && a.AskedAtUtc > alive && a.AskedBy != current.UserId && mayGrant.Contains(a.Permission));
    }
}
