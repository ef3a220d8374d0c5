using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>发行 of one chunk: its drafts get their due date and stand in the books: debit receivable, credit revenue.</summary>
public sealed class ReleaseChunk(Work work)
{
    [Needs("bills.release")]
    public sealed record Command(Guid RequestId, Guid RunId, int Chunk) : ICommand;

    public static Command For(Guid runId, int chunk) => new(RateChunk.IdOf(runId, "release", chunk), runId, chunk);

    /// <returns>Bills released.</returns>
    public Task<int> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var chunk = await db.BillRunChunks.Hold(k => k.RunId == c.RunId && k.Number == c.Chunk, orRefuse: "run.not_found", ct);
        if (chunk.IsReleased) return 0;
        var run = await db.BillRuns.FindAsync([c.RunId], ct) ?? throw new Refused("run.not_found");
        var due = run.DueDate!.Value;
        var at = db.AtUtc;
        var day = new BusinessDate(DateOnly.FromDateTime(Shown.Local(at)));
        var bills = await Release(db, run, chunk, due, at, ct);
        // A bill that gives back goes to the balance at once; there are few.
        foreach (var credit in bills.Where(b => b.AmountFen < 0))
            (await db.AccountBalances.Hold(b => b.Bucket == BillingAccount.BucketOf(credit.AccountId) && b.AccountId == credit.AccountId, orRefuse: "account.not_found", ct)).Credit(new(-credit.AmountFen));
        await db.InsertMany(bills.Where(b => b.AmountFen != 0).SelectMany(b => Books.LinesOf(b.AccountId, BillBooks.Released(b.Key.Number, new(b.AmountFen), day), at)), ct);
        chunk.Released();
        db.Subject = $"{new BillingPeriod(run.Period)} {chunk.Number}";
        return bills.Count;
    }, ct);

    /// <summary>All drafts of the chunk by one statement, which says what it released.</summary>
    private static async Task<List<Released>> Release(HallDb db, BillRun run, BillRunChunk chunk, DateOnly due, DateTime at, CancellationToken ct)
    {
        var bills = await db.Database.SqlQueryRaw<Released>($$"""
            update customer_bills set state = case when amount_fen > 0 then 'Issued' else 'Settled' end, due_date = {0}, issued_at_utc = {1}
            where bucket between {2} and {3} and run_id = {4} and {{CustomerBillMap.UnreleasedFilter}} and state = 'Draft'
            returning account_id as "AccountId", period as "Period", issue as "Issue", amount_fen as "AmountFen"
            """, due, at, chunk.FromBucket, chunk.ToBucket, db.Stored(run.Id)).ToListAsync(ct);
        bills.Sort((a, b) => (a.Key.Bucket, a.AccountId).CompareTo((b.Key.Bucket, b.AccountId)));
        return bills;
    }

    private sealed record Released(long AccountId, int Period, short Issue, long AmountFen)
    {
        public BillKey Key => new(AccountId, Period, Issue);
    }
}
