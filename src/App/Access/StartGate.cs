using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Is this a real installation in which nobody can sign in yet? Then every sign-in leads to the first-start page.</summary>
public sealed class StartGate(IDbContextFactory<HallDb> databases)
{
    public const string Path = "/start";

    // Once there is somebody there always is: staff leave, but are never deleted.
    private volatile bool _isDone;

    public async Task<bool> IsNeeded(CancellationToken ct = default)
    {
        if (_isDone) return false;
        await using var db = await databases.CreateDbContextAsync(ct);
        _isDone = await db.Staff.AnyAsync(ct) || await db.Set<Installation>().AnyAsync(i => i.IsDemo, ct);
        return !_isDone;
    }
}
