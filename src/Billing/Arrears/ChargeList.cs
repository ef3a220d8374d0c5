using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>A released bill in the list of a month.</summary>
public sealed record ChargeRow(string Number, string Name, string UnitPath, CustomerBill Bill);

/// <param name="Period">yyyymm; 0: no month was billed.</param>
public sealed record ChargeTotals(long Bills, long UsageWh, Money Amount, Money Paid, Money Owing, int Period);

/// <summary>电费清单: the released bills of a month by account, in the person's reach.</summary>
public sealed class ChargeList(HallDb db, Current current)
{
    /// <summary>Months to choose from.</summary>
    private const int MostPeriods = 24;

    /// <summary>Months that were billed, newest first.</summary>
    public Task<List<int>> Periods(CancellationToken ct = default) => db.BillRuns.Where(r => r.State == BillRunState.Released).Select(r => r.Period).Distinct().OrderByDescending(p => p).Take(MostPeriods).ToListAsync(ct);

    /// <summary>The filter <c>period</c> (yyyymm); the last month billed where it is not set; 0: none was.</summary>
    private async Task<int> PeriodOf(ListQuery query, CancellationToken ct = default) =>
        int.TryParse(query["period"], NumberStyles.None, CultureInfo.InvariantCulture, out var period) ? period : (await Periods(ct)).FirstOrDefault();

    /// <summary>Filters: q (beginning of an account number), period, paid (<c>no</c>: still owing, <c>yes</c>: settled).</summary>
    public async Task<(IReadOnlyList<ChargeRow> Rows, ChargeTotals Totals)> Page(ListQuery query, CancellationToken ct = default)
    {
        current.Require("charges.see");
        var period = await PeriodOf(query, ct);
        var all = Of(query, period);
        var sums = await all.GroupBy(_ => 1).Select(g => new
        {
            Bills = g.LongCount(), Wh = g.Sum(r => r.Bill.UsageWh), Amount = g.Sum(r => r.Bill.AmountFen), Paid = g.Sum(r => r.Bill.PaidFen), Owing = g.Sum(r => r.Bill.State == BillState.Issued ? r.Bill.AmountFen - r.Bill.PaidFen : 0L),
        }).SingleOrDefaultAsync(ct);
        return sums is null ? ([], new(0, 0, default, default, default, period))
            : (await Rows(all.OrderBy(r => r.Account.Number).PageOf(query), ct), new(sums.Bills, sums.Wh, new(sums.Amount), new(sums.Paid), new(sums.Owing), period));
    }

    /// <summary>All pages, at most <see cref="ListExport.MaxRows"/>.</summary>
    public async Task<IReadOnlyList<ChargeRow>> All(ListQuery query, CancellationToken ct = default)
    {
        current.Require("charges.see");
        return await Rows(Of(query, await PeriodOf(query, ct)).OrderBy(r => r.Account.Number).Take(ListExport.MaxRows), ct);
    }

    private sealed class Charge
    {
        public required BillingAccount Account { get; init; }
        public required CustomerBill Bill { get; init; }
    }

    private IQueryable<Charge> Of(ListQuery query, int period)
    {
        var rows = from a in db.BillingAccounts.SeenBy(current)
                   join b in db.CustomerBills on new { a.Bucket, AccountId = a.Id } equals new { b.Bucket, b.AccountId }
                   where b.Period == period && (b.State == BillState.Issued || b.State == BillState.Settled || b.State == BillState.WrittenOff)
                   select new Charge { Account = a, Bill = b };
        if (query.Search.Length > 0) rows = rows.Where(r => r.Account.Number.StartsWith(query.Search));
        return query["paid"] switch
        {
            "no" => rows.Where(r => r.Bill.State == BillState.Issued),
            "yes" => rows.Where(r => r.Bill.State == BillState.Settled),
            _ => rows,
        };
    }

    private async Task<IReadOnlyList<ChargeRow>> Rows(IQueryable<Charge> charges, CancellationToken ct)
    {
        var found = await charges.Join(db.Customers, r => r.Account.CustomerId, c => c.Id, (r, c) => new { r.Account.Number, r.Account.UnitPath, Customer = c, r.Bill }).ToListAsync(ct);
        return [.. found.OrderBy(r => r.Number, StringComparer.Ordinal).Select(r => new ChargeRow(r.Number, r.Customer.MaskedName, r.UnitPath, r.Bill))];
    }
}
