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
}
