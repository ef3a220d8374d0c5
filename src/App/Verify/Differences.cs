using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Checks that are one statement: it gives the rows where two figures differ that should be the same.</summary>
public static class Differences
{
    /// <summary>A row of such a statement: columns <c>"Row"</c>, <c>"Found"</c>, <c>"Wanted"</c>.</summary>
    private sealed record Difference(string Row, long Found, long Wanted);

    /// <param name="sql">Read by both databases; quotes the three column names.</param>
    /// <param name="problem">What the two figures are: "{0} fen paid, {1} fen allocated".</param>
    public static async IAsyncEnumerable<Finding> Find(this HallDb db, string sql, string problem, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in db.Database.SqlQueryRaw<Difference>(sql).AsAsyncEnumerable().WithCancellation(ct))
            yield return new(row.Row, string.Format(CultureInfo.InvariantCulture, problem, row.Found, row.Wanted));
    }
}
