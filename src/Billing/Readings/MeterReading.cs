using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Customers;

namespace OpenHall.Billing;

/// <summary>First: when the meter was set. Cycle: the regular round. Estimated: nobody could read it. Final: on moving out.</summary>
public enum ReadingKind { First, Cycle, Estimated, Final }

/// <summary>Rule: estimated by the billing office's rule.</summary>
public enum ReadingSource { Import, Hand, Device, Rule }

/// <summary>抄表示数: what the register showed on a day. Rows are never changed: a correction is the next revision of the same
/// day and says which one it corrects. Register values are before the multiplier.</summary>
public sealed class MeterReading
{
    public short Bucket { get; init; }
    public long AccountId { get; init; }
    public DateOnly ReadOn { get; init; }
    /// <summary>0: as first entered; 1, 2 …: corrections. The highest counts.</summary>
    public short Revision { get; init; }
    public required string MeterNumber { get; init; }
    public ReadingKind Kind { get; init; }
    public ReadingSource Source { get; init; }
    /// <summary>Total register, Wh.</summary>
    public long TotalWh { get; init; }
    /// <summary>Registers by time-of-use band, Wh; null on a plain meter.</summary>
    public long? SharpWh { get; init; }
    public long? PeakWh { get; init; }
    public long? FlatWh { get; init; }
    public long? ValleyWh { get; init; }
    public long? DeepValleyWh { get; init; }
    /// <summary>最大需量: greatest demand since the round before, W; null: the meter does not measure it.</summary>
    public long? DemandW { get; init; }
    /// <summary>无功: reactive register, varh.</summary>
    public long? ReactiveVarh { get; init; }
    /// <summary>上网: register of the energy given to the grid, Wh.</summary>
    public long? FeedInWh { get; init; }
    /// <summary>The register passed its last digit since the reading before.</summary>
    public bool HasRolledOver { get; init; }
    /// <summary>Revision that this one corrects; null for the first.</summary>
    public short? Corrects { get; init; }
    /// <summary>Why it was corrected or let through against a warning.</summary>
    public string? Reason { get; init; }
    public Guid? ImportId { get; init; }
    public Guid? EnteredBy { get; init; }
    public DateTime EnteredAtUtc { get; init; }

    public static short BucketOf(long accountId) => BillingAccount.BucketOf(accountId);
}

sealed class MeterReadingMap : IEntityTypeConfiguration<MeterReading>
{
    public void Configure(EntityTypeBuilder<MeterReading> reading)
    {
        reading.ToTable("meter_readings").AccountSide().InsertOnly().HasKey(r => new { r.Bucket, r.AccountId, r.ReadOn, r.Revision });
        reading.Property(r => r.MeterNumber).HasMaxLength(30);
        reading.Property(r => r.Reason).HasMaxLength(200);
        reading.Check("bucket_of_account", "bucket = account_id % 1024");
        reading.Check("not_negative", "total_wh >= 0 and revision >= 0");
        reading.Check("correction_has_reason", "(corrects is null and revision = 0) or (corrects = revision - 1 and reason is not null)");
    }
}
