using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Ledger;

namespace OpenHall.Payments;

/// <summary>Books a bank's answer part by part, each part and its "done" in one transaction. Cut off anywhere it is taken up again; two at once do each part once.</summary>
public sealed class BookDebitAnswer(IDbContextFactory<HallDb> databases, Work work, Current current, DebitBanks banks, LateFeeRules lateFees)
{
    /// <summary>Accounts held at once.</summary>
    public const int ItemsOfChunk = 100;

    /// <param name="Number">From 0.</param>
    [Needs("debits.make")]
    public sealed record Chunk(Guid RequestId, Guid BatchId, int Number) : ICommand;

    /// <summary>Books until nothing of the answer is left.</summary>
    /// <param name="most">Accounts of a part.</param>
    /// <exception cref="Refused">debit.batch_not_found; day.not_open</exception>
    public async Task<DebitBatch> Continue(Guid batchId, CancellationToken ct = default, int most = ItemsOfChunk)
    {
        IReadOnlyDictionary<string, DebitAnswer.Item>? answers = null;
        while (true)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var batch = await db.DebitBatches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == batchId, ct) ?? throw new Refused("debit.batch_not_found");
            if (batch.State != DebitBatchState.Booking) return batch;
            answers ??= await Answers(db, batch, ct);
            await Book(new(RateChunk.IdOf(batchId, "debit", batch.Chunks), batchId, batch.Chunks), answers, most, ct);
        }
    }

    private async Task<IReadOnlyDictionary<string, DebitAnswer.Item>> Answers(HallDb db, DebitBatch batch, CancellationToken ct)
    {
        var content = await db.DebitAnswerFiles.Where(f => f.BatchId == batch.Id).Select(f => f.Content).SingleAsync(ct);
        return (await DebitAnswer.Of(db, banks, batch, content, ct)).Items.ToDictionary(i => DebitFile.Reference(batch, i.Asked));
    }

    private Task<int> Book(Chunk c, IReadOnlyDictionary<string, DebitAnswer.Item> answers, int most, CancellationToken ct) => work.Once(c, async db =>
    {
        var batch = await db.DebitBatches.HoldSeen(current, c.BatchId, ct);
        if (batch.State != DebitBatchState.Booking || batch.Chunks != c.Number) return 0;
        var day = await db.OpenDay(batch.HallId, ct);
        var bank = banks.Find(batch.BankCode) ?? throw new Refused("debit.bank_unknown");
        // In the order of buckets and accounts, as everybody holds them.
        var items = await db.DebitItems.AsTracking().Where(i => i.Bucket >= 0 && i.BatchId == batch.Id && i.State == DebitItemState.Open).OrderBy(i => i.Bucket).ThenBy(i => i.AccountId).Take(most).ToListAsync(ct);
        var (total, collected) = (Money.Zero, 0);
        foreach (var item in items)
        {
            var answer = answers[DebitFile.Reference(batch, item)];
            await Take(db, batch, bank, item, answer, day.Date, ct);
            total += answer.Collected;
            if (answer.Collected > Money.Zero) collected++;
        }

        if (total > Money.Zero) db.Post(AtBank(batch, total, day.Date), batch.HallId);
        batch.Book(collected, total);
        if (items.Count < most) batch.Finish();
        (db.Subject, db.HallOfCommand) = (batch.Number, batch.HallId);
        if (batch.State == DebitBatchState.Answered) db.Raise(new DebitBatchMoved(batch.Id, batch.State));
        return items.Count;
    }, ct);

    private async Task Take(HallDb db, DebitBatch batch, DebitBank bank, DebitItem item, DebitAnswer.Item answer, BusinessDate date, CancellationToken ct)
    {
        var (bucket, account, sequence) = (item.Bucket, item.AccountId, item.Agreement);
        var payment = answer.Collected > Money.Zero ? await Pay(db, batch, bank, item, answer.Collected, date, ct) : null;
        item.Answer(answer.Collected, answer.Code, payment?.Number);
        var agreement = await db.DebitAgreements.Hold(a => a.Bucket == bucket && a.AccountId == account && a.Sequence == sequence, orRefuse: "debit.not_found", ct);
        if (answer.Reason is { } reason) agreement.RefusedBy(reason, date.Day, banks, current.Name, db.AtUtc);
        else agreement.Collected();
    }

    /// <summary>The bills that the bank was asked for are paid, as far as they are still owed; the rest goes to the balance.</summary>
    private async Task<Payment> Pay(HallDb db, DebitBatch batch, DebitBank bank, DebitItem item, Money amount, BusinessDate date, CancellationToken ct)
    {
        var keys = item.BillKeys;
        var account = await AccountMoney.Hold(db, item.AccountId, lateFees, date, ct);
        var dues = account.Dues.Where(d => keys.Contains(d.Bill.Key)).ToList();
        var payment = Payment.ByBank(batch.Id, batch.HallId, date, (current.UserId!.Value, current.Name), bank.Name.Zh, item.AccountId, amount, keys, db.AtUtc);
        var spread = Spread.Of(dues, amount, await account.DueParts(db, date, ct));
        db.Insert(payment);
        db.Insert(new PaymentTender { Bucket = payment.Bucket, PaymentId = payment.Id, Line = 1, Kind = TenderKind.DirectDebit, AmountFen = amount.Fen, Reference = DebitFile.Reference(batch, item) });
        Booking.BookAccount(db, payment, spread, account, date);
        payment.Confirm(spread, null, account.Balance.Balance, db.AtUtc);
        db.PostToAccount(payment.AccountId, Booking.AccountSide("debit", payment, date), batch.HallId);
        db.Raise(new PaymentTaken(payment.AccountId, payment.Id, payment.Number, payment.AmountFen, null));
        return payment;
    }

    /// <summary>The bank has the money (debit) for the customers' side (credit clearing).</summary>
    internal static JournalEntry AtBank(DebitBatch batch, Money amount, BusinessDate date) =>
        new("debit", batch.Number, date, Posting.ToDebit(AccountCodes.Bank, amount, batch.BankCode), Posting.ToCredit(AccountCodes.Clearing, amount));
}
