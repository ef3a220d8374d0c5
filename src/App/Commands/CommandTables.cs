using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenHall.App;

/// <summary>A request id that was used: what was asked (as a hash) and what was answered.</summary>
public sealed class CommandRequest
{
    public Guid Id { get; init; }
    public required string Operation { get; init; }
    /// <summary>SHA-256 of operation and content, hex.</summary>
    public required string ContentHash { get; init; }
    /// <summary>The answer as JSON, given again to the same request.</summary>
    public string? Answer { get; set; }
    public DateTime AtUtc { get; init; }
}

/// <summary>One line of the audit trail. Lines of a lane form a chain: each carries the hash of the one before it.</summary>
public sealed class AuditLine
{
    public short Lane { get; init; }
    public long Number { get; init; }
    public DateTime AtUtc { get; init; }
    public Guid? UserId { get; init; }
    public Guid? HallId { get; init; }
    public required string Operation { get; init; }
    /// <summary>Business key of what it was about; never personal data.</summary>
    public string? Subject { get; init; }
    public required string ContentHash { get; init; }
    public required string PreviousHash { get; init; }
    public required string Hash { get; init; }
}

/// <summary>End of a lane's chain. Held last in every command.</summary>
public sealed class AuditHead
{
    public short Lane { get; init; }
    public long Number { get; set; }
    public required string Hash { get; set; }
}

/// <summary>Something that happened, in the order of its number within a hall's life; feeds live pages, messages and reports.</summary>
public sealed class HallEvent
{
    public long Number { get; private init; }
    public required string Type { get; init; }
    public Guid? HallId { get; init; }
    public string? Subject { get; init; }
    public DateTime AtUtc { get; init; }
    public required string Payload { get; init; }
}

sealed class CommandRequestMap : IEntityTypeConfiguration<CommandRequest>
{
    public void Configure(EntityTypeBuilder<CommandRequest> request)
    {
        request.ToTable("command_requests");
        request.Property(r => r.Operation).HasMaxLength(80);
        request.Property(r => r.ContentHash).HasMaxLength(64);
        request.Property(r => r.Answer).HasMaxLength(200_000);
    }
}

sealed class AuditLineMap : IEntityTypeConfiguration<AuditLine>
{
    public void Configure(EntityTypeBuilder<AuditLine> line)
    {
        line.ToTable("audit_lines").InsertOnly().HasKey(l => new { l.Lane, l.Number });
        line.Property(l => l.Operation).HasMaxLength(80);
        line.Property(l => l.Subject).HasMaxLength(120);
        line.Property(l => l.ContentHash).HasMaxLength(64);
        line.Property(l => l.PreviousHash).HasMaxLength(64);
        line.Property(l => l.Hash).HasMaxLength(64);
        line.HasIndex(l => l.AtUtc);
        line.HasIndex(l => l.Subject);
    }
}

sealed class AuditHeadMap : IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditHead> head)
    {
        head.ToTable("audit_heads").HasKey(h => h.Lane);
        head.Property(h => h.Lane).ValueGeneratedNever();
        head.Property(h => h.Hash).HasMaxLength(64);
    }
}

sealed class HallEventMap : IEntityTypeConfiguration<HallEvent>
{
    public void Configure(EntityTypeBuilder<HallEvent> happened)
    {
        happened.ToTable("events").InsertOnly().HasKey(e => e.Number);
        happened.Property(e => e.Number).ValueGeneratedOnAdd();
        happened.Property(e => e.Type).HasMaxLength(60);
        happened.Property(e => e.Subject).HasMaxLength(120);
        happened.Property(e => e.Payload).HasMaxLength(20_000);
    }
}
