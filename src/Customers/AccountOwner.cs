using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Customers;

/// <summary>Whose an account is, as one person tells it to another: the name is masked.</summary>
public sealed record AccountOwner(short Bucket, long Id, string Number, string MaskedName)
{
    /// <returns>Null: there is no such account.</returns>
    public static async Task<AccountOwner?> Of(HallDb db, IQueryable<BillingAccount> account, CancellationToken ct) =>
        await account.Join(db.Customers, a => a.CustomerId, c => c.Id, (a, c) => new { a.Bucket, a.Id, a.Number, c.Name }).SingleOrDefaultAsync(ct) is { } found
            ? new(found.Bucket, found.Id, found.Number, Masked.Name(found.Name))
            : null;

    /// <summary>Masked names of accounts' holders by the accounts' ids, for lists.</summary>
    public static Task<Dictionary<long, string>> Names(HallDb db, IReadOnlyCollection<long> accounts, CancellationToken ct) =>
        db.BillingAccounts.Where(a => accounts.Contains(a.Id)).Join(db.Customers, a => a.CustomerId, c => c.Id, (a, c) => new { a.Id, Customer = c }).ToDictionaryAsync(a => a.Id, a => a.Customer.MaskedName, ct);
}
