using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>催费记录: an account reached a step of the ladder. Never changed; one an account, episode of arrears and step.</summary>
public sealed class ArrearsNotice
{
    public short Bucket { get; init; }
    public long AccountId { get; init; }
    /// <summary>Counts an account's times in arrears, from 1.</summary>
    public int Episode { get; init; }
    /// <summary>1: the first step of the episode.</summary>
    public short Step { get; init; }
    /// <summary>Code of the step in the packs.</summary>
    public required string Code { get; init; }
    public ArrearsStepKind Kind { get; init; }
    /// <summary>Business day on which it was reached.</summary>
    public DateOnly Day { get; init; }
    public DateOnly OldestDue { get; init; }
    public short Bills { get; init; }
    public long OwingFen { get; init; }
    public long LateFeeFen { get; init; }
    public DateTime AtUtc { get; init; }

    public Money Total => new(OwingFen + LateFeeFen);
}

sealed class ArrearsNoticeMap : IEntityTypeConfiguration<ArrearsNotice>
{
    public void Configure(EntityTypeBuilder<ArrearsNotice> notice)
    {
        notice.ToTable("arrears_notices").AccountSide().InsertOnly().HasKey(n => new { n.Bucket, n.AccountId, n.Episode, n.Step });
        notice.Ignore(n => n.Total);
        notice.Property(n => n.Code).HasMaxLength(ArrearsLadder.MostCodeLength);
        notice.Check("bucket_of_account", "bucket = account_id % 1024");
        notice.Check("owing", "owing_fen >= 0 and late_fee_fen >= 0 and bills > 0 and episode > 0 and step > 0 and oldest_due < day");
    }
}
