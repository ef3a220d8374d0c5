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
        var drafts = db.CustomerBills.Where(b => b.Bucket >= chunk.FromBucket && b.Bucket <= chunk.ToBucket && b.RunId == run.Id && b.State == BillState.Draft);
        var bills = await drafts.OrderBy(b => b.Bucket).ThenBy(b => b.AccountId).Select(b => new { b.AccountId, b.Period, b.Issue, b.AmountFen }).ToListAsync(ct);
        // A bill that gives back goes to the balance at once; there are few.
        foreach (var credit in bills.Where(b => b.AmountFen < 0))
            (await db.AccountBalances.Hold(b => b.Bucket == BillingAccount.BucketOf(credit.AccountId) && b.AccountId == credit.AccountId, orRefuse: "account.not_found", ct)).Credit(new(-credit.AmountFen));
        await db.InsertMany(bills.Where(b => b.AmountFen != 0).SelectMany(b => Books.LinesOf(b.AccountId, BillBooks.Released(new BillKey(b.AccountId, b.Period, b.Issue).Number, new(b.AmountFen), day), at)), ct);
        var released = await drafts.ExecuteUpdateAsync(set => set
            .SetProperty(b => b.State, b => b.AmountFen > 0 ? BillState.Issued : BillState.Settled)
            .SetProperty(b => b.DueDate, due)
            .SetProperty(b => b.IssuedAtUtc, at), ct);
        chunk.Released();
        db.Subject = $"{new BillingPeriod(run.Period)} {chunk.Number}";
        return released;
    }, ct);
}
