using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>A notice as it is put on paper.</summary>
/// <param name="Bills">Those overdue on its day that are still unpaid, with the late fee of that day.</param>
public sealed record NoticeView(ArrearsNotice Notice, AccountFile File, string Unit, IReadOnlyList<BillToday> Bills);

/// <summary>Reads a notice for its paper.</summary>
public sealed class PrintedNotice(HallDb db, Current current, CustomerFile files, LateFeeRules lateFees, UnitNames units)
{
    /// <exception cref="Refused">notice.not_found; account.not_found</exception>
    public async Task<NoticeView> Of(long accountId, int episode, int step, CancellationToken ct = default)
    {
        current.Require("arrears.see");
        var bucket = Books.BucketOf(accountId);
        var notice = await db.ArrearsNotices.SingleOrDefaultAsync(n => n.Bucket == bucket && n.AccountId == accountId && n.Episode == episode && n.Step == step, ct) ?? throw new Refused("notice.not_found");
        var number = await db.BillingAccounts.Where(a => a.Id == accountId).Select(a => a.Number).SingleAsync(ct);
        var file = await files.OfAccount(number, ct);
        var bills = await db.CustomerBills.Where(b => b.Bucket == bucket && b.AccountId == accountId && b.State == BillState.Issued && b.DueDate < notice.Day).OrderBy(b => b.DueDate).ToListAsync(ct);
        await units.Read(ct);
        return new(notice, file, units.Of(file.Account.UnitPath), [.. bills.Select(b => new BillToday(b, b.LateFeeOn(notice.Day, lateFees)))]);
    }
}
