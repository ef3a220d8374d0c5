using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;

namespace OpenHall.Reconciliation;

/// <summary>One side of something that agreed: a statement line or an item of the books. What agreed together shares its group; the lines of a group and its items
/// are the same sum. Insert-only.</summary>
public sealed class StatementMatch
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid GroupId { get; init; }
    public Guid MoneyAccountId { get; init; }
    public Guid? LineId { get; init; }
    public string? ItemKey { get; init; }
    /// <summary>Of the line (with its fee) or of the item.</summary>
    public long AmountFen { get; init; }
    public DateOnly Day { get; init; }
    /// <summary>The receipt or the bank's number.</summary>
    public required string Number { get; init; }
    public MatchReason Reason { get; init; }
    public DateTime AtUtc { get; init; }
    public required string ByName { get; init; }
}

sealed class StatementMatchMap : IEntityTypeConfiguration<StatementMatch>
{
    public void Configure(EntityTypeBuilder<StatementMatch> match)
    {
        match.ToTable("statement_matches").InsertOnly();
        match.Property(m => m.ItemKey).HasMaxLength(BookItems.MaxKey);
        match.Property(m => m.Number).HasMaxLength(64);
        match.Property(m => m.ByName).HasMaxLength(60);
        match.HasIndex(m => m.LineId).IsUnique().HasFilter("line_id is not null");
        match.HasIndex(m => m.ItemKey).IsUnique().HasFilter("item_key is not null");
        match.HasIndex(m => m.GroupId);
        match.HasIndex(m => new { m.MoneyAccountId, m.Day });
        match.Check("one_side", "(line_id is null) <> (item_key is null)");
    }
}
