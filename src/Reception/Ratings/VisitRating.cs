using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>评价: what the visitor thought of the service, given once.</summary>
public sealed class VisitRating
{
    public const int Most = 5;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid VisitId { get; init; }
    public Guid HallId { get; init; }
    public BusinessDate Date { get; init; }
    public required string Service { get; init; }
    public int? CounterNumber { get; init; }
    public Guid? ClerkId { get; init; }
    public string? ClerkName { get; init; }
    /// <summary>1 (very poor) to 5 (very good).</summary>
    public int Stars { get; init; }
    /// <summary>Codes of the reasons ticked, separated by blanks.</summary>
    public required string Reasons { get; init; }
    public DateTime AtUtc { get; init; }
}

sealed class VisitRatingMap : IEntityTypeConfiguration<VisitRating>
{
    public void Configure(EntityTypeBuilder<VisitRating> rating)
    {
        rating.ToTable("visit_ratings");
        rating.Property(r => r.Service).HasMaxLength(20);
        rating.Property(r => r.ClerkName).HasMaxLength(60);
        rating.Property(r => r.Reasons).HasMaxLength(200);
        rating.HasIndex(r => r.VisitId).IsUnique();
        rating.HasIndex(r => new { r.HallId, r.Date });
        rating.HasIndex(r => new { r.ClerkId, r.AtUtc });
        rating.HasOne<Visit>().WithMany().HasForeignKey(r => r.VisitId);
        rating.HasOne<Hall>().WithMany().HasForeignKey(r => r.HallId);
        rating.Check("stars", $"stars between 1 and {VisitRating.Most}");
    }
}
