using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>退补: one bill was cancelled for another that was rated anew; both are kept. Never changed. The replacements of one act share the act's number.</summary>
public sealed class BillReplacement
{
    public const int MaxReason = 200;

    public short Bucket { get; init; }
    public long AccountId { get; init; }
    public int Period { get; init; }
    public short OldIssue { get; init; }
    public short NewIssue { get; init; }
    /// <summary>The act, which is the new bill's run.</summary>
    public Guid ActId { get; init; }
    /// <summary>What the old bill asked for when it was cancelled.</summary>
    public long OldAmountFen { get; init; }
    public long NewAmountFen { get; init; }
    /// <summary>Paid on the old bill, now on the new one.</summary>
    public long PaidMovedFen { get; init; }
    /// <summary>Paid beyond the new bill, now on the account's balance.</summary>
    public long ToBalanceFen { get; init; }
    /// <summary>Late fee paid beyond what the new bill costs, now on the account's balance.</summary>
    public long LateFeeBackFen { get; init; }
    public required string Reason { get; init; }
    public required string AskedByName { get; init; }
    public required string ApprovedByName { get; init; }
    public DateTime AtUtc { get; init; }

    public BillKey Old => new(AccountId, Period, OldIssue);
    public BillKey New => new(AccountId, Period, NewIssue);
    public Money Difference => new(NewAmountFen - OldAmountFen);
    public Money ToBalance => new(ToBalanceFen + LateFeeBackFen);
}

sealed class BillReplacementMap : IEntityTypeConfiguration<BillReplacement>
{
    public void Configure(EntityTypeBuilder<BillReplacement> replacement)
    {
        replacement.ToTable("bill_replacements").AccountSide().InsertOnly().HasKey(r => new { r.Bucket, r.AccountId, r.Period, r.NewIssue });
        replacement.Ignore(r => r.Old).Ignore(r => r.New).Ignore(r => r.Difference).Ignore(r => r.ToBalance);
        replacement.Property(r => r.Reason).HasMaxLength(BillReplacement.MaxReason);
        replacement.Property(r => r.AskedByName).HasMaxLength(60);
        replacement.Property(r => r.ApprovedByName).HasMaxLength(60);
        // A bill is replaced once.
        replacement.HasIndex(r => new { r.Bucket, r.AccountId, r.Period, r.OldIssue }).IsUnique();
        replacement.HasOne<CustomerBill>().WithMany().HasForeignKey(r => new { r.Bucket, r.AccountId, r.Period, r.OldIssue });
        replacement.HasOne<CustomerBill>().WithMany().HasForeignKey(r => new { r.Bucket, r.AccountId, r.Period, r.NewIssue });
        replacement.Check("bucket_of_account", "bucket = account_id % 1024");
        replacement.Check("issues", "new_issue > old_issue and paid_moved_fen >= 0 and to_balance_fen >= 0 and late_fee_back_fen >= 0");
    }
}
