using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Customers;

/// <summary>One row of the list of accounts, masked.</summary>
public sealed record AccountRow(string Number, string CustomerNumber, string Name, string Phone, string Address, string Meter, string TariffCode, AccountState State, DateTime OpenedAtUtc);

/// <summary>The list of accounts: by its filters, or by the words of the search box.</summary>
public sealed class CustomerList(HallDb db, Current current, FindAccounts find)
{
    /// <summary>Rows counted and paged through; a larger list is narrowed first.</summary>
    public const int MostCounted = 10_000;

    /// <exception cref="Kernel.Refused">signin.needed; permission.missing</exception>
    public async Task<(IReadOnlyList<AccountRow> Rows, long Total)> Page(ListQuery query, CancellationToken ct = default)
    {
        current.Require("customers.see");
        var accounts = db.BillingAccounts.SeenBy(current);
        if (query.Search.Length > 0)
        {
            var hits = (await find.Find(query.Search, ct)).Select(h => h.AccountNumber).ToList();
            accounts = accounts.Where(a => hits.Contains(a.Number));
        }

        if (Enum.TryParse<AccountState>(query["state"], out var state)) accounts = accounts.Where(a => a.State == state);
        var rows =
            from a in accounts
            join c in db.Customers on a.CustomerId equals c.Id
            join p in db.SupplyPoints on a.Id equals p.AccountId
            select new { a, c, p };
        if (query["tariff"] is { } tariff) rows = rows.Where(r => r.p.TariffCode == tariff);
        var total = await rows.Take(MostCounted).LongCountAsync(ct);
        var page = await (query is { Sort: "number", Descending: true } ? rows.OrderByDescending(r => r.a.Id) : rows.OrderBy(r => r.a.Id)).PageOf(query).ToListAsync(ct);
        return ([.. page.Select(r => new AccountRow(
            r.a.Number, r.c.Number, r.c.MaskedName, r.c.MaskedPhone, Kernel.Masked.Address(r.p.Address), r.p.MeterNumber, r.p.TariffCode, r.a.State, r.a.OpenedAtUtc))], total);
    }
}
