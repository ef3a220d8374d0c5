using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>What an account has overdue on a day.</summary>
/// <param name="Days">Since the oldest bill was due.</param>
/// <param name="To30">Unpaid of bills 1–30 days overdue; the next ones 31–60, 61–90 and over 90.</param>
/// <param name="Step">Code of the step reached; null: not on the ladder.</param>
public sealed record ArrearsRow(
    long AccountId, string Number, string Name, string UnitPath, int Bills, DateOnly OldestDue, int Days, Money To30, Money To60, Money To90, Money Over90, Money LateFee, string? Step)
{
    public Money Principal => To30 + To60 + To90 + Over90;
    public Money Total => Principal + LateFee;
}

/// <summary>Sums over all pages.</summary>
/// <param name="LateFee">Null: too many accounts to count it on a page; the export has it.</param>
public sealed record ArrearsTotals(long Accounts, long Bills, Money To30, Money To60, Money To90, Money Over90, Money? LateFee)
{
    public Money Principal => To30 + To60 + To90 + Over90;
}

/// <summary>欠费报表: accounts in the person's reach with overdue bills, as they stand now, counted up to a day.</summary>
public sealed class ArrearsList(HallDb db, Current current, LateFeeRules lateFees, TimeProvider clock)
{
    /// <summary>Accounts whose late fee is summed up at the foot of a page.</summary>
    public const int MostFeeSummed = 5_000;
    private const int Batch = 500;

    private sealed class Overdue
    {
        public short Bucket { get; init; }
        public long AccountId { get; init; }
        public int Bills { get; init; }
        public DateOnly Oldest { get; init; }
        public long To30 { get; init; }
        public long To60 { get; init; }
        public long To90 { get; init; }
        public long Over90 { get; init; }
        public long Principal { get; init; }
    }

    /// <summary>The filter <c>date</c>; today where it is not set.</summary>
    public DateOnly DayOf(ListQuery query) => query.Day("date") ?? DateOnly.FromDateTime(Shown.Local(clock.GetUtcNow().UtcDateTime));

    /// <summary>Filters: q (beginning of an account number), date, days (at least), least (yuan), step.</summary>
    public async Task<(IReadOnlyList<ArrearsRow> Rows, ArrearsTotals Totals)> Page(ListQuery query, CancellationToken ct = default)
    {
        current.Require("arrears.see");
        var day = DayOf(query);
        var all = Of(query, day);
        var sums = await all.GroupBy(_ => 1).Select(g => new
        {
            Accounts = g.LongCount(), Bills = g.Sum(s => (long)s.Bills), To30 = g.Sum(s => s.To30), To60 = g.Sum(s => s.To60), To90 = g.Sum(s => s.To90), Over90 = g.Sum(s => s.Over90),
        }).SingleOrDefaultAsync(ct);
        if (sums is null) return ([], new(0, 0, default, default, default, default, Money.Zero));
        var rows = await Rows(await Sorted(all, query).PageOf(query).ToListAsync(ct), day, ct);
        Money? lateFee = sums.Accounts <= rows.Count ? Sum(rows) : sums.Accounts <= MostFeeSummed ? Sum(await All(query, ct)) : null;
        return (rows, new(sums.Accounts, sums.Bills, new(sums.To30), new(sums.To60), new(sums.To90), new(sums.Over90), lateFee));
    }

    /// <summary>All pages, at most <see cref="ListExport.MaxRows"/>.</summary>
    public async Task<IReadOnlyList<ArrearsRow>> All(ListQuery query, CancellationToken ct = default)
    {
        current.Require("arrears.see");
        var day = DayOf(query);
        var rows = new List<ArrearsRow>();
        foreach (var batch in (await Sorted(Of(query, day), query).Take(ListExport.MaxRows).ToListAsync(ct)).Chunk(Batch)) rows.AddRange(await Rows(batch, day, ct));
        return rows;
    }

    private static Money Sum(IEnumerable<ArrearsRow> rows) => new(rows.Sum(r => r.LateFee.Fen));

