using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using OpenHall.App;

namespace OpenHall.Tests.Support;

/// <summary>Fails every write and every locking read of an account-side table that does not name its bucket, and every join among such tables
/// that leaves the bucket out: on many databases such a statement would go to all of them.</summary>
public sealed partial class BucketGuard : DbCommandInterceptor
{
    private static readonly ConcurrentDictionary<IModel, string[]> Tables = new();

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData data, InterceptionResult<DbDataReader> result)
    {
        Check(command.CommandText, data.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData data, InterceptionResult<DbDataReader> result, CancellationToken ct = default)
    {
        Check(command.CommandText, data.Context);
        return new(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData data, InterceptionResult<int> result)
    {
        Check(command.CommandText, data.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData data, InterceptionResult<int> result, CancellationToken ct = default)
    {
        Check(command.CommandText, data.Context);
        return new(result);
    }

    private static void Check(string sql, DbContext? db)
    {
        if (db is null) return;
        var tables = Tables.GetOrAdd(db.Model, m => [.. m.GetEntityTypes().Where(e => e.IsAccountSide()).Select(e => e.GetTableName()!).Distinct()]);
        if (MissingBucket(sql, tables) is { } problem) throw new InvalidOperationException($"{problem}\n{sql}");
    }

    /// <summary>What is wrong with the statements; null when nothing is.</summary>
    public static string? MissingBucket(string sql, IReadOnlyCollection<string> accountSide)
    {
        // Making tables is nobody's statement.
        if (sql.Contains("CREATE ", StringComparison.OrdinalIgnoreCase)) return null;
        foreach (var statement in sql.Split(';'))
        {
            var named = Named().Matches(statement).Select(m => (Verb: m.Groups[1].Value.ToLowerInvariant(), Table: m.Groups[2].Value)).Where(n => accountSide.Contains(n.Table)).ToList();
            if (named.Count == 0) continue;
            var isLocking = statement.Contains(Holding, StringComparison.Ordinal) || statement.Contains("FOR UPDATE", StringComparison.OrdinalIgnoreCase);
            var writes = named.Any(n => n.Verb is "insert into" or "update" or "delete from");
            if (writes && !statement.Contains("bucket", StringComparison.OrdinalIgnoreCase)) return $"A write to {named[0].Table} does not name its bucket.";
            var isInsert = named[0].Verb == "insert into";
            if ((writes && !isInsert || isLocking) && !BucketIs().IsMatch(statement)) return $"A {(writes ? "write to" : "locking read of")} {named[0].Table} does not say which bucket.";
            foreach (var join in Joins().Matches(statement).Where(j => accountSide.Contains(j.Groups[1].Value)))
            {
                if (named.Count > 1 && !join.Groups[2].Value.Contains("bucket", StringComparison.OrdinalIgnoreCase)) return $"A join to {join.Groups[1].Value} leaves the bucket out.";
            }
        }

        return null;
    }

    /// <summary>Mark of a held row on both databases.</summary>
    private const string Holding = "-- openhall:hold";

    [GeneratedRegex("""\b(insert into|update|delete from|from|join)\s+"?([a-z_]+)"?""", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex("""bucket"?\s*(=|>=|in\b|between\b)""", RegexOptions.IgnoreCase)]
    private static partial Regex BucketIs();

    [GeneratedRegex("""\bjoin\s+"?([a-z_]+)"?\s+as\s+"?\w+"?\s+on\s+(.*?)(?=\b(?:inner|left|cross|join|where|group|order|limit)\b|\z)""", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Joins();
}
