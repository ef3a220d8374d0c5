using System.Data;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Runs all checks over one picture of the data, while the hall goes on working.</summary>
public sealed class Verification(HallDb db, IEnumerable<IVerifyCheck> checks)
{
    public const int ShownPerCheck = 50;

    /// <param name="only">Names (or their beginnings) of the checks wanted; empty: all.</param>
    public async IAsyncEnumerable<CheckResult> Run(IReadOnlyCollection<string> only, [EnumeratorCancellation] CancellationToken ct = default)
    {
        // Every check sees the same moment: a payment in between would look like a difference. On SQLite a reader's transaction, so that nobody waits for it.
        await using var open = await db.Open(ct);
        await using var moment = db.Database.GetDbConnection() is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: true)
            : await db.Database.GetDbConnection().BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await db.Database.UseTransactionAsync(moment, ct);
        foreach (var check in checks.OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            if (only.Count > 0 && !only.Any(o => check.Name.StartsWith(o, StringComparison.Ordinal))) continue;
            var shown = new List<Finding>();
            var (count, began) = (0L, Stopwatch.GetTimestamp());
            await foreach (var finding in check.Look(db, ct))
            {
                if (++count <= ShownPerCheck) shown.Add(finding);
            }

            yield return new(check.Name, shown, count, Stopwatch.GetElapsedTime(began));
        }
    }

    /// <summary>Names of all checks.</summary>
    public IEnumerable<string> Names => checks.Select(c => c.Name).Order(StringComparer.Ordinal);
}
