using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Ok and Refused are final; Unknown is asked again until it is one of them.</summary>
public enum ChannelAnswer { Ok, Refused, Unknown }

/// <param name="Reference">The channel's own number of the act; known with Ok.</param>
/// <param name="Reason">Why it was refused, as the channel words it.</param>
public sealed record ChannelResult(ChannelAnswer Answer, string? Reference = null, string? Reason = null);

/// <summary>The seam to WeChat Pay, Alipay and the like. Every act carries our order id, so that asking again never takes money twice; an
/// implementation turns time-outs and cut lines into <see cref="ChannelAnswer.Unknown"/>, never into a guess.</summary>
public abstract class PaymentChannel
{
    /// <summary>Takes the money of the code that the customer shows.</summary>
    public abstract Task<ChannelResult> Charge(Guid orderId, TenderKind kind, string code, Money amount, CancellationToken ct);

    /// <summary>What became of an order; also of one that the channel has never heard of (Refused).</summary>
    public abstract Task<ChannelResult> Query(Guid orderId, TenderKind kind, string code, DateTime askedAtUtc, CancellationToken ct);

    /// <summary>Gives the money of an order back, whole.</summary>
    public abstract Task<ChannelResult> GiveBack(Guid orderId, Guid refundId, TenderKind kind, Money amount, CancellationToken ct);
}
