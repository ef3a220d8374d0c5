using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>代扣退回: the bank takes back what it had collected of an account. By four eyes the payment is taken back whole, its bills are owed again, and the account pays the fee that the pack names.</summary>
public sealed class ReturnDebit(Work work, Current current, DebitBanks banks, LateFeeRules lateFees, FeeBills fees)
{
    /// <param name="Code">The bank's reason, one of those of its answers.</param>
    [Needs("debits.make")]
    [FourEyes("debits.approve")]
    public sealed record Command(Guid RequestId, Guid BatchId, string AccountNumber, string Code) : ICommand;

    /// <param name="FeeFen">What the account is asked for the return; 0: nothing.</param>
    public sealed record Returned(string Number, long AmountFen, long FeeFen);

    /// <exception cref="Refused">approval.needed; debit.batch_not_found; debit.not_answered; debit.not_in_batch; debit.not_collected; debit.code_unknown; day.not_open; payment.already_reversed;
    /// payment.balance_spent; payment.balance_spent_by</exception>
    public Task<Returned> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var batch = await db.DebitBatches.HoldSeen(current, c.BatchId, ct);
        Refused.If(batch.State != DebitBatchState.Answered, "debit.not_answered", batch.Number);
        var bank = banks.Find(batch.BankCode) ?? throw new Refused("debit.bank_unknown");
        var reason = bank.Reasons.GetValueOrDefault(c.Code) ?? throw new Refused("debit.code_unknown") { Field = "Code" };
        var found = await db.DebitItems.SingleOrDefaultAsync(i => i.Bucket >= 0 && i.BatchId == batch.Id && i.AccountNumber == c.AccountNumber, ct) ?? throw new Refused("debit.not_in_batch", batch.Number) { Field = "AccountNumber" };
        var (bucket, id) = (found.Bucket, found.AccountId);
        var date = (await db.OpenDay(batch.HallId, ct)).Date;
        var account = await AccountMoney.Hold(db, id, lateFees, date, ct);
        var item = await db.DebitItems.Hold(i => i.Bucket == bucket && i.AccountId == id && i.BatchId == batch.Id, orRefuse: "debit.not_in_batch", ct);
        item.Return(c.Code, date);
        var payment = await db.Payments.Hold(p => p.Bucket == bucket && p.AccountId == id && p.BankBatchId == batch.Id, orRefuse: "payment.not_found", ct);
        payment.Reverse();
        var number = "R" + payment.Number;
        var back = await MoneyBack.Take(db, payment, number, date, ct);
        await back.Settle(db, payment, account.Balance, ct);
        await account.Balance.ResumeArrearsWhenOwed(db, date.Day, ct);
        if (account.Balance.IsPrepaid) db.Raise(PrepaidMoneyMoved.Now(db, account.Balance));
        db.Add(new Reversal
        {
            Bucket = bucket, PaymentId = payment.Id, AccountId = id, Number = number, HallId = batch.HallId, BusinessDate = date, ClerkId = current.UserId!.Value, ClerkName = current.Name,
            AmountFen = payment.AmountFen, Reason = $"{bank.Name.Zh} {reason.Code} {reason.Name.Zh}", AtUtc = db.AtUtc,
        });
        db.Post(BookDebitAnswer.AtBank(batch, payment.Amount, date).Reversed("debit_return", number, date), batch.HallId);
        db.PostToAccount(id, Booking.AccountBack("debit_return", number, payment, back, date), batch.HallId);
        batch.Return(payment.Amount);
        var agreement = await db.DebitAgreements.Hold(a => a.Bucket == bucket && a.AccountId == id && a.Sequence == item.Agreement, orRefuse: "debit.not_found", ct);
        agreement.RefusedBy(reason, date.Day, banks, current.Name, db.AtUtc);
        if (bank.ReturnFee is { } fee) await fees.Charge(db, id, payment.Id, [fee], ct);
        (db.Subject, db.HallOfCommand) = (number, batch.HallId);
        db.Raise(new PaymentReversed(id, payment.Id, number, payment.AmountFen));
        return new Returned(number, payment.AmountFen, bank.ReturnFee?.Amount.Fen ?? 0);
    }, ct);
}

/// <summary>A return as the second person reads it: whose, how much, why.</summary>
sealed class DescribeDebitReturn(HallDb db, DebitBanks banks, Texts texts) : IDescribeApproval
{
    public string Operation => nameof(ReturnDebit);

    public async Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct)
    {
        var command = content.Deserialize<ReturnDebit.Command>()!;
        var batch = await db.DebitBatches.SingleOrDefaultAsync(b => b.Id == command.BatchId, ct);
        var item = await db.DebitItems.SingleOrDefaultAsync(i => i.Bucket >= 0 && i.BatchId == command.BatchId && i.AccountNumber == command.AccountNumber, ct);
        if (batch is null || item is null || banks.Find(batch.BankCode) is not { } bank) return null;
        return new(texts["debit.words_return", item.AccountNumber, item.Got, bank.Name.ToString(), bank.Reasons.GetValueOrDefault(command.Code)?.Name.ToString() ?? command.Code, batch.Number], item.Got, $"/debits/{batch.Id}");
    }
}
