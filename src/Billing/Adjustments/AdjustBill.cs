using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Ledger;

namespace OpenHall.Billing;

/// <summary>账单调整: lowers or raises what one released bill asks for, by a right of its own and four eyes. What was paid beyond the lowered amount goes to the account's balance.</summary>
public sealed class AdjustBill(Work work, Current current, LateFeeRules lateFees, BillingTerms terms)
{
    /// <param name="Number">Number of the bill.</param>
    /// <param name="AmountFen">1 or more, 分; a credit is never more than the bill asks for.</param>
    /// <param name="Note">What it rests on, 1–<see cref="BillAdjustment.MaxNote"/> characters.</param>
    [Needs("bill.adjust")]
    [FourEyes("bill.adjust_approve")]
    public sealed record Command(Guid RequestId, string Number, AdjustmentKind Kind, long AmountFen, AdjustmentReason Reason, string Note) : ICommand
    {
        internal Money Change => Kind == AdjustmentKind.Credit ? new(-AmountFen) : new(AmountFen);
    }

    /// <param name="Number">Number of the adjustment.</param>
    /// <param name="AmountFen">What the bill asks for now.</param>
    /// <param name="ToBalanceFen">What went to the account's balance, late fee included.</param>
    public sealed record Adjusted(string Number, long AmountFen, long ToBalanceFen);

    /// <exception cref="Refused">approval.needed; bill.not_found; adjustment.amount_wrong; adjustment.reason_missing; adjustment.note_missing; adjustment.not_released; adjustment.below_zero; adjustment.too_many; agreement.binds_bill</exception>
    public Task<Adjusted> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(c.AmountFen is <= 0 or > MoneyText.MaxFen, "Amount", "adjustment.amount_wrong");
        Refused.IfField(!Enum.IsDefined(c.Reason) || !Enum.IsDefined(c.Kind), "Reason", "adjustment.reason_missing");
        Refused.IfField(string.IsNullOrWhiteSpace(c.Note) || c.Note.Length > BillAdjustment.MaxNote, "Note", "adjustment.note_missing", BillAdjustment.MaxNote);
        var (bill, balance) = await db.HoldBillSeenBy(current, c.Number, ct);
        Refused.If(c.Kind == AdjustmentKind.Debit && bill.AgreedIn is not null, "agreement.binds_bill", bill.Number);
        var (adjustment, excess) = await Book(db, bill, balance, c.Change, c.Reason, c.Note.Trim(), ct);
        db.Subject = adjustment.Number;
        db.Raise(new BillAdjusted(bill.Number, adjustment.AmountFen));
        return new Adjusted(adjustment.Number, bill.AmountFen, excess.Total.Fen);
    }, ct);

    /// <summary>Writes an adjustment of a bill that is held with its balance, inside a command that has asked for the right to it.</summary>
    /// <exception cref="Refused">adjustment.not_released; adjustment.below_zero; adjustment.too_many</exception>
    internal async Task<(BillAdjustment Adjustment, ExcessPaid Excess)> Book(HallDb db, CustomerBill bill, AccountBalance balance, Money change, AdjustmentReason reason, string note, CancellationToken ct)
    {
        var (bucket, id, period, issue) = (bill.Bucket, bill.AccountId, bill.Period, bill.Issue);
        var earlier = await db.BillAdjustments.CountAsync(a => a.Bucket == bucket && a.AccountId == id && a.Period == period && a.Issue == issue, ct);
        Refused.If(earlier >= BillAdjustment.MostOfABill, "adjustment.too_many", bill.Number, earlier);

        var today = DateOnly.FromDateTime(Shown.Local(db.AtUtc));
        var payBy = today.AddDays(terms.DueDays);
        var before = bill.AmountFen;
        var excess = bill.Adjust(change, payBy, today, lateFees);
        balance.Credit(excess.Total);
        var adjustment = new BillAdjustment
        {
            Bucket = bucket, AccountId = id, Period = period, Issue = issue, Sequence = (short)(earlier + 1), AmountFen = change.Fen, BeforeFen = before, AfterFen = bill.AmountFen,
            ToBalanceFen = excess.Amount.Fen, LateFeeBackFen = excess.LateFee.Fen, PayBy = change > Money.Zero ? payBy : null, Reason = reason, Note = note,
            AskedBy = current.UserId, AskedByName = current.Name, ApprovedByName = db.ApprovedByName() ?? "", AtUtc = db.AtUtc,
        };
        db.Add(adjustment);
        if (excess.Total > Money.Zero)
            db.Add(new PaidMove { Bucket = bucket, AccountId = id, Period = period, Issue = issue, AmountFen = -excess.Amount.Fen, LateFeeFen = -excess.LateFee.Fen, Reference = adjustment.Number, AtUtc = db.AtUtc });
        db.PostToAccount(id, Entry(adjustment, excess, new BusinessDate(today)));
        await AgreementEnds.Look(db, bill, ct);
        await balance.EndArrearsWhenClear(db, today, ct);
        return (adjustment, excess);
    }

    /// <summary>A credit takes revenue back from what is owed, and what was paid already goes to the balance; a debit is as a bill.</summary>
    private static JournalEntry Entry(BillAdjustment adjustment, ExcessPaid excess, BusinessDate on)
    {
        if (adjustment.Kind == AdjustmentKind.Debit)
            return new("bill.adjustment", adjustment.Number, on, Posting.ToDebit(AccountCodes.Receivable, adjustment.Amount), Posting.ToCredit(AccountCodes.Revenue, adjustment.Amount));
        var owedLess = -adjustment.Amount - excess.Amount;
        var lines = new List<Posting> { Posting.ToDebit(AccountCodes.Revenue, -adjustment.Amount) };
        if (excess.LateFee > Money.Zero) lines.Add(Posting.ToDebit(AccountCodes.LateFeeIncome, excess.LateFee));
        if (owedLess > Money.Zero) lines.Add(Posting.ToCredit(AccountCodes.Receivable, owedLess));
        if (excess.Total > Money.Zero) lines.Add(Posting.ToCredit(AccountCodes.CustomerBalance, excess.Total));
        return new("bill.adjustment", adjustment.Number, on, lines);
    }
}

/// <summary>What a bill asks for was lowered or raised.</summary>
public sealed record BillAdjusted(string Number, long AmountFen);
