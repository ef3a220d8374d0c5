using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Float: to a clerk who has not opened yet. Supply: change into her open drawer. Drop: out of it. Takings: what she counted at the end.</summary>
public enum TransferKind { Float, Supply, Drop, Takings }

public enum TransferState { Offered, Confirmed, Withdrawn }

/// <summary>现金交接: money between safe and clerk. One person hands over, the other counts and confirms; only then it has moved.</summary>
public sealed class SafeTransfer
{
    private SafeTransfer() { }

    public SafeTransfer(Guid hallId, BusinessDate date, TransferKind kind, Guid clerkId, string clerkName, Guid? tillId, Money amount, Current by, DateTime atUtc) =>
        (HallId, BusinessDate, Kind, ClerkId, ClerkName, TillSessionId, AmountFen, OfferedBy, OfferedByName, OfferedAtUtc) = (hallId, date, kind, clerkId, clerkName, tillId, amount.Fen, by.UserId!.Value, by.Name, atUtc);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid HallId { get; private init; }
    public BusinessDate BusinessDate { get; private init; }
    public TransferKind Kind { get; private init; }
    public Guid ClerkId { get; private init; }
    public string ClerkName { get; private init; } = "";
    public Guid? TillSessionId { get; private init; }
    public long AmountFen { get; private init; }
    public TransferState State { get; private set; }
    public Guid OfferedBy { get; private init; }
    public string OfferedByName { get; private init; } = "";
    public DateTime OfferedAtUtc { get; private init; }
    public string? EndedByName { get; private set; }
    public DateTime? EndedAtUtc { get; private set; }
    /// <summary>Deposit that took these takings to the bank.</summary>
    public Guid? DepositId { get; private set; }

    public Money Amount => new(AmountFen);

    public bool ToClerk => Kind is TransferKind.Float or TransferKind.Supply;

    /// <exception cref="Refused">transfer.ended</exception>
    public void End(TransferState state, string byName, DateTime atUtc)
    {
        Refused.If(State != TransferState.Offered, "transfer.ended", EndedByName ?? "");
        (State, EndedByName, EndedAtUtc) = (state, byName, atUtc);
    }

    internal void GoesWith(Guid depositId) => DepositId = depositId;

    internal void StaysAgain() => DepositId = null;
}

sealed class SafeTransferMap : IEntityTypeConfiguration<SafeTransfer>
{
    public void Configure(EntityTypeBuilder<SafeTransfer> transfer)
    {
        transfer.ToTable("safe_transfers");
        transfer.Property(t => t.ClerkName).HasMaxLength(60);
        transfer.Property(t => t.OfferedByName).HasMaxLength(60);
        transfer.Property(t => t.EndedByName).HasMaxLength(60);
        transfer.Ignore(t => t.Amount).Ignore(t => t.ToClerk);
        transfer.HasIndex(t => new { t.HallId, t.State });
        transfer.HasIndex(t => t.TillSessionId);
        transfer.HasOne<Hall>().WithMany().HasForeignKey(t => t.HallId);
        transfer.HasOne<TillSession>().WithMany().HasForeignKey(t => t.TillSessionId);
        transfer.Check("amount", "amount_fen > 0");
        transfer.Check("till", "(kind = 'Float') = (till_session_id is null)");
        transfer.Check("ended", "(state = 'Offered') = (ended_at_utc is null)");
    }
}
