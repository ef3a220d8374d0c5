using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;

namespace OpenHall.Billing;

/// <summary>The work list of orders to cut off and to connect again; and what an account went through.</summary>
public sealed class SuspensionList(HallDb db, Current current)
{
    /// <summary>Orders shown: the urgent ones come first.</summary>
    public const int MostShown = 500;

    /// <param name="isOver">Those that are restored or withdrawn, newest first; else the open ones: to be restored soonest, then to be carried out, then cut off.</param>
    public async Task<IReadOnlyList<SuspensionOrder>> Of(bool isOver, CancellationToken ct = default)
    {
        current.Require("arrears.see");
        var seen = db.BillingAccounts.SeenBy(current);
        var orders = db.SuspensionOrders.Where(o => seen.Any(a => a.Bucket == o.Bucket && a.Id == o.AccountId));
        if (isOver) return await orders.Where(o => o.State == SuspensionState.Restored || o.State == SuspensionState.Withdrawn).OrderByDescending(o => o.EndedAtUtc).Take(MostShown).ToListAsync(ct);
        return await orders.Where(o => o.State == SuspensionState.Ordered || o.State == SuspensionState.CarriedOut || o.State == SuspensionState.RestoreDue)
            .OrderBy(o => o.State == SuspensionState.RestoreDue ? 0 : o.State == SuspensionState.Ordered ? 1 : 2).ThenBy(o => o.PaidAtUtc).ThenBy(o => o.OrderedOn).Take(MostShown).ToListAsync(ct);
    }

    public async Task<(IReadOnlyList<ArrearsNotice> Notices, SuspensionOrder? Order, string? Step)> OfAccount(long accountId, CancellationToken ct = default)
    {
        current.Require("bills.see");
        var bucket = Books.BucketOf(accountId);
        var step = await db.AccountBalances.Where(b => b.Bucket == bucket && b.AccountId == accountId).Select(b => b.ArrearsStep).SingleOrDefaultAsync(ct);
        var notices = await db.ArrearsNotices.Where(n => n.Bucket == bucket && n.AccountId == accountId).OrderByDescending(n => n.Episode).ThenByDescending(n => n.Step).Take(AccountBills.MostShown).ToListAsync(ct);
        var order = notices.Count == 0 ? null : await db.SuspensionOrders.Where(o => o.Bucket == bucket && o.AccountId == accountId).OrderByDescending(o => o.Episode).FirstOrDefaultAsync(ct);
        return (notices, order, step);
    }

    internal static BadgeKind Kind(SuspensionState state) => state switch
    {
        SuspensionState.Ordered => BadgeKind.Warn,
        SuspensionState.CarriedOut => BadgeKind.Bad,
        SuspensionState.RestoreDue => BadgeKind.Now,
        _ => BadgeKind.Done,
    };
}
