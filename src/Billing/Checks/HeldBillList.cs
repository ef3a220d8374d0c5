using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;

namespace OpenHall.Billing;

/// <summary>How often a check was right.</summary>
/// <param name="Found">Bills that it kept back and that were decided on.</param>
/// <param name="Right">Of them withdrawn: the bill was wrong.</param>
public sealed record CheckHits(string Code, int Found, int Right);

/// <summary>Reads the bills that were kept back, by state, check and run; and how often each check was right.</summary>
public sealed class HeldBillList(HallDb db, Current current)
{
    /// <summary>Decided bills that the hit rate looks back on.</summary>
    private const int MostDecided = 20_000;

    public async Task<(IReadOnlyList<HeldBill> Rows, long Total)> Page(ListQuery query, CancellationToken ct = default)
    {
        current.Require("bills.check");
        var all = Seen();
        if (Enum.TryParse<HeldState>(query["state"], out var state)) all = all.Where(h => h.State == state);
        else all = all.Where(h => h.State == HeldState.Open || h.State == HeldState.Investigated);
        if (query["code"] is { } code) all = all.Where(h => (" " + h.Codes + " ").Contains(" " + code + " "));
        if (Guid.TryParse(query["run"], out var run)) all = all.Where(h => h.RunId == run);
        if (query.Search.Length > 0) all = all.Where(h => h.AccountNumber.StartsWith(query.Search));
        return (await all.OrderByDescending(h => h.AmountFen).ThenBy(h => h.AccountId).PageOf(query).ToListAsync(ct), await all.LongCountAsync(ct));
    }

    /// <summary>Null: this bill was never kept back.</summary>
    public async Task<HeldBill?> Of(BillKey key, CancellationToken ct = default) =>
        await db.HeldBills.SingleOrDefaultAsync(h => h.Bucket == key.Bucket && h.AccountId == key.AccountId && h.Period == key.Period && h.Issue == key.Issue, ct);

    public async Task<IReadOnlyList<CheckHits>> Hits(CancellationToken ct = default)
    {
        current.Require("bills.check");
        var decided = await Seen().Where(h => h.State == HeldState.Released || h.State == HeldState.Withdrawn).OrderByDescending(h => h.Period).Take(MostDecided)
            .GroupBy(h => new { h.Codes, h.State }).Select(g => new { g.Key.Codes, g.Key.State, Count = g.Count() }).ToListAsync(ct);
        return [.. decided.SelectMany(d => d.Codes.Split(' ').Select(code => (code, d.State, d.Count))).GroupBy(d => d.code)
            .Select(g => new CheckHits(g.Key, g.Sum(d => d.Count), g.Where(d => d.State == HeldState.Withdrawn).Sum(d => d.Count))).OrderByDescending(h => h.Found)];
    }

    private IQueryable<HeldBill> Seen()
    {
        var accounts = db.BillingAccounts.SeenBy(current);
        return db.HeldBills.Where(h => accounts.Any(a => a.Bucket == h.Bucket && a.Id == h.AccountId));
    }
}
