using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>One priced row of a bill, as rated: quantity × price, with the tier it fell in. Never changed.</summary>
public sealed class BillLine
{
    public short Bucket { get; init; }
    public long AccountId { get; init; }
    public int Period { get; init; }
    public short Issue { get; init; }
    /// <summary>Place on the bill, from 1.</summary>
    public short LineNumber { get; init; }
    /// <summary><see cref="BillLineSource"/> that says what the line is and where its price stands.</summary>
    public long SourceId { get; init; }
    /// <summary>Limits of the tier for this bill; null where the line has none.</summary>
    public long? TierFromWh { get; init; }
    public long? TierUpToWh { get; init; }
    /// <summary>Millionths of the source's unit.</summary>
    public long QuantityMicro { get; init; }
    /// <summary>Hundred-millionths of a yuan per unit.</summary>
    public long PriceE8 { get; init; }
    public long AmountFen { get; init; }
    /// <summary>How a derived figure came about: JSON array of {Key, Value, Unit}; null when it is plain.</summary>
    public string? Steps { get; init; }

    public decimal Quantity => QuantityMicro / 1_000_000m;
    public decimal Price => PriceE8 / 100_000_000m;
    public Money Amount => new(AmountFen);
}

/// <summary>What does not change from bill to bill: kind, tier, band, unit, notice of a line. Made once per tariff version, kept as long as its bills.</summary>
public sealed class BillLineSource
{
    /// <summary>First 63 bits of the content's SHA-256.</summary>
    public long Id { get; init; }
    /// <summary>A LineSource of Rating as JSON.</summary>
    public required string Content { get; init; }
}

sealed class BillLineMap : IEntityTypeConfiguration<BillLine>
{
    public void Configure(EntityTypeBuilder<BillLine> line)
    {
        line.ToTable("bill_lines").AccountSide().InsertOnly().HasKey(l => new { l.Bucket, l.AccountId, l.Period, l.Issue, l.LineNumber });
        line.Property(l => l.Steps).HasMaxLength(1000);
        line.Ignore(l => l.Quantity).Ignore(l => l.Price).Ignore(l => l.Amount);
        // Written with its bill and never changed: no foreign key, which costs a run more than the row itself; verify looks for lines without a bill.
    }
}

sealed class BillLineSourceMap : IEntityTypeConfiguration<BillLineSource>
{
    public void Configure(EntityTypeBuilder<BillLineSource> source)
    {
        source.ToTable("bill_line_sources").InsertOnly();
        source.Property(s => s.Id).ValueGeneratedNever();
        source.Property(s => s.Content).HasMaxLength(2000);
    }
}
