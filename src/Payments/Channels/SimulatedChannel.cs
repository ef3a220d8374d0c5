using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>The channel of demo and tests. It has no memory: the last two digits of the code say what happens, so that it answers the same after a
/// restart. 01: refused. 02: unknown at first, then ok. 03: unknown at first, then refused. 04: unknown for a minute, then ok.
/// All others: ok.</summary>
public sealed class SimulatedChannel(TimeProvider clock) : PaymentChannel
{
    private static readonly TimeSpan LongUnknown = TimeSpan.FromMinutes(1);

    public override Task<ChannelResult> Charge(Guid orderId, TenderKind kind, string code, Money amount, CancellationToken ct) =>
        Task.FromResult(code[^2..] switch
        {
            "01" => new ChannelResult(ChannelAnswer.Refused, Reason: "NOTENOUGH"),
            "02" or "03" or "04" => new ChannelResult(ChannelAnswer.Unknown),
            _ => Ok(orderId),
        });

    public override Task<ChannelResult> Query(Guid orderId, TenderKind kind, string code, DateTime askedAtUtc, CancellationToken ct) =>
        Task.FromResult(code[^2..] switch
        {
            "01" or "03" => new ChannelResult(ChannelAnswer.Refused, Reason: "USERCANCELLED"),
            "04" when clock.GetUtcNow().UtcDateTime - askedAtUtc < LongUnknown => new ChannelResult(ChannelAnswer.Unknown),
            _ => Ok(orderId),
        });

    public override Task<ChannelResult> GiveBack(Guid orderId, Guid refundId, TenderKind kind, Money amount, CancellationToken ct) => Task.FromResult(Ok(refundId));

    private static ChannelResult Ok(Guid id) => new(ChannelAnswer.Ok, "SIM" + id.ToString("N")[^16..].ToUpperInvariant());
}
