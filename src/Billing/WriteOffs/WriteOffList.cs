using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <param name="Name">Masked.</param>
/// <param name="Recovered">Paid after all, less what was taken back.</param>
public sealed record WriteOffRow(WriteOff WriteOff, string Name, Money Recovered);

/// <summary>A year's bad debts.</summary>
public sealed record WriteOffYear(int Year, int Count, Money WrittenOff, Money Recovered);

/// <param name="Bills">The proposal's bills, with how each stands.</param>
public sealed record WriteOffView(WriteOff WriteOff, AccountFile File, IReadOnlyList<(WriteOffBill Agreed, CustomerBill Bill)> Bills, IReadOnlyList<WriteOffRecovery> Recoveries)
{
    public Money Recovered => new(Recoveries.Sum(r => r.AmountFen));
}

/// <summary>Reads write-offs for pages and API.</summary>
public sealed class WriteOffList(HallDb db, Current current, CustomerFile files, WriteOffTerms terms, TimeProvider clock)
{
    /// <summary>Filters: q (beginning of an account number), state, year.</summary>
    public async Task<(IReadOnlyList<WriteOffRow> Rows, long Total, IReadOnlyList<WriteOffYear> Years)> Page(ListQuery query, CancellationToken ct = default)
    {
        current.Require("arrears.see");
        var rows = Filtered(query);
        return (await Rows(await rows.PageOf(query).ToListAsync(ct), ct), await rows.CountAsync(ct), await Years(ct));
    }

    /// <summary>All pages, at most <see cref="ListExport.MaxRows"/>.</summary>
    public async Task<IReadOnlyList<WriteOffRow>> All(ListQuery query, CancellationToken ct = default)
    {
        current.Require("arrears.see");
        return await Rows(await Filtered(query).Take(ListExport.MaxRows).ToListAsync(ct), ct);
    }

    /// <summary>Totals by the year of the books, newest first.</summary>
    public async Task<IReadOnlyList<WriteOffYear>> Years(CancellationToken ct = default)
    {
        current.Require("arrears.see");
        var off = await Seen().Where(w => w.State == WriteOffState.Done).GroupBy(w => w.BookedOn!.Value.Year).Select(g => new { g.Key, Count = g.Count(), Fen = g.Sum(w => w.TotalFen) }).ToListAsync(ct);
        var seen = db.BillingAccounts.SeenBy(current);
        var back = await db.WriteOffRecoveries.Where(r => seen.Any(a => a.Bucket == r.Bucket && a.Id == r.AccountId)).GroupBy(r => r.BookedOn.Year).Select(g => new { g.Key, Fen = g.Sum(r => r.AmountFen) }).ToDictionaryAsync(g => g.Key, g => g.Fen, ct);
        return [.. off.Select(o => o.Key).Union(back.Keys).OrderDescending().Select(year => new WriteOffYear(
            year, off.Find(o => o.Key == year)?.Count ?? 0, new(off.Find(o => o.Key == year)?.Fen ?? 0), new(back.GetValueOrDefault(year))))];
    }

    /// <exception cref="Refused">writeoff.not_found; account.not_found</exception>
    public async Task<WriteOffView> Of(long accountId, short sequence, CancellationToken ct = default)
    {
        current.Require("arrears.see");
        var bucket = Books.BucketOf(accountId);
        var off = await db.WriteOffs.SingleOrDefaultAsync(w => w.Bucket == bucket && w.AccountId == accountId && w.Sequence == sequence, ct) ?? throw new Refused("writeoff.not_found");
        var file = await files.OfAccount(off.AccountNumber, ct);
        var agreed = await db.WriteOffBills.Where(b => b.Bucket == bucket && b.AccountId == accountId && b.Sequence == sequence).OrderBy(b => b.Period).ToListAsync(ct);
        var periods = agreed.Select(a => a.Period).ToList();
        var bills = await db.CustomerBills.Where(b => b.Bucket == bucket && b.AccountId == accountId && periods.Contains(b.Period)).ToListAsync(ct);
        var recoveries = off.State == WriteOffState.Done ? await db.WriteOffRecoveries.Where(r => r.Bucket == bucket && r.AccountId == accountId && periods.Contains(r.Period)).OrderBy(r => r.AtUtc).ToListAsync(ct) : [];
        return new(off, file, [.. agreed.Select(a => (a, bills.Single(b => b.Key == a.Key)))], recoveries);
    }

