using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>What a request needs to know of its session: the person as stored, and whether the screen is locked.</summary>
public sealed record OpenSession(StaffUser User, IReadOnlySet<string> Permissions, bool IsLocked, DateTime EndsAtUtc);

/// <summary>Sessions of the cookies, remembered for a few seconds so that a page of many parts asks the database once. Every
/// change of access (<see cref="AccessChanged"/>) forgets them before its caller hears "done", on the other nodes by the live hint.</summary>
public sealed class Sessions
{
    private readonly ConcurrentDictionary<Guid, (OpenSession? Session, DateTimeOffset Until)> _remembered = new();
    private readonly IDbContextFactory<HallDb> _databases;
    private readonly Packs _packs;
    private readonly TimeProvider _clock;
    private int _changes;

    public Sessions(IDbContextFactory<HallDb> databases, Packs packs, TimeProvider clock, LiveHub live)
    {
        (_databases, _packs, _clock) = (databases, packs, clock);
        live.Heard += topics =>
        {
            if (!topics.Contains(nameof(AccessChanged))) return;
            Interlocked.Increment(ref _changes);
            _remembered.Clear();
        };
    }

    /// <summary>The session, or null when it ended, expired, or its person left or was locked out of it by a new password.</summary>
    /// <param name="stamp">Security stamp in the cookie.</param>
    public async Task<OpenSession?> Find(Guid sessionId, string? stamp, CancellationToken ct = default)
    {
        var now = _clock.GetUtcNow();
        if (!_remembered.TryGetValue(sessionId, out var known) || known.Until <= now)
        {
            var changesBefore = Volatile.Read(ref _changes);
            known = (await Read(sessionId, ct), now + AccessLimits.RememberSessionFor);
            if (_remembered.Count >= AccessLimits.RememberedSessions) _remembered.Clear();
            // What was read before a change is not remembered after it.
            if (changesBefore == Volatile.Read(ref _changes)) _remembered[sessionId] = known;
        }

        return known.Session is { } session && session.User.SecurityStamp == stamp && session.EndsAtUtc > now.UtcDateTime ? session : null;
    }

    private async Task<OpenSession?> Read(Guid sessionId, CancellationToken ct)
    {
        await using var db = await _databases.CreateDbContextAsync(ct);
        var found = await (from s in db.StaffSessions
                           join u in db.Staff on s.UserId equals u.Id
                           where s.Id == sessionId && s.EndedAtUtc == null && !u.HasLeft
                           select new { Session = s, User = u }).SingleOrDefaultAsync(ct);
        if (found is null) return null;
        var posts = found.User.Posts.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new(found.User, _packs.PermissionsOf(posts), found.Session.LockedAtUtc is not null, found.Session.StartedAtUtc + AccessLimits.SessionFor);
    }
}
