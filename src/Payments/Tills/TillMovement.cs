using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Cash, bank card (reference of the slip), WeChat and Alipay (code, asked at the channel), the account's own balance.</summary>
public enum TenderKind { Cash, Card, WeChat, Alipay, Balance, DirectDebit }

/// <summary>Drop: to the safe; Supply: change from it.</summary>
public enum MovementKind { Payment, Reversal, Drop, Supply }

/// <summary>Money that came into or left a session, one line a tender. Insert-only.</summary>
public sealed class TillMovement
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid TillSessionId { get; init; }
    public Guid HallId { get; init; }
    public BusinessDate BusinessDate { get; init; }
    public MovementKind Kind { get; init; }
    public TenderKind Tender { get; init; }
    /// <summary>Above 0 in, below 0 out.</summary>
    public long AmountFen { get; init; }
    public required string Reference { get; init; }
    public DateTime AtUtc { get; init; }
}

/// <summary>What was counted: pieces of one denomination, at opening (turn 0) or at the nth handing-in. Insert-only.</summary>
public sealed class TillCount
{
    public Guid TillSessionId { get; init; }
    public short Turn { get; init; }
    public int WorthFen { get; init; }
    public int Pieces { get; init; }
}

sealed class TillMovementMap : IEntityTypeConfiguration<TillMovement>
{
    public void Configure(EntityTypeBuilder<TillMovement> movement)
    {
        movement.ToTable("till_movements").InsertOnly().HasKey(m => new { m.TillSessionId, m.Id });
        movement.Property(m => m.Reference).HasMaxLength(60);
        movement.HasIndex(m => new { m.HallId, m.BusinessDate });
        movement.HasOne<TillSession>().WithMany().HasForeignKey(m => m.TillSessionId);
        movement.Check("sign", "(kind in ('Payment', 'Supply') and amount_fen > 0) or (kind in ('Reversal', 'Drop') and amount_fen < 0)");
        movement.Check("tender", "tender <> 'Balance'");
    }
}

sealed class TillCountMap : IEntityTypeConfiguration<TillCount>
{
    public void Configure(EntityTypeBuilder<TillCount> count)
    {
        count.ToTable("till_counts").InsertOnly().HasKey(c => new { c.TillSessionId, c.Turn, c.WorthFen });
        count.HasOne<TillSession>().WithMany().HasForeignKey(c => c.TillSessionId);
        count.Check("figures", "turn >= 0 and worth_fen > 0 and pieces >= 0");
    }
}
