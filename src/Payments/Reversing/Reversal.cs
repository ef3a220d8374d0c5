using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>冲正: the document that takes a payment back whole. Points to it; one payment has one. Insert-only.</summary>
public sealed class Reversal
{
    public short Bucket { get; init; }
    public Guid PaymentId { get; init; }
    public long AccountId { get; init; }
    /// <summary>The payment's number with R before it.</summary>
    public required string Number { get; init; }
    public Guid HallId { get; init; }
    /// <summary>Null: the money came by a bank and went back there.</summary>
    public Guid? TillSessionId { get; init; }
    public BusinessDate BusinessDate { get; init; }
    public Guid ClerkId { get; init; }
    public required string ClerkName { get; init; }
    public long AmountFen { get; init; }
    public required string Reason { get; init; }
    public DateTime AtUtc { get; init; }
}

sealed class ReversalMap : IEntityTypeConfiguration<Reversal>
{
    public void Configure(EntityTypeBuilder<Reversal> reversal)
    {
        reversal.ToTable("reversals").AccountSide().InsertOnly().HasKey(r => new { r.Bucket, r.PaymentId });
        reversal.Property(r => r.Number).HasMaxLength(24);
        reversal.Property(r => r.ClerkName).HasMaxLength(60);
        reversal.Property(r => r.Reason).HasMaxLength(200);
        reversal.HasOne<Payment>().WithMany().HasForeignKey(r => new { r.Bucket, r.PaymentId });
        reversal.HasIndex(r => new { r.HallId, r.BusinessDate });
        reversal.Check("amount", "amount_fen > 0");
    }
}
