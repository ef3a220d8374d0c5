using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;

namespace OpenHall.Billing;

/// <param name="Name">Masked.</param>
public sealed record PrepaidRow(PrepaidAccount Account, string Name);

public sealed record PrepaidTotals(int Accounts, int Low, int Stop);

/// <summary>Reads prepaid accounts for pages and API: those that run out first come first.</summary>
public sealed class PrepaidList(HallDb db, Current current)
{
    /// <summary>Filters: q (beginning of an account number), level (Low, Stop, Enough, or all; those that are low where it is not set).</summary>
    public async Task<(IReadOnlyList<PrepaidRow> Rows, long Total, PrepaidTotals Totals)> Page(ListQuery query, CancellationToken ct = default)
    {
        current.Require("arrears.see");
        var levels = await Seen().GroupBy(p => p.Level).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var rows = Filtered(query);
        return (await Rows(await rows.PageOf(query).ToListAsync(ct), ct), await rows.CountAsync(ct), new(levels.Values.Sum(), levels.GetValueOrDefault(PrepaidLevel.Low), levels.GetValueOrDefault(PrepaidLevel.Stop)));
    }

    /// <summary>All pages, at most <see cref="ListExport.MaxRows"/>.</summary>
    public async Task<IReadOnlyList<PrepaidRow>> All(ListQuery query, CancellationToken ct = default)
    {
        current.Require("arrears.see");
        return await Rows(await Filtered(query).Take(ListExport.MaxRows).ToListAsync(ct), ct);
    }

    /// <summary>An account's row, where it is prepaid, with its last alerts.</summary>
    public async Task<(PrepaidAccount? Account, IReadOnlyList<PrepaidAlert> Alerts, string Number)> OfAccount(long accountId, CancellationToken ct = default)
    {
        current.Require("bills.see");
        var bucket = Books.BucketOf(accountId);
        var account = await Active().SingleOrDefaultAsync(p => p.Bucket == bucket && p.AccountId == accountId, ct);
        var alerts = account is null ? [] : await db.PrepaidAlerts.Where(a => a.Bucket == bucket && a.AccountId == accountId).OrderByDescending(a => a.Crossing).Take(AccountBills.MostShown).ToListAsync(ct);
        return (account, alerts, await db.BillingAccounts.Where(a => a.Id == accountId).Select(a => a.Number).SingleAsync(ct));
    }

    private IQueryable<PrepaidAccount> Active()
    {
        var balances = db.AccountBalances;
        return db.PrepaidAccounts.Where(p => balances.Any(b => b.Bucket == p.Bucket && b.AccountId == p.AccountId && b.IsPrepaid));
    }

    private IQueryable<PrepaidAccount> Seen()
    {
        var seen = db.BillingAccounts.SeenBy(current);
        return current.Scope == DataScope.All ? Active() : Active().Where(p => seen.Any(a => a.Bucket == p.Bucket && a.Id == p.AccountId));
    }

    private IOrderedQueryable<PrepaidAccount> Filtered(ListQuery query)
    {
        var rows = Seen();
        if (query.Search.Length > 0) rows = rows.Where(p => p.AccountNumber.StartsWith(query.Search));
        if (Enum.TryParse<PrepaidLevel>(query["level"], out var level)) rows = rows.Where(p => p.Level == level);
        else if (query["level"] != "all") rows = rows.Where(p => p.Level != PrepaidLevel.Enough);
        return rows.OrderBy(p => p.LeftFen).ThenBy(p => p.Bucket).ThenBy(p => p.AccountId);
    }

    private async Task<IReadOnlyList<PrepaidRow>> Rows(IReadOnlyList<PrepaidAccount> found, CancellationToken ct)
    {
        var ids = found.Select(p => p.AccountId).ToList();
        var names = await AccountOwner.Names(db, ids, ct);
        return [.. found.Select(p => new PrepaidRow(p, names[p.AccountId]))];
    }
}
