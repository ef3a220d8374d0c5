using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <param name="Bank">Name of the bank.</param>
public sealed record DebitBatchRow(DebitBatch Batch, string Bank)
{
    /// <summary>Less what the bank took back later.</summary>
    public Money Collected => new(Batch.CollectedFen - Batch.ReturnedFen);
    public Money Missed => Batch.State == DebitBatchState.Answered ? Batch.Total - Collected : Money.Zero;
}

/// <summary>How a bank's debits went in a month.</summary>
public sealed record DebitMonth(string Bank, string Month, int Batches, int Asked, int Collected, Money AskedSum, Money CollectedSum)
{
    /// <summary>Of what was asked for, in whole per cent.</summary>
    public int Percent => AskedSum == Money.Zero ? 0 : (int)(CollectedSum.Fen * 100 / AskedSum.Fen);
}

public sealed record DebitItemRow(DebitItem Item, string Name, string Meaning);

/// <param name="Reasons">Refusals by their meaning, most first.</param>
public sealed record DebitBatchView(DebitBatch Batch, DebitBank? Bank, IReadOnlyList<DebitItemRow> Items, long Total, IReadOnlyList<(string Meaning, int Count, Money Sum)> Reasons);

/// <summary>Reads direct debits for pages, programs and the bank's file.</summary>
public sealed class DebitList(HallDb db, Current current, DebitBanks banks)
{
    /// <summary>Months of the report.</summary>
    private const int MostMonths = 12;

    /// <summary>Filters: q (beginning of a number), state, bank.</summary>
    public async Task<(IReadOnlyList<DebitBatchRow> Rows, long Total)> Page(ListQuery query, CancellationToken ct = default)
    {
        current.Require("debits.see");
        var rows = Filtered(query);
        return (await Rows(rows.PageOf(query), ct), await rows.CountAsync(ct));
    }

    /// <summary>All pages, at most <see cref="ListExport.MaxRows"/>.</summary>
    public async Task<IReadOnlyList<DebitBatchRow>> All(ListQuery query, CancellationToken ct = default)
    {
        current.Require("debits.see");
        return await Rows(Filtered(query).Take(ListExport.MaxRows), ct);
    }

    /// <summary>代扣情况: by month and bank, newest first, of batches that were answered.</summary>
    public async Task<IReadOnlyList<DebitMonth>> Months(CancellationToken ct = default)
    {
        current.Require("debits.see");
        var found = await Seen().Where(b => b.State == DebitBatchState.Answered).GroupBy(b => new { b.BankCode, b.CollectOn.Year, b.CollectOn.Month })
            .Select(g => new { g.Key, Batches = g.Count(), Asked = g.Sum(b => b.Items), Collected = g.Sum(b => b.Collected - b.Returned), AskedFen = g.Sum(b => b.TotalFen), CollectedFen = g.Sum(b => b.CollectedFen - b.ReturnedFen) })
            .OrderByDescending(g => g.Key.Year).ThenByDescending(g => g.Key.Month).ThenBy(g => g.Key.BankCode).Take(MostMonths * 5).ToListAsync(ct);
        return [.. found.Select(g => new DebitMonth(NameOf(g.Key.BankCode), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{g.Key.Year:D4}-{g.Key.Month:D2}"),
            g.Batches, g.Asked, g.Collected, new(g.AskedFen), new(g.CollectedFen)))];
    }

