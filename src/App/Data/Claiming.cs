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
    internal static async Task<T> InTransaction<T>(this IDbContextFactory<HallDb> databases, Database database, Func<HallDb, Task<T>> work, CancellationToken ct)
    {
        if (database.WriterGate is { } gate) await gate.WaitAsync(ct);
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var answer = await work(db);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return answer;
        }
        finally
        {
            database.WriterGate?.Release();
        }
    }
}
