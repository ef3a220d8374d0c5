using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>已缴转出、转入: paid money that left a bill for the account's balance or came to it from the bill that it replaces. Never changed.
/// What a bill counts as paid is what payments allocated to it and its moves.</summary>
public sealed class PaidMove
{
    public short Bucket { get; init; }
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public long AccountId { get; init; }
    public int Period { get; init; }
    public short Issue { get; init; }
    /// <summary>Below 0: it left the bill.</summary>
    public long AmountFen { get; init; }
    /// <summary>The same of late fee.</summary>
    public long LateFeeFen { get; init; }
    /// <summary>Number of the adjustment or bill that moved it.</summary>
    public required string Reference { get; init; }
    public DateTime AtUtc { get; init; }
}

sealed class PaidMoveMap : IEntityTypeConfiguration<PaidMove>
{
    public void Configure(EntityTypeBuilder<PaidMove> move)
    {
        move.ToTable("paid_moves").AccountSide().InsertOnly().HasKey(m => new { m.Bucket, m.Id });
        move.Property(m => m.Reference).HasMaxLength(30);
        move.HasIndex(m => new { m.Bucket, m.AccountId, m.Period, m.Issue });
        move.HasOne<CustomerBill>().WithMany().HasForeignKey(m => new { m.Bucket, m.AccountId, m.Period, m.Issue });
        move.Check("bucket_of_account", "bucket = account_id % 1024");
        move.Check("moves_something", "amount_fen <> 0 or late_fee_fen <> 0");
    }
}
