using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenHall.App;

/// <summary>附件: a file that belongs to something; its content lies in the data folder under its hash, once however often it is attached.</summary>
public sealed class Attachment
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    /// <summary>What it belongs to: a code registered as <see cref="AttachmentOwner"/>, and its business key.</summary>
    public required string OwnerKind { get; init; }
    public required string OwnerKey { get; init; }
    public required string FileName { get; init; }
    public FileKind Kind { get; init; }
    public long SizeBytes { get; init; }
    /// <summary>SHA-256 of the content, hex; also the name it is kept under.</summary>
    public required string ContentHash { get; init; }
    public Guid? HallId { get; init; }
    public Guid? AddedBy { get; init; }
    public required string AddedByName { get; init; }
    public DateTime AddedAtUtc { get; init; }
}

public static class AttachmentLimits
{
    public const long MaxBytes = 10 * 1024 * 1024;
    public const int MaxPerOwner = 20;
    public const int NameLength = 120;
}

public static class AttachmentTables
{
    extension(HallDb db)
    {
        public DbSet<Attachment> Attachments => db.Set<Attachment>();
    }
}

sealed class AttachmentMap : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> file)
    {
        file.ToTable("attachments").InsertOnly();
        file.Property(f => f.OwnerKind).HasMaxLength(40);
        file.Property(f => f.OwnerKey).HasMaxLength(60);
        file.Property(f => f.FileName).HasMaxLength(AttachmentLimits.NameLength);
        file.Property(f => f.ContentHash).HasMaxLength(64);
        file.Property(f => f.AddedByName).HasMaxLength(60);
        file.HasIndex(f => new { f.OwnerKind, f.OwnerKey });
        file.Check("size", "size_bytes > 0");
    }
}
