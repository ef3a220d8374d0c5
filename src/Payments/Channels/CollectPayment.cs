using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>A payment from the counter to its answer: written down, asked at the channel outside any transaction, then booked. Sent again with the same
/// request id it goes on where it was cut, and never asks the customer's money twice.</summary>
public sealed class CollectPayment(TakePayment take, SettleOrder settle, PaymentChannel channel, Lazy<HallDb> reading)
{
    public async Task<PaymentResult> Handle(TakePayment.Command c, CancellationToken ct = default)
    {
        var taken = await take.Handle(c, ct);
        if (taken.State != PaymentState.Pending) return taken;
        return await Settle(taken.AccountId, taken.PaymentId, isFirst: true, ct) with { ChangeFen = taken.ChangeFen };
    }

    /// <summary>Asks what became of a pending payment, and books it.</summary>
    /// <exception cref="Refused">payment.not_found</exception>
    public Task<PaymentResult> Check(long accountId, Guid paymentId, CancellationToken ct = default) => Settle(accountId, paymentId, isFirst: false, ct);

    private async Task<PaymentResult> Settle(long accountId, Guid paymentId, bool isFirst, CancellationToken ct)
    {
        var order = await reading.Value.ChannelOrders.Where(o => o.PaymentId == paymentId && o.AccountId == accountId && o.State == ChannelOrderState.Asked).OrderBy(o => o.Id).FirstOrDefaultAsync(ct);
        if (order is not null) await Ask(order, isFirst, ct);
        return await Result(accountId, paymentId, ct);
    }

    /// <summary>Asks one order and books the answer; unknown changes nothing.</summary>
    public async Task Ask(ChannelOrder order, bool isFirst, CancellationToken ct)
    {
        var result = order.Kind == ChannelOrderKind.GiveBack ? await channel.GiveBack(order.OfOrderId!.Value, order.Id, order.Channel, order.Amount, ct)
            : isFirst ? await channel.Charge(order.Id, order.Channel, order.Code, order.Amount, ct)
            : await channel.Query(order.Id, order.Channel, order.Code, order.AskedAtUtc, ct);
        if (result.Answer == ChannelAnswer.Unknown) return;
        await settle.Handle(new(RequestOf(order.Id), order.Id, result.Answer, result.Reference, result.Reason), ct);
    }

    private async Task<PaymentResult> Result(long accountId, Guid paymentId, CancellationToken ct)
    {
        var (db, bucket) = (reading.Value, Books.BucketOf(accountId));
        var payment = await db.Payments.SingleOrDefaultAsync(p => p.Bucket == bucket && p.AccountId == accountId && p.Id == paymentId, ct) ?? throw new Refused("payment.not_found");
        var change = await db.PaymentTenders.Where(t => t.Bucket == bucket && t.PaymentId == paymentId).SumAsync(t => t.ChangeFen, ct);
        var order = await db.ChannelOrders.Where(o => o.PaymentId == paymentId && o.Kind == ChannelOrderKind.Charge).Select(o => (Guid?)o.Id).FirstOrDefaultAsync(ct);
        return new(accountId, paymentId, payment.State, payment.Number, payment.ReceiptNumber, payment.AmountFen, change, payment.ToBalanceFen, payment.BalanceAfterFen ?? 0, order);
    }

    /// <summary>The settling of an order has one request id, made of the order's: however often the channel is asked, it is booked once.</summary>
    private static Guid RequestOf(Guid orderId) => new(SHA256.HashData([.. "settle"u8, .. orderId.ToByteArray(true)]).AsSpan(0, 16), true);
}
