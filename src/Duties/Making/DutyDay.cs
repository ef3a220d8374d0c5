using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>A hall's duties of a business day have been made. Its key keeps two nodes from making them twice.</summary>
public sealed class DutyDay
{
    public required Guid HallId { get; init; }
    public required BusinessDate Date { get; init; }
    public required DateTime MadeAtUtc { get; init; }
}

sealed class DutyDayMap : IEntityTypeConfiguration<DutyDay>
{
    public void Configure(EntityTypeBuilder<DutyDay> day)
    {
        day.ToTable("duty_days").HasKey(d => new { d.HallId, d.Date });
        day.HasOne<Hall>().WithMany().HasForeignKey(d => d.HallId);
    }
}
