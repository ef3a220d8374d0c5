using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;
using OpenHall.Vouchers;

namespace OpenHall.Payments;

/// <summary>冲正: takes a payment of the same shift back whole, by a right of its own and four eyes. Bills are owed again, the money goes back the way it came,
/// the receipt is void with the reason. Nothing is deleted.</summary>
public sealed class ReversePayment(Work work, Current current, LateFeeRules lateFees)
{
    public const int MaxReason = 200;

    [Needs("payments.reverse")]
    [FourEyes("payments.reverse_approve")]
    public sealed record Command(Guid RequestId, long AccountId, Guid PaymentId, string Reason) : ICommand;

    /// <param name="CashBackFen">To hand back from the drawer.</param>
    public sealed record Reversed(string Number, long AmountFen, long CashBackFen);

    /// <exception cref="Refused">approval.needed; payment.not_found; payment.other_shift; payment.by_bank; payment.already_reversed; payment.not_confirmed;
    /// payment.balance_spent; payment.balance_spent_by; payment.reason_missing; till.closed; till.not_yours</exception>
    public Task<Reversed> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Reason) || c.Reason.Length > MaxReason, "Reason", "payment.reason_missing", MaxReason);
        var bucket = Books.BucketOf(c.AccountId);
        var found = await db.Payments.SingleOrDefaultAsync(p => p.Bucket == bucket && p.AccountId == c.AccountId && p.Id == c.PaymentId, ct) ?? throw new Refused("payment.not_found");
        Refused.If(found.TillSessionId is null, "payment.by_bank", found.Number);
        var till = await db.TillSessions.Hold(t => t.Id == found.TillSessionId, orRefuse: "till.not_found", ct);
        Refused.If(till.ClerkId != current.UserId, "till.not_yours", till.ClerkName);
        Refused.If(till.State == TillState.Closed, "payment.other_shift", found.Number);
        var account = await AccountMoney.Hold(db, c.AccountId, lateFees, till.BusinessDate, ct);
        var payment = await db.Payments.Hold(p => p.Bucket == bucket && p.Id == c.PaymentId, orRefuse: "payment.not_found", ct);
        payment.Reverse();

        var number = "R" + payment.Number;
        var back = await MoneyBack.Take(db, payment, number, till.BusinessDate, ct);
        await back.Settle(db, payment, account.Balance, ct);
        await account.Balance.ResumeArrearsWhenOwed(db, till.BusinessDate.Day, ct);
        if (account.Balance.IsPrepaid) db.Raise(PrepaidMoneyMoved.Now(db, account.Balance));
        var tenders = await db.PaymentTenders.Where(t => t.Bucket == bucket && t.PaymentId == payment.Id).OrderBy(t => t.Line).ToListAsync(ct);
        var moved = tenders.Select(t => (t.Kind, t.Amount)).ToList();
        var reason = c.Reason.Trim();
        db.Add(new Reversal
        {
            Bucket = bucket, PaymentId = payment.Id, AccountId = payment.AccountId, Number = number, HallId = till.HallId, TillSessionId = till.Id, BusinessDate = till.BusinessDate,
            ClerkId = till.ClerkId, ClerkName = till.ClerkName, AmountFen = payment.AmountFen, Reason = reason, AtUtc = db.AtUtc,
        });
        Booking.Move(db, till, MovementKind.Reversal, number, moved);
        if (payment.MoneyIn > Money.Zero) db.Post(Booking.HallSide("payment", payment.Number, till.BusinessDate, moved).Reversed("reversal", number, till.BusinessDate), till.HallId);
        db.PostToAccount(payment.AccountId, Booking.AccountBack("reversal", number, payment, back, till.BusinessDate), till.HallId);
        if (payment.ReceiptNumber is { } receiptNumber)
            (await db.Receipts.Hold(r => r.Number == receiptNumber, orRefuse: "receipt.not_found", ct)).Void(reason, current.Name, db.AtUtc);
        await AskMoneyBack(db, payment, till, ct);
        db.Subject = number;
        db.Raise(new PaymentReversed(payment.AccountId, payment.Id, number, payment.AmountFen));
        return new Reversed(number, payment.AmountFen, moved.Where(m => m.Kind == TenderKind.Cash).Sum(m => m.Amount.Fen));
    }, ct);

    /// <summary>Written down here, asked after the commit, and asked again until the channel has answered.</summary>
    private static async Task AskMoneyBack(HallDb db, Payment payment, TillSession till, CancellationToken ct)
    {
        foreach (var order in await db.ChannelOrders.Where(o => o.PaymentId == payment.Id && o.Kind == ChannelOrderKind.Charge && o.State == ChannelOrderState.Ok).ToListAsync(ct))
        {
            db.Add(new ChannelOrder
            {
                Kind = ChannelOrderKind.GiveBack, Channel = order.Channel, HallId = till.HallId, TillSessionId = till.Id, AccountId = payment.AccountId, PaymentId = payment.Id,
                OfOrderId = order.Id, AmountFen = order.AmountFen, Code = order.Code, AskedAtUtc = db.AtUtc,
            });
        }
    }
}

public sealed record PaymentReversed(long AccountId, Guid PaymentId, string Number, long AmountFen);
