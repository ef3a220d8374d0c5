using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Where the money of a payment is when it is taken back: on its bills, on those that replaced them, or on the balance, where adjustments put it.</summary>
/// <param name="Bills">Taken off bills.</param>
/// <param name="LateFees">Taken off late fees.</param>
/// <param name="FromBalance">Moved to the balance since: taken from there.</param>
/// <param name="MovedBy">Number of the document that moved it last; null: nothing was moved.</param>
sealed record MoneyBack(Money Bills, Money LateFees, Money FromBalance, string? MovedBy)
{
    /// <summary>Takes the shares of a payment off the account's bills, wherever they are now; the caller holds the balance row and takes the rest from it.</summary>
    /// <param name="number">Of the reversal: what left a bill otherwise than it came is written down under it.</param>
    /// <param name="on">Day on which it is booked.</param>
    /// <exception cref="Refused">bill.not_paid_so</exception>
    public static async Task<MoneyBack> Take(HallDb db, Payment payment, string number, BusinessDate on, CancellationToken ct)
    {
        var (bucket, account, day) = (payment.Bucket, payment.AccountId, payment.BusinessDate.Day);
        var back = new MoneyBack(Money.Zero, Money.Zero, Money.Zero, null);
        foreach (var share in await db.PaymentAllocations.Where(a => a.Bucket == bucket && a.AccountId == account && a.PaymentId == payment.Id).OrderBy(a => a.Period).ToListAsync(ct))
        {
            var issues = await db.CustomerBills.AsTracking().Where(b => b.Bucket == bucket && b.AccountId == account && b.Period == share.Period && b.Issue >= share.Issue).OrderBy(b => b.Issue).ToListAsync(ct);
            // What was paid on a bill that was replaced went over to the one in force.
            var (bill, inForce) = (issues[0], issues.Find(b => b.IsReleased || b.State == BillState.WrittenOff) ?? issues[0]);
            var left = inForce.LeftOf(new(share.AmountFen), new(share.LateFeeFen), day);
            if (left.Total > Money.Zero) inForce.Unsettle(left.Amount, left.LateFee, day);
            if (inForce.WrittenOffOn is not null && left.Amount > Money.Zero) WriteOffRecovery.Book(db, inForce, -left.Amount, number, on);
            if (inForce.AgreedIn is { } sequence && inForce.State == BillState.Issued) db.Raise(new AgreementUnpaid(account, sequence));
            var moved = new Money(share.AmountFen + share.LateFeeFen) - left.Total;
            if (bill != inForce)
            {
                Move(db, payment, bill, share.AmountFen, share.LateFeeFen, number);
                Move(db, payment, inForce, -left.Amount.Fen, -left.LateFee.Fen, number);
            }
            else
            {
                Move(db, payment, bill, share.AmountFen - left.Amount.Fen, share.LateFeeFen - left.LateFee.Fen, number);
            }

            back = back with { Bills = back.Bills + left.Amount, LateFees = back.LateFees + left.LateFee, FromBalance = back.FromBalance + moved };
            if (moved == Money.Zero) continue;
            var by = await db.PaidMoves.Where(m => m.Bucket == bucket && m.AccountId == account && m.Period == share.Period).OrderByDescending(m => m.AtUtc).Select(m => m.Reference).FirstOrDefaultAsync(ct);
            back = back with { MovedBy = by ?? throw new Refused("bill.not_paid_so", bill.Number) };
        }

        return back;
    }

    /// <summary>Takes from the balance what went there, with the payment or later, and gives back what the payment had spent of it.</summary>
    /// <exception cref="Refused">payment.balance_spent; payment.balance_spent_by (names the payment to reverse first)</exception>
    public async Task Settle(HallDb db, Payment payment, AccountBalance balance, CancellationToken ct)
    {
        var wanted = new Money(payment.ToBalanceFen) + FromBalance;
        balance.Credit(new(payment.FromBalanceFen));
        var missing = wanted - balance.Balance;
        if (missing > Money.Zero)
        {
            var (bucket, account, id) = (payment.Bucket, payment.AccountId, payment.Id);
            var spender = await db.Payments.Where(p => p.Bucket == bucket && p.AccountId == account && p.Id != id && p.State == PaymentState.Confirmed && p.FromBalanceFen > 0)
                .OrderByDescending(p => p.TakenAtUtc).Select(p => p.Number).FirstOrDefaultAsync(ct);
            if (spender is not null) throw new Refused("payment.balance_spent_by", wanted, balance.Balance, spender, missing, MovedBy ?? payment.Number);
            throw new Refused("payment.balance_spent", wanted, balance.Balance, missing, MovedBy ?? payment.Number);
        }

        balance.Spend(wanted);
    }

    private static void Move(HallDb db, Payment payment, CustomerBill bill, long fen, long lateFeeFen, string reference)
    {
        if (fen != 0 || lateFeeFen != 0)
            db.Add(new PaidMove { Bucket = bill.Bucket, AccountId = payment.AccountId, Period = bill.Period, Issue = bill.Issue, AmountFen = fen, LateFeeFen = lateFeeFen, Reference = reference, AtUtc = db.AtUtc });
    }
}
