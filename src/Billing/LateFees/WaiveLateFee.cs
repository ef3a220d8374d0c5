using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>减免违约金: gives up late fee that is due on a bill, by a right of its own and four eyes. Late fees stand in the books when they are paid, so nothing is posted.</summary>
public sealed class WaiveLateFee(Work work, Current current, LateFeeRules lateFees)
{
    /// <param name="Number">Number of the bill.</param>
    /// <param name="AmountFen">1 up to what is due today, 分.</param>
    /// <param name="Reason">1–<see cref="LateFeeWaiver.MaxReason"/> characters.</param>
    [Needs("latefee.waive")]
    [FourEyes("latefee.waive_approve")]
    public sealed record Command(Guid RequestId, string Number, long AmountFen, string Reason) : ICommand;

    /// <returns>Late fee still due.</returns>
    /// <exception cref="Refused">approval.needed; bill.not_found; bill.not_payable; bill.amount_not_positive; waiver.more_than_due; waiver.reason_missing</exception>
    public Task<Money> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Reason) || c.Reason.Length > LateFeeWaiver.MaxReason, "Reason", "waiver.reason_missing", LateFeeWaiver.MaxReason);
        var (bill, balance) = await db.HoldBillSeenBy(current, c.Number, ct);
        var today = DateOnly.FromDateTime(Shown.Local(db.AtUtc));
        bill.WaiveLateFee(new(c.AmountFen), today, lateFees);
        db.Add(new LateFeeWaiver { Bucket = bill.Bucket, AccountId = bill.AccountId, Period = bill.Period, Issue = bill.Issue, AmountFen = c.AmountFen, Reason = c.Reason.Trim(), AskedByName = current.Name, AtUtc = db.AtUtc });
        await AgreementEnds.Look(db, bill, ct);
        await balance.EndArrearsWhenClear(db, today, ct);
        db.Subject = bill.Number;
        db.Raise(new LateFeeWaived(bill.Number, c.AmountFen));
        return bill.LateFeeOn(today, lateFees);
    }, ct);
}

/// <summary>Late fee of a bill was given up.</summary>
public sealed record LateFeeWaived(string Number, long AmountFen);