    private IQueryable<Overdue> Of(ListQuery query, DateOnly day)
    {
        var bills = db.CustomerBills.Where(b => b.State == BillState.Issued && b.DueDate < day);
        var seen = db.BillingAccounts.SeenBy(current);
        if (query.Search.Length > 0) seen = seen.Where(a => a.Number.StartsWith(query.Search));
        if (query.Search.Length > 0 || current.Scope != DataScope.All) bills = bills.Where(b => seen.Any(a => a.Bucket == b.Bucket && a.Id == b.AccountId));
        var balances = db.AccountBalances;
        if (query["step"] is { } step) bills = bills.Where(b => balances.Any(a => a.Bucket == b.Bucket && a.AccountId == b.AccountId && a.ArrearsStep == step));
        var (d30, d60, d90) = (day.AddDays(-30), day.AddDays(-60), day.AddDays(-90));
        var overdue = bills.GroupBy(b => new { b.Bucket, b.AccountId }).Select(g => new Overdue
        {
            Bucket = g.Key.Bucket, AccountId = g.Key.AccountId, Bills = g.Count(), Oldest = g.Min(b => b.DueDate),
            To30 = g.Sum(b => b.DueDate >= d30 ? b.AmountFen - b.PaidFen : 0L),
            To60 = g.Sum(b => b.DueDate < d30 && b.DueDate >= d60 ? b.AmountFen - b.PaidFen : 0L),
            To90 = g.Sum(b => b.DueDate < d60 && b.DueDate >= d90 ? b.AmountFen - b.PaidFen : 0L),
            Over90 = g.Sum(b => b.DueDate < d90 ? b.AmountFen - b.PaidFen : 0L),
            Principal = g.Sum(b => b.AmountFen - b.PaidFen),
        });
        if (int.TryParse(query["days"], System.Globalization.CultureInfo.InvariantCulture, out var days) && days is > 0 and < 36_500)
        {
            var latest = day.AddDays(-days);
            overdue = overdue.Where(o => o.Oldest <= latest);
        }

        if (MoneyText.TryRead(query["least"], out var least)) overdue = overdue.Where(o => o.Principal >= least.Fen);
        return overdue;
    }

    private static IOrderedQueryable<Overdue> Sorted(IQueryable<Overdue> rows, ListQuery query) => (query.Sort switch
    {
        "principal" => query.Descending ? rows.OrderByDescending(r => r.Principal) : rows.OrderBy(r => r.Principal),
        "bills" => query.Descending ? rows.OrderByDescending(r => r.Bills) : rows.OrderBy(r => r.Bills),
        // The longest overdue first, unless asked the other way round.
        "days" when !query.Descending => rows.OrderByDescending(r => r.Oldest),
        _ => rows.OrderBy(r => r.Oldest),
    }).ThenBy(r => r.Bucket).ThenBy(r => r.AccountId);

    private async Task<IReadOnlyList<ArrearsRow>> Rows(IReadOnlyList<Overdue> found, DateOnly day, CancellationToken ct)
    {
        var (buckets, ids) = (found.Select(f => f.Bucket).Distinct().ToList(), found.Select(f => f.AccountId).ToList());
        var bills = (await db.CustomerBills.Where(b => buckets.Contains(b.Bucket) && ids.Contains(b.AccountId) && b.State == BillState.Issued && b.DueDate < day).ToListAsync(ct)).ToLookup(b => b.AccountId);
        var people = await db.BillingAccounts.Where(a => ids.Contains(a.Id)).Join(db.Customers, a => a.CustomerId, c => c.Id, (a, c) => new { a.Id, a.Number, a.UnitPath, Customer = c }).ToDictionaryAsync(a => a.Id, ct);
        var steps = await db.AccountBalances.Where(b => buckets.Contains(b.Bucket) && ids.Contains(b.AccountId)).Select(b => new { b.AccountId, b.ArrearsStep }).ToDictionaryAsync(b => b.AccountId, b => b.ArrearsStep, ct);
        return [.. from f in found
                   let who = people[f.AccountId]
                   select new ArrearsRow(
                       f.AccountId, who.Number, who.Customer.MaskedName, who.UnitPath, f.Bills, f.Oldest, day.DayNumber - f.Oldest.DayNumber, new(f.To30), new(f.To60), new(f.To90), new(f.Over90),
                       new(bills[f.AccountId].Sum(b => b.LateFeeOn(day, lateFees).Fen)), steps.GetValueOrDefault(f.AccountId))];
    }
}
