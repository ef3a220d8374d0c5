using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>A line of the hall's own books: cash, bank, channels, short/over, and the clearing account towards the customers' side.</summary>
public sealed class JournalLine
{
    public Guid EntryId { get; init; }
    public short LineNumber { get; init; }
    public Guid HallId { get; init; }
    public BusinessDate BusinessDate { get; init; }
    public required string Kind { get; init; }
    public required string Reference { get; init; }
    public required string Account { get; init; }
    public string? Sub { get; init; }
    public long DebitFen { get; init; }
    public long CreditFen { get; init; }
    public DateTime WrittenAtUtc { get; init; }
}

/// <summary>A line of the customers' side: what accounts owe, their balances, revenue by account, and the clearing account.</summary>
public sealed class AccountJournalLine
{
    public short Bucket { get; init; }
    public Guid EntryId { get; init; }
    public short LineNumber { get; init; }
    public long AccountId { get; init; }
    /// <summary>Hall at whose counter it happened; null: no hall (a bill run).</summary>
    public Guid? HallId { get; init; }
    public BusinessDate BusinessDate { get; init; }
    public required string Kind { get; init; }
    public required string Reference { get; init; }
    public required string Account { get; init; }
    public string? Sub { get; init; }
    public long DebitFen { get; init; }
    public long CreditFen { get; init; }
    public DateTime WrittenAtUtc { get; init; }
}

sealed class JournalLineMap : IEntityTypeConfiguration<JournalLine>
{
    public void Configure(EntityTypeBuilder<JournalLine> line)
    {
        // In the order in which a day is asked for: no second tree that every payment writes to.
        line.ToTable("journal_lines").InsertOnly().HasKey(l => new { l.HallId, l.BusinessDate, l.EntryId, l.LineNumber });
        line.Property(l => l.Kind).HasMaxLength(Books.KindLength);
        line.Property(l => l.Reference).HasMaxLength(Books.ReferenceLength);
        line.Property(l => l.Account).HasMaxLength(Books.CodeLength);
        line.Property(l => l.Sub).HasMaxLength(Books.SubLength);
        line.Check("one_side", Books.OneSide);
    }
}

sealed class AccountJournalLineMap : IEntityTypeConfiguration<AccountJournalLine>
{
    public void Configure(EntityTypeBuilder<AccountJournalLine> line)
    {
        line.ToTable("account_journal_lines").InsertOnly().AccountSide().HasKey(l => new { l.Bucket, l.AccountId, l.EntryId, l.LineNumber });
        line.Property(l => l.Kind).HasMaxLength(Books.KindLength);
        line.Property(l => l.Reference).HasMaxLength(Books.ReferenceLength);
        line.Property(l => l.Account).HasMaxLength(Books.CodeLength);
        line.Property(l => l.Sub).HasMaxLength(Books.SubLength);
        // The key finds an account's lines; a bill run's, which are of no hall, stand in no other tree.
        line.HasIndex(l => new { l.HallId, l.BusinessDate, l.Account }).HasFilter("hall_id is not null");
        line.Check("one_side", Books.OneSide);
        line.Check("bucket", "bucket = account_id % 1024");
    }
}
