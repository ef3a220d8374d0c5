using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>签订代扣: from a day on an account's bills are collected from the customer's bank account.</summary>
public sealed class SignDebit(Work work, Current current, DebitBanks banks)
{
    /// <param name="BankAccount">10–<see cref="DebitBatch.MaxBankAccount"/> digits; blanks between are left out.</param>
    /// <param name="LimitFen">Most that is collected at once; null: no limit.</param>
    /// <param name="PaperNumber">Of the paper that the customer signed.</param>
    [Needs("debits.sign")]
    public sealed record Command(Guid RequestId, string AccountNumber, string BankCode, string BankAccount, string Holder, long? LimitFen, string PaperNumber, DateOnly StartsOn, DateOnly? EndsOn = null) : ICommand;

    /// <returns>Number of the agreement.</returns>
    /// <exception cref="Refused">account.not_found; debit.already_there; debit.bank_unknown; debit.account_wrong; debit.holder_missing; debit.paper_missing; debit.limit_wrong; debit.days_wrong</exception>
    public Task<string> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var number = string.Concat(c.BankAccount.Where(ch => ch != ' '));
        var mistakes = new List<Refused>();
        if (banks.Find(c.BankCode) is null) mistakes.Add(new("debit.bank_unknown") { Field = "BankCode" });
        if (number.Length is < 10 or > DebitBatch.MaxBankAccount || !number.All(char.IsAsciiDigit)) mistakes.Add(new("debit.account_wrong", DebitBatch.MaxBankAccount) { Field = "BankAccount" });
        if (string.IsNullOrWhiteSpace(c.Holder) || c.Holder.Length > DebitAgreement.MaxHolder) mistakes.Add(new("debit.holder_missing", DebitAgreement.MaxHolder) { Field = "Holder" });
        if (string.IsNullOrWhiteSpace(c.PaperNumber) || c.PaperNumber.Length > DebitAgreement.MaxPaper) mistakes.Add(new("debit.paper_missing", DebitAgreement.MaxPaper) { Field = "PaperNumber" });
        if (c.LimitFen is <= 0 or > DebitAgreement.MostLimitFen) mistakes.Add(new("debit.limit_wrong", new Money(DebitAgreement.MostLimitFen)) { Field = "Limit" });
        if (c.EndsOn < c.StartsOn) mistakes.Add(new("debit.days_wrong") { Field = "EndsOn" });
        Refused.IfAny(mistakes);
        var account = await db.BillingAccounts.SeenBy(current).SingleOrDefaultAsync(a => a.Number == c.AccountNumber, ct) ?? throw new Refused("account.not_found");
        var (bucket, id) = (account.Bucket, account.Id);
        var earlier = await db.DebitAgreements.Where(a => a.Bucket == bucket && a.AccountId == id).ToListAsync(ct);
        if (earlier.Find(a => a.State == DebitState.Active) is { } active) throw new Refused("debit.already_there", active.Number);
        var agreement = new DebitAgreement
        {
            Bucket = bucket, AccountId = id, Sequence = (short)(earlier.Count + 1), AccountNumber = account.Number, UnitPath = account.UnitPath, BankCode = c.BankCode, BankAccount = number,
            Holder = c.Holder.Trim(), LimitFen = c.LimitFen, PaperNumber = c.PaperNumber.Trim(), StartsOn = c.StartsOn, EndsOn = c.EndsOn, SignedByName = current.Name, SignedAtUtc = db.AtUtc,
        };
        db.Add(agreement);
        db.Subject = agreement.Number;
        db.Raise(new DebitAgreementMoved(id, agreement.Sequence, agreement.State));
        return agreement.Number;
    }, ct);
}

/// <summary>解除代扣: no batch asks for the account any more; what the bank was asked for already is answered all the same.</summary>
public sealed class EndDebit(Work work, Current current)
{
    [Needs("debits.sign")]
    public sealed record Command(Guid RequestId, long AccountId, short Sequence, string Reason) : ICommand;

    /// <exception cref="Refused">account.not_found; debit.not_found; debit.ended; debit.reason_missing</exception>
    public Task<DebitState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Reason) || c.Reason.Length > DebitAgreement.MaxReason, "Reason", "debit.reason_missing", DebitAgreement.MaxReason);
        var bucket = Books.BucketOf(c.AccountId);
        var agreement = await db.DebitAgreements.Hold(a => a.Bucket == bucket && a.AccountId == c.AccountId && a.Sequence == c.Sequence, orRefuse: "debit.not_found", ct);
        Refused.If(!current.Covers(agreement.UnitPath), "debit.not_found");
        agreement.End(current.Name, c.Reason.Trim(), db.AtUtc);
        db.Subject = agreement.Number;
        db.Raise(new DebitAgreementMoved(c.AccountId, c.Sequence, agreement.State));
        return agreement.State;
    }, ct);
}

/// <summary>A direct debit was agreed or ended.</summary>
public sealed record DebitAgreementMoved(long AccountId, short Sequence, DebitState State);
