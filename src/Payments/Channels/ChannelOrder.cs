using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Payments;

public enum ChannelOrderKind { Charge, GiveBack }

/// <summary>Asked: sent, or about to be; the answer is not known. Ok and Refused are what the channel said.</summary>
public enum ChannelOrderState { Asked, Ok, Refused }

/// <summary>What is asked of a payment channel, written down before it is asked. While one is unanswered its till can't close.</summary>
public sealed class ChannelOrder
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public ChannelOrderKind Kind { get; init; }
    public TenderKind Channel { get; init; }
    public Guid HallId { get; init; }
    public Guid TillSessionId { get; init; }
    public long AccountId { get; init; }
    public Guid PaymentId { get; init; }
    /// <summary>Of a giving back: the order that took the money.</summary>
    public Guid? OfOrderId { get; init; }
    public long AmountFen { get; init; }
    /// <summary>The code shown; it lives a minute and is worth nothing afterwards.</summary>
    public required string Code { get; init; }
    public DateTime AskedAtUtc { get; init; }
    public ChannelOrderState State { get; private set; }
    public string? Reference { get; private set; }
    public string? Reason { get; private set; }
    public DateTime? AnsweredAtUtc { get; private set; }

    public Money Amount => new(AmountFen);

    /// <exception cref="Refused">payment.already_settled</exception>
    public void Answer(ChannelResult result, DateTime atUtc)
    {
        Refused.If(State != ChannelOrderState.Asked, "payment.already_settled", Reference ?? "");
        State = result.Answer == ChannelAnswer.Ok ? ChannelOrderState.Ok : ChannelOrderState.Refused;
        (Reference, Reason, AnsweredAtUtc) = (result.Reference, result.Reason, atUtc);
    }
}

sealed class ChannelOrderMap : IEntityTypeConfiguration<ChannelOrder>
{
    public void Configure(EntityTypeBuilder<ChannelOrder> order)
    {
        order.ToTable("channel_orders");
        order.Property(o => o.Code).HasMaxLength(32);
        order.Property(o => o.Reference).HasMaxLength(Tendering.MaxReference);
        order.Property(o => o.Reason).HasMaxLength(200);
        order.Ignore(o => o.Amount);
        order.HasIndex(o => new { o.TillSessionId, o.State });
        order.HasIndex(o => new { o.State, o.AskedAtUtc });
        order.HasIndex(o => o.PaymentId);
        order.HasOne<TillSession>().WithMany().HasForeignKey(o => o.TillSessionId);
        order.Check("amount", "amount_fen > 0");
        order.Check("answered", "(state = 'Asked') = (answered_at_utc is null)");
    }
}
