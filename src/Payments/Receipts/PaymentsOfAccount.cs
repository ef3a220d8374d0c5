using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;

namespace OpenHall.Payments;

/// <summary>What was paid for an account, newest first.</summary>
public sealed class PaymentsOfAccount(HallDb db, Current current)
{
    /// <summary>Payments shown.</summary>
    public const int MostShown = 24;

    /// <param name="ReceiptNumber">Null: no receipt (not booked, or paid from the balance alone).</param>
    public sealed record Row(Guid PaymentId, string? ReceiptNumber, DateTime TakenAtUtc, DateOnly BusinessDate, long AmountFen, IReadOnlyList<TenderKind> Tenders, string ClerkName, PaymentState State);

    /// <exception cref="Kernel.Refused">permission.missing; account.not_found (there is none, or not in the person's reach)</exception>
    public async Task<IReadOnlyList<Row>> Of(long accountId, CancellationToken ct = default)
    {
        current.Require("receipts.see");
        if (!await db.BillingAccounts.Where(a => a.Id == accountId).SeenBy(current).AnyAsync(ct)) throw new Kernel.Refused("account.not_found");
        var bucket = Books.BucketOf(accountId);
        var payments = await db.Payments.Where(p => p.Bucket == bucket && p.AccountId == accountId).OrderByDescending(p => p.TakenAtUtc).ThenByDescending(p => p.Id).Take(MostShown).ToListAsync(ct);
        var ids = payments.Select(p => p.Id).ToList();
        var tenders = (await db.PaymentTenders.Where(t => t.Bucket == bucket && ids.Contains(t.PaymentId)).OrderBy(t => t.Line).Select(t => new { t.PaymentId, t.Kind }).ToListAsync(ct)).ToLookup(t => t.PaymentId, t => t.Kind);
        return [.. payments.Select(p => new Row(p.Id, p.ReceiptNumber, p.TakenAtUtc, p.BusinessDate.Day, p.AmountFen, [.. tenders[p.Id].Distinct()], p.ClerkName, p.State))];
    }
}
