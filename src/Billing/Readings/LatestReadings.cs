using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>The last two days on which each of some meters was read.</summary>
static class LatestReadings
{
    /// <param name="before">Only readings before this day.</param>
    /// <returns>By account, in order of day, of each day the revision that counts.</returns>
    public static async Task<Dictionary<long, List<MeterReading>>> Of(HallDb db, IReadOnlyCollection<long> accounts, CancellationToken ct, DateOnly? before = null)
    {
        if (accounts.Count == 0) return [];
        var ids = string.Join(',', accounts.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        var until = before is { } day ? $"read_on < '{day:yyyy-MM-dd}'" : "read_on is not null";
        // The ids and the day are our own. Once an account by its index: the last day, the day before, then the rows from there on.
        var sql = $"""
            select r.* from (
                select a.id, a.bucket,
                    (select x.read_on from meter_readings x where x.bucket = a.bucket and x.account_id = a.id and x.{until} order by x.read_on desc limit 1) as last_on,
                    (select distinct x.read_on from meter_readings x where x.bucket = a.bucket and x.account_id = a.id and x.{until} order by x.read_on desc limit 1 offset 1) as before_on
                from billing_accounts a where a.id in ({ids})) l
            join meter_readings r on r.bucket = l.bucket and r.account_id = l.id and r.read_on >= coalesce(l.before_on, l.last_on) and r.{until}
            """;
        var rows = await db.MeterReadings.FromSqlRaw(sql).ToListAsync(ct);
        return rows.GroupBy(r => r.AccountId).ToDictionary(
            g => g.Key,
            g => g.GroupBy(r => r.ReadOn).Select(day => day.MaxBy(r => r.Revision)!).OrderBy(r => r.ReadOn).ToList());
    }
}
