using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>A post is told that another's duty is late; somebody of it says that they know.</summary>
public sealed class DutyNotice
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid HallId { get; init; }
    public required Guid DutyId { get; init; }
    public required string Post { get; init; }
    public required DateTime AtUtc { get; init; }
    public DateTime? SeenAtUtc { get; private set; }
    public string? SeenByName { get; private set; }

    public void See(string byName, DateTime atUtc)
    {
        if (SeenAtUtc is null) (SeenByName, SeenAtUtc) = (byName, atUtc);
    }
}

sealed class DutyNoticeMap : IEntityTypeConfiguration<DutyNotice>
{
    public void Configure(EntityTypeBuilder<DutyNotice> notice)
    {
        notice.ToTable("duty_notices");
        notice.Property(n => n.Post).HasMaxLength(40);
        notice.Property(n => n.SeenByName).HasMaxLength(60);
        notice.HasIndex(n => n.DutyId).IsUnique();
        notice.HasIndex(n => new { n.HallId, n.Post }).HasFilter("seen_at_utc is null");
        notice.HasOne<Duty>().WithMany().HasForeignKey(n => n.DutyId);
        notice.Check("seen", "(seen_at_utc is null) = (seen_by_name is null)");
    }
}
