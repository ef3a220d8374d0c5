using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>One stretch of a ticket's way that is over: in which state, for which service, where, by whom, how long. Written when the ticket leaves the state and never
/// changed; together they are the ticket's life without a gap.</summary>
public sealed class TicketPeriod
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid TicketId { get; init; }
    public Guid HallId { get; init; }
    public BusinessDate Date { get; init; }
    public TicketState State { get; init; }
    /// <summary>Code of the queue service it was for.</summary>
    public required string Service { get; init; }
    public int? CounterNumber { get; init; }
    public Guid? ClerkId { get; init; }
    public string? ClerkName { get; init; }
    /// <summary>Code of the reason it was parked for.</summary>
    public string? Reason { get; init; }
    public DateTime FromUtc { get; init; }
    public DateTime UntilUtc { get; init; }
    public int Seconds { get; init; }
}

sealed class TicketPeriodMap : IEntityTypeConfiguration<TicketPeriod>
{
    public void Configure(EntityTypeBuilder<TicketPeriod> period)
    {
        period.ToTable("ticket_periods").InsertOnly();
        period.Property(p => p.Service).HasMaxLength(20);
        period.Property(p => p.ClerkName).HasMaxLength(60);
        period.Property(p => p.Reason).HasMaxLength(20);
        period.HasIndex(p => new { p.TicketId, p.FromUtc });
        period.HasIndex(p => new { p.HallId, p.Date, p.State });
        period.HasOne<QueueTicket>().WithMany().HasForeignKey(p => p.TicketId);
        period.HasOne<Hall>().WithMany().HasForeignKey(p => p.HallId);
        period.Check("until", "until_utc >= from_utc and seconds >= 0");
    }
}
