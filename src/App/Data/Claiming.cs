using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Work that several nodes share: candidates are listed without a lock, then one row is locked by its key and skipped when
/// another node has it. The work and its "done" are one transaction.</summary>
public static class Claiming
{
    internal const string Tag = "openhall:claim";

    /// <summary>The row, locked; null when it is gone or another node works on it.</summary>
    public static Task<T?> ClaimOrNull<T>(this IQueryable<T> row, CancellationToken ct = default) where T : class =>
        row.AsTracking().TagWith(Tag).SingleOrDefaultAsync(ct);

    /// <summary>Runs one piece of background work in a transaction of its own.</summary>
    internal static async Task<T> InTransaction<T>(this Writers writers, Func<HallDb, Task<T>> work, CancellationToken ct)
    {
        await using var writing = await writers.Begin(ct);
        var answer = await work(writing.Db);
        await writing.Db.SaveChangesAsync(ct);
        await writing.Run([.. writing.Db.Inserts()], ct);
        await writing.Commit(ct);
        return answer;
    }
}
