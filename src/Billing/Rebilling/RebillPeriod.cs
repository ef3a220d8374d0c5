using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Ledger;
using Microsoft.EntityFrameworkCore;

namespace OpenHall.Billing;

/// <summary>退补: a released month is rated again from the readings and facts now in force, and the months after it that rest on it. A bill that comes out differently is cancelled for a new one,
/// to which the money paid goes over; what is too much goes to the account's balance.</summary>
public sealed class RebillPeriod(Work work, Current current, BillMaker maker, LineSources sources, LateFeeRules lateFees, BillingTerms terms)
{
    /// <param name="Period">First month, yyyymm.</param>
    /// <param name="ByPresentTariff">False: each bill keeps the tariff it was made by.</param>
    /// <param name="DifferenceFen">New less old over all bills, as the preview showed it: to this amount the other person agrees.</param>
    /// <param name="Reason">1–<see cref="BillReplacement.MaxReason"/> characters.</param>
    [Needs("bill.rebill")]
    [FourEyes("bill.rebill_approve")]
    public sealed record Command(Guid RequestId, string AccountNumber, int Period, bool ByPresentTariff, long DifferenceFen, string Reason) : ICommand;

    /// <param name="Numbers">New bills.</param>
    public sealed record Done(IReadOnlyList<string> Numbers, long DifferenceFen, long ToBalanceFen);

    /// <exception cref="Refused">approval.needed; account.not_found; period.wrong; rebill.reason_missing; rebill.no_bill; rebill.run_open; rebill.not_rated; rebill.too_often; rebill.nothing_changed; rebill.other_difference; agreement.binds_bill</exception>
    public Task<Done> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Reason) || c.Reason.Length > BillReplacement.MaxReason, "Reason", "rebill.reason_missing", BillReplacement.MaxReason);
        new BillingPeriod(c.Period).Checked();
        var account = await db.BillingAccounts.SeenBy(current).SingleOrDefaultAsync(a => a.Number == c.AccountNumber, ct) ?? throw new Refused("account.not_found");
        var (bucket, id) = (account.Bucket, account.Id);
        await BillRunGate.KeepShut(db, ct);
        // Whoever touches a bill's money or a reading holds the account first.
        var balance = await db.AccountBalances.Hold(b => b.Bucket == bucket && b.AccountId == id, orRefuse: "account.not_found", ct);
        var actId = Guid.CreateVersion7();
        var plan = await RebillPlan.Of(db, maker, account, c.Period, c.ByPresentTariff, actId, db.AtUtc, ct);
        Refused.If(plan.Count == 0, "rebill.nothing_changed", new BillingPeriod(c.Period));
        if (plan.FirstOrDefault(p => p.Old.AgreedIn is not null && p.Old.State == BillState.Issued) is { } bound) throw new Refused("agreement.binds_bill", bound.Old.Number);
        var difference = plan.Sum(p => p.Difference.Fen);
        Refused.If(difference != c.DifferenceFen, "rebill.other_difference", new Money(c.DifferenceFen), new Money(difference));

        await sources.Keep(db, plan.SelectMany(p => p.NewLines), ct);
        var toBalance = plan.Sum(p => Replace(db, p, balance, actId, c.Reason.Trim()).Fen);
        await balance.EndArrearsWhenClear(db, DateOnly.FromDateTime(Shown.Local(db.AtUtc)), ct);
        db.Subject = plan[0].New.Number;
        db.Raise(new PeriodRebilled(account.Number, c.Period, difference));
        return new Done([.. plan.Select(p => p.New.Number)], difference, toBalance);
    }, ct);

    /// <returns>What went to the balance.</returns>
    private Money Replace(HallDb db, Rebilled pair, AccountBalance balance, Guid actId, string reason)
    {
        var (old, now) = (pair.Old, pair.New);
        var today = DateOnly.FromDateTime(Shown.Local(db.AtUtc));
        var (paid, lateFee) = (old.PaidFen, old.LateFeePaidFen);
        var excess = old.ReplaceBy(now, today.AddDays(terms.DueDays), today, db.AtUtc, lateFees);
        balance.Credit(excess.Total);
        // What the old bill gave back comes off the balance again.
        if (now.AmountFen < 0) balance.Credit(-now.Amount);
        if (old.AmountFen < 0) balance.Spend(-old.Amount);
        db.Add(now);
        db.AddRange(pair.NewLines);
        Move(db, old, -paid, -lateFee, now.Number);
        Move(db, now, now.PaidFen, now.LateFeePaidFen, now.Number);
        db.Add(new BillReplacement
        {
            Bucket = old.Bucket, AccountId = old.AccountId, Period = old.Period, OldIssue = old.Issue, NewIssue = now.Issue, ActId = actId, OldAmountFen = old.AmountFen, NewAmountFen = now.AmountFen,
            PaidMovedFen = now.PaidFen, ToBalanceFen = excess.Amount.Fen, LateFeeBackFen = excess.LateFee.Fen, Reason = reason, AskedByName = current.Name, ApprovedByName = db.ApprovedByName() ?? "", AtUtc = db.AtUtc,
        });
        Book(db, old, now, excess, new BusinessDate(today));
        return excess.Total;
    }

    private static void Move(HallDb db, CustomerBill bill, long fen, long lateFeeFen, string reference)
    {
        if (fen != 0 || lateFeeFen != 0)
            db.Add(new PaidMove { Bucket = bill.Bucket, AccountId = bill.AccountId, Period = bill.Period, Issue = bill.Issue, AmountFen = fen, LateFeeFen = lateFeeFen, Reference = reference, AtUtc = db.AtUtc });
    }

    /// <summary>The old bill leaves the books, the new one enters them, and what was paid too much is owed to the account.</summary>
    private static void Book(HallDb db, CustomerBill old, CustomerBill now, ExcessPaid excess, BusinessDate on)
    {
        if (old.AmountFen != 0) db.PostToAccount(old.AccountId, BillBooks.Cancelled(old.Number, old.Amount, on));
        if (now.AmountFen != 0) db.PostToAccount(now.AccountId, BillBooks.Released(now.Number, now.Amount, on));
        if (excess.Total == Money.Zero) return;
        var lines = new List<Posting> { Posting.ToCredit(AccountCodes.CustomerBalance, excess.Total) };
        if (excess.Amount > Money.Zero) lines.Insert(0, Posting.ToDebit(AccountCodes.Receivable, excess.Amount));
        if (excess.LateFee > Money.Zero) lines.Insert(0, Posting.ToDebit(AccountCodes.LateFeeIncome, excess.LateFee));
        db.PostToAccount(now.AccountId, new JournalEntry("bill.excess", now.Number, on, lines));
    }
}

/// <summary>A month was billed anew.</summary>
public sealed record PeriodRebilled(string AccountNumber, int Period, long DifferenceFen);
