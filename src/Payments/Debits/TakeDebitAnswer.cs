using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Ledger;

namespace OpenHall.Payments;

/// <summary>回盘: a bank's answer to a batch is checked whole and then booked whole, in one transaction: bills paid by it, the rest to arrears. The same answer is booked once.</summary>
public sealed class TakeDebitAnswer(Work work, HallDb reading, Current current, DebitBanks banks, LateFeeRules lateFees)
{
    /// <param name="ContentHash">SHA-256 of the file.</param>
    [Needs("debits.make")]
    public sealed record Command(Guid RequestId, Guid BatchId, string ContentHash) : ICommand;

    /// <param name="Mistakes">Any: nothing was booked.</param>
    public sealed record Result(int Collected, long CollectedFen, int Refused, IReadOnlyList<Mistake> Mistakes);

    public sealed record Mistake(int Line, Kernel.Finding Finding);

    /// <exception cref="Refused">file.empty; file.too_large; day.not_open; debit.batch_not_found; debit.not_released; debit.answered_already</exception>
    public async Task<Result> Handle(Guid requestId, Guid batchId, byte[] content, CancellationToken ct = default)
    {
        current.Require("debits.make");
        Refused.IfField(content.Length == 0, "File", "file.empty");
        Refused.IfField(content.Length > DebitAnswer.MostBytes, "File", "file.too_large", DebitAnswer.MostBytes / 1024 / 1024);
        var command = new Command(requestId, batchId, Convert.ToHexStringLower(SHA256.HashData(content)));
        // Looked at before anything is held: a file with mistakes begins no command, and can be handed in again when it is put right.
        var asked = await reading.DebitBatches.SingleOrDefaultAsync(b => b.Id == batchId, ct) ?? throw new Refused("debit.batch_not_found");
        if (asked.State == DebitBatchState.Released && await Check(reading, asked, content, ct) is { Mistakes.Count: > 0 } wrong) return new(0, 0, 0, [.. wrong.Mistakes.Select(m => new Mistake(m.Line, m.Finding))]);
        return await work.Once(command, async db =>
        {
            var batch = await db.DebitBatches.HoldSeen(current, batchId, ct);
            batch.WantsAnswer();
            var day = await db.OpenDay(batch.HallId, ct);
            var answer = await Check(db, batch, content, ct);
            Refused.If(answer.Mistakes.Count > 0, "debit.answer_wrong", answer.Mistakes.Count);
            return await Book(db, batch, banks.Find(batch.BankCode)!, answer, day.Date, command.ContentHash, ct);
        }, ct);
    }

    private async Task<DebitAnswer> Check(HallDb db, DebitBatch batch, byte[] content, CancellationToken ct)
    {
        var bank = banks.Find(batch.BankCode) ?? throw new Refused("debit.bank_unknown");
        return DebitAnswer.Of(bank, batch, await db.DebitItems.AsTracking().Where(i => i.Bucket >= 0 && i.BatchId == batch.Id).OrderBy(i => i.Sequence).ToListAsync(ct), content);
    }

    private async Task<Result> Book(HallDb db, DebitBatch batch, DebitBank bank, DebitAnswer answer, BusinessDate date, string hash, CancellationToken ct)
    {
        var total = Money.Zero;
        // In the order of buckets and accounts, as everybody holds them.
        foreach (var item in answer.Items)
        {
            var (bucket, account, sequence) = (item.Asked.Bucket, item.Asked.AccountId, item.Asked.Agreement);
            var payment = item.Collected > Money.Zero ? await Pay(db, batch, bank, item, date, ct) : null;
            item.Asked.Answer(item.Collected, item.Code, payment?.Number);
            total += item.Collected;
            var agreement = await db.DebitAgreements.Hold(a => a.Bucket == bucket && a.AccountId == account && a.Sequence == sequence, orRefuse: "debit.not_found", ct);
            if (item.Reason is { } reason) agreement.RefusedBy(reason, date.Day, banks, current.Name, db.AtUtc);
            else agreement.Collected();
        }

        if (total > Money.Zero)
            db.Post(new JournalEntry("debit", batch.Number, date, Posting.ToDebit(AccountCodes.Bank, total, bank.Code), Posting.ToCredit(AccountCodes.Clearing, total)), batch.HallId);
        var collected = answer.Items.Count(i => i.Collected > Money.Zero);
        batch.Answer(hash, date, collected, total, current.Name, db.AtUtc);
        (db.Subject, db.HallOfCommand) = (batch.Number, batch.HallId);
        db.Raise(new DebitBatchMoved(batch.Id, batch.State));
        return new(collected, total.Fen, answer.Items.Count - collected, []);
    }

    /// <summary>The bills that the bank was asked for are paid, as far as they are still owed; the rest goes to the balance.</summary>
    private async Task<Payment> Pay(HallDb db, DebitBatch batch, DebitBank bank, DebitAnswer.Item item, BusinessDate date, CancellationToken ct)
    {
        var keys = item.Asked.BillKeys;
        var account = await AccountMoney.Hold(db, item.Asked.AccountId, lateFees, date, ct);
        var dues = account.Dues.Where(d => keys.Contains(d.Bill.Key)).ToList();
        var payment = Payment.ByBank(batch.Id, batch.HallId, date, (current.UserId!.Value, current.Name), bank.Name.Zh, item.Asked.AccountId, item.Collected, keys, db.AtUtc);
        var spread = Spread.Of(dues, item.Collected, await account.DueParts(db, date, ct));
        db.Insert(payment);
        db.Insert(new PaymentTender { Bucket = payment.Bucket, PaymentId = payment.Id, Line = 1, Kind = TenderKind.DirectDebit, AmountFen = item.Collected.Fen, Reference = DebitFile.Reference(batch, item.Asked) });
        Booking.BookAccount(db, payment, spread, account, date);
        payment.Confirm(spread, null, account.Balance.Balance, db.AtUtc);
        db.PostToAccount(payment.AccountId, Booking.AccountSide("debit", payment, date), batch.HallId);
        db.Raise(new PaymentTaken(payment.AccountId, payment.Id, payment.Number, payment.AmountFen, null));
        return payment;
    }
}
