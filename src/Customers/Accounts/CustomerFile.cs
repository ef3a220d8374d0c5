using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Customers;

/// <summary>An account with its customer and supply point, as its row stands.</summary>
public sealed record AccountFile(Customer Customer, BillingAccount Account, SupplyPoint Point)
{
    public string MaskedAddress => Masked.Address(Point.Address);
}

/// <summary>Reads customers and accounts for pages and API; only what the person may see.</summary>
public sealed class CustomerFile(HallDb db, Current current)
{
    /// <exception cref="Refused">account.not_found, also for accounts outside the person's scope</exception>
    public async Task<AccountFile> OfAccount(string number, CancellationToken ct = default)
    {
        current.Require("customers.see");
        var row = await (
            from a in db.BillingAccounts.SeenBy(current)
            join c in db.Customers on a.CustomerId equals c.Id
            join p in db.SupplyPoints on a.Id equals p.AccountId
            where a.Number == number
            select new { a, c, p }).SingleOrDefaultAsync(ct) ?? throw new Refused("account.not_found");
        return new(row.c, row.a, row.p);
    }

    /// <exception cref="Refused">customer.not_found, also for customers outside the person's scope</exception>
    public async Task<(Customer Customer, IReadOnlyList<AccountFile> Accounts)> OfCustomer(string number, CancellationToken ct = default)
    {
        current.Require("customers.see");
        var customer = await db.Customers.SingleOrDefaultAsync(c => c.Number == number, ct) ?? throw new Refused("customer.not_found");
        var rows = await (
            from a in db.BillingAccounts.SeenBy(current)
            join p in db.SupplyPoints on a.Id equals p.AccountId
            where a.CustomerId == customer.Id
            orderby a.Id
            select new { a, p }).ToListAsync(ct);
        Refused.If(rows.Count == 0, "customer.not_found");
        return (customer, [.. rows.Select(r => new AccountFile(customer, r.a, r.p))]);
    }

    /// <summary>Changes, newest first.</summary>
    public Task<List<CustomerChange>> Changes(Guid customerId, CancellationToken ct = default) =>
        db.Set<CustomerChange>().Where(c => c.CustomerId == customerId).OrderByDescending(c => c.Id).Take(MostLines).ToListAsync(ct);

    /// <summary>Looks at the full data, newest first: what the customer may ask to be shown.</summary>
    public Task<List<AccessLine>> Looks(Guid customerId, CancellationToken ct = default) =>
        db.Set<AccessLine>().Where(l => l.CustomerId == customerId).OrderByDescending(l => l.Id).Take(MostLines).ToListAsync(ct);

    /// <summary>Lines of a history shown on one page.</summary>
    public const int MostLines = 200;
}
