using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Books what a channel answered. No endpoint of its own: only <see cref="CollectPayment"/> calls it, with the channel's word.</summary>
public sealed class SettleOrder(Work work, LateFeeRules lateFees)
{
    [Needs("payments.take")]
    public sealed record Command(Guid RequestId, Guid OrderId, ChannelAnswer Answer, string? Reference, string? Reason) : ICommand;

    /// <exception cref="Refused">payment.not_found; payment.already_settled; receipt_book.*</exception>
    public Task<Guid> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var asked = await db.ChannelOrders.SingleOrDefaultAsync(o => o.Id == c.OrderId, ct) ?? throw new Refused("payment.not_found");
        var till = await db.TillSessions.Hold(t => t.Id == asked.TillSessionId, orRefuse: "till.not_found", ct);
        db.HallOfCommand = till.HallId;
        var book = await Booking.HoldBook(db, till, ct);
        var account = await AccountMoney.Hold(db, asked.AccountId, lateFees, till.BusinessDate, ct);
        var order = await db.ChannelOrders.Hold(o => o.Id == c.OrderId, orRefuse: "payment.not_found", ct);
        // Two askers may hear the same answer; the first has booked it.
        if (order.State != ChannelOrderState.Asked) return order.PaymentId;
        order.Answer(new(c.Answer, c.Reference, c.Reason), db.AtUtc);
        var payment = await db.Payments.AsTracking().SingleAsync(p => p.Bucket == Books.BucketOf(asked.AccountId) && p.Id == asked.PaymentId, ct);
        db.Subject = payment.Number;
        if (order.Kind == ChannelOrderKind.GiveBack) return payment.Id;
        if (c.Answer == ChannelAnswer.Refused)
        {
            payment.Fail(c.Reason ?? "");
            db.Raise(new PaymentFailed(payment.AccountId, payment.Id));
            return payment.Id;
        }

        var tenders = await db.PaymentTenders.Where(t => t.Bucket == payment.Bucket && t.PaymentId == payment.Id).OrderBy(t => t.Line).ToListAsync(ct);
        // What was ticked may have been paid by somebody else meanwhile: then the money goes to the balance, never twice to a bill.
        var chosen = payment.ChosenBills;
        var dues = chosen.Count == 0 && !payment.IsPartPaid ? account.Dues : account.Dues.Where(d => chosen.Contains(d.Bill.Key) || payment.IsPartPaid && d.Bill.AgreedIn is not null);
        IReadOnlyList<Due> revived = await account.Revived(db, chosen, ct);
        dues = dues.Concat(revived);
        Booking.Book(db, payment, [.. tenders.Select(t => (t.Kind, t.Amount))], Spread.Of(dues, payment.Amount, await account.DueParts(db, till.BusinessDate, ct), payment.IsPartPaid), account, till, book);
        return payment.Id;
    }, ct);
}

/// <summary>The channel refused: nothing was booked.</summary>
public sealed record PaymentFailed(long AccountId, Guid PaymentId);