    /// <exception cref="Refused">debit.batch_not_found</exception>
    public async Task<DebitBatchView> Of(Guid id, ListQuery query, CancellationToken ct = default)
    {
        var (batch, bank) = await Batch(id, ct);
        var items = db.DebitItems.Where(i => i.Bucket >= 0 && i.BatchId == id);
        var shown = items;
        if (query.Search.Length > 0) shown = shown.Where(i => i.AccountNumber.StartsWith(query.Search));
        if (Enum.TryParse<DebitItemState>(query["state"], out var state)) shown = shown.Where(i => i.State == state);
        var page = await shown.OrderBy(i => i.Sequence).PageOf(query).ToListAsync(ct);
        var names = await AccountOwner.Names(db, [.. page.Select(i => i.AccountId)], ct);
        var refused = await items.Where(i => i.State == DebitItemState.Refused || i.State == DebitItemState.Partly).GroupBy(i => i.Code!).Select(g => new { g.Key, Count = g.Count(), Fen = g.Sum(i => i.AmountFen - i.CollectedFen) }).ToListAsync(ct);
        return new(batch, bank, [.. page.Select(i => new DebitItemRow(i, names[i.AccountId], Meaning(bank, i.ReturnCode ?? i.Code)))], await shown.CountAsync(ct),
            [.. refused.OrderByDescending(r => r.Count).Select(r => (Meaning(bank, r.Key), r.Count, new Money(r.Fen)))]);
    }

    /// <summary>The file for the bank, with whole account numbers.</summary>
    /// <exception cref="Refused">debit.batch_not_found; debit.not_released</exception>
    public async Task<(string Name, byte[] Content)> FileOf(Guid id, CancellationToken ct = default)
    {
        current.Require("debits.make");
        var (batch, bank) = await Batch(id, ct);
        Refused.If(batch.State is DebitBatchState.Draft or DebitBatchState.Withdrawn, "debit.not_released", batch.Number);
        var items = await db.DebitItems.Where(i => i.Bucket >= 0 && i.BatchId == id).OrderBy(i => i.Sequence).ToListAsync(ct);
        return (DebitFile.NameOf(bank ?? throw new Refused("debit.bank_unknown"), batch), DebitFile.Write(bank, batch, items));
    }

    /// <summary>The account's agreements, newest first.</summary>
    public async Task<IReadOnlyList<DebitAgreement>> OfAccount(long accountId, CancellationToken ct = default)
    {
        current.Require("bills.see");
        var bucket = Books.BucketOf(accountId);
        var seen = db.BillingAccounts.SeenBy(current);
        return await db.DebitAgreements.Where(a => a.Bucket == bucket && a.AccountId == accountId && seen.Any(s => s.Bucket == a.Bucket && s.Id == a.AccountId)).OrderByDescending(a => a.Sequence).ToListAsync(ct);
    }

    public string NameOf(string bankCode) => banks.Find(bankCode)?.Name.ToString() ?? bankCode;

    private static string Meaning(DebitBank? bank, string? code) => code is null ? "" : bank?.Reasons.GetValueOrDefault(code) is { } reason ? $"{reason.Name} ({code})" : code;

    private async Task<(DebitBatch Batch, DebitBank? Bank)> Batch(Guid id, CancellationToken ct)
    {
        current.Require("debits.see");
        var batch = await db.DebitBatches.SingleOrDefaultAsync(b => b.Id == id, ct);
        if (batch is null || !current.Covers(batch.UnitPath)) throw new Refused("debit.batch_not_found");
        return (batch, banks.Find(batch.BankCode));
    }

    private IQueryable<DebitBatch> Seen()
    {
        var unit = current.UnitPath;
        return current.Scope == DataScope.All ? db.DebitBatches : db.DebitBatches.Where(b => b.UnitPath.StartsWith(unit));
    }

    private IOrderedQueryable<DebitBatch> Filtered(ListQuery query)
    {
        var rows = Seen();
        if (query.Search.Length > 0) rows = rows.Where(b => b.Number.StartsWith(query.Search));
        if (Enum.TryParse<DebitBatchState>(query["state"], out var state)) rows = rows.Where(b => b.State == state);
        if (query["bank"] is { } bank) rows = rows.Where(b => b.BankCode == bank);
        return rows.OrderByDescending(b => b.MadeAtUtc).ThenBy(b => b.Id);
    }

    private async Task<IReadOnlyList<DebitBatchRow>> Rows(IQueryable<DebitBatch> batches, CancellationToken ct) => [.. (await batches.ToListAsync(ct)).Select(b => new DebitBatchRow(b, NameOf(b.BankCode)))];
}
