using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>违约金减免: late fee that was given up, by whom and why. Never changed.</summary>
public sealed class LateFeeWaiver
{
    public const int MaxReason = 200;

    public short Bucket { get; init; }
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public long AccountId { get; init; }
    public int Period { get; init; }
    public short Issue { get; init; }
    public long AmountFen { get; init; }
    public required string Reason { get; init; }
    public required string AskedByName { get; init; }
    public DateTime AtUtc { get; init; }
}

sealed class LateFeeWaiverMap : IEntityTypeConfiguration<LateFeeWaiver>
{
    public void Configure(EntityTypeBuilder<LateFeeWaiver> waiver)
    {
        waiver.ToTable("late_fee_waivers").AccountSide().InsertOnly().HasKey(w => new { w.Bucket, w.Id });
        waiver.Property(w => w.Reason).HasMaxLength(LateFeeWaiver.MaxReason);
        waiver.Property(w => w.AskedByName).HasMaxLength(60);
        waiver.HasIndex(w => new { w.Bucket, w.AccountId, w.Period, w.Issue });
        waiver.HasOne<CustomerBill>().WithMany().HasForeignKey(w => new { w.Bucket, w.AccountId, w.Period, w.Issue });
        waiver.Check("bucket_of_account", "bucket = account_id % 1024");
        waiver.Check("positive", "amount_fen > 0");
    }
}