    /// <summary>Bills of the account that may be proposed today.</summary>
    /// <exception cref="Refused">account.not_found</exception>
    public async Task<(AccountFile File, IReadOnlyList<CustomerBill> Bills, WriteOff? Open)> Draft(string accountNumber, CancellationToken ct = default)
    {
        current.Require("writeoff.propose");
        var file = await files.OfAccount(accountNumber, ct);
        var (bucket, id) = (file.Account.Bucket, file.Account.Id);
        var latest = DateOnly.FromDateTime(Shown.Local(clock.GetUtcNow().UtcDateTime)).AddDays(-terms.LeastDaysOverdue);
        var bills = await db.CustomerBills.Where(b => b.Bucket == bucket && b.AccountId == id && b.State == BillState.Issued && b.DueDate <= latest && b.AgreedIn == null && b.AmountFen > b.PaidFen).OrderBy(b => b.Period).Take(ProposeWriteOff.MostBills).ToListAsync(ct);
        return (file, bills, await db.WriteOffs.SingleOrDefaultAsync(w => w.Bucket == bucket && w.AccountId == id && w.State == WriteOffState.Proposed, ct));
    }

    private IQueryable<WriteOff> Seen()
    {
        var seen = db.BillingAccounts.SeenBy(current);
        return current.Scope == DataScope.All ? db.WriteOffs : db.WriteOffs.Where(w => seen.Any(a => a.Bucket == w.Bucket && a.Id == w.AccountId));
    }

    private IOrderedQueryable<WriteOff> Filtered(ListQuery query)
    {
        var rows = Seen();
        if (query.Search.Length > 0) rows = rows.Where(w => w.AccountNumber.StartsWith(query.Search));
        if (Enum.TryParse<WriteOffState>(query["state"], out var state)) rows = rows.Where(w => w.State == state);
        if (int.TryParse(query["year"], System.Globalization.CultureInfo.InvariantCulture, out var year) && year is > 2000 and < 9999)
        {
            var (from, to) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
            rows = rows.Where(w => w.BookedOn >= from && w.BookedOn <= to);
        }

        return rows.OrderByDescending(w => w.ProposedAtUtc).ThenBy(w => w.Bucket).ThenBy(w => w.AccountId).ThenBy(w => w.Sequence);
    }

    private async Task<IReadOnlyList<WriteOffRow>> Rows(IReadOnlyList<WriteOff> found, CancellationToken ct)
    {
        var (buckets, ids) = (found.Select(w => w.Bucket).Distinct().ToList(), found.Select(w => w.AccountId).Distinct().ToList());
        var names = await AccountOwner.Names(db, ids, ct);
        var bills = (await db.WriteOffBills.Where(b => buckets.Contains(b.Bucket) && ids.Contains(b.AccountId)).ToListAsync(ct)).ToLookup(b => (b.AccountId, b.Sequence), b => b.Key);
        var recovered = (await db.WriteOffRecoveries.Where(r => buckets.Contains(r.Bucket) && ids.Contains(r.AccountId)).ToListAsync(ct)).ToLookup(r => new BillKey(r.AccountId, r.Period, r.Issue), r => r.AmountFen);
        return [.. found.Select(w => new WriteOffRow(w, names[w.AccountId], new(w.State == WriteOffState.Done ? bills[(w.AccountId, w.Sequence)].Sum(k => recovered[k].Sum()) : 0)))];
    }
}

/// <summary>A write-off as the second person reads it: whose debt, how much, why.</summary>
sealed class DescribeWriteOff(HallDb db, Texts texts) : IDescribeApproval
{
    public string Operation => nameof(BookWriteOff);

    public async Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct)
    {
        var command = content.Deserialize<BookWriteOff.Command>()!;
        var bucket = Books.BucketOf(command.AccountId);
        var off = await db.WriteOffs.SingleOrDefaultAsync(w => w.Bucket == bucket && w.AccountId == command.AccountId && w.Sequence == command.Sequence, ct);
        var whose = await AccountOwner.Of(db, db.BillingAccounts.Where(a => a.Id == command.AccountId), ct);
        return off is null || whose is null ? null : new(
            texts["writeoff.words", off.Number, whose.Number, whose.MaskedName, new Money(command.TotalFen), texts["writeoff.reason." + off.Reason], off.Note], new(command.TotalFen), $"/writeoff/{off.AccountId}/{off.Sequence}");
    }
}
