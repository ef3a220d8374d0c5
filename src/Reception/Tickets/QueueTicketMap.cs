using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Reception;

sealed class QueueTicketMap : IEntityTypeConfiguration<QueueTicket>
{
    public void Configure(EntityTypeBuilder<QueueTicket> ticket)
    {
        ticket.ToTable("queue_tickets");
        ticket.Property(t => t.Number).HasMaxLength(6);
        ticket.Property(t => t.Service).HasMaxLength(20);
        ticket.Property(t => t.More).HasMaxLength(80);
        ticket.Property(t => t.VisitorClass).HasMaxLength(20);
        ticket.Property(t => t.ForClerkName).HasMaxLength(60);
        ticket.Property(t => t.BackClerkName).HasMaxLength(60);
        ticket.Property(t => t.BackService).HasMaxLength(20);
        ticket.Property(t => t.ClerkName).HasMaxLength(60);
        ticket.Property(t => t.TypedNumber).HasMaxLength(20);
        ticket.Property(t => t.TypedMasked).HasMaxLength(20);
        ticket.Property(t => t.Token).HasMaxLength(16);
        ticket.Property(t => t.Reason).HasMaxLength(20);
        ticket.Ignore(t => t.IsAtCounter).Ignore(t => t.MoreServices);
        ticket.HasIndex(t => new { t.HallId, t.Date, t.Number }).IsUnique();
        ticket.HasIndex(t => new { t.HallId, t.Date, t.Rank }).IsUnique();
        ticket.HasIndex(t => new { t.HallId, t.Date, t.State });
        ticket.HasIndex(t => new { t.HallId, t.Date, t.CallRank });
        ticket.HasIndex(t => t.Token).IsUnique();
        // One visitor at a counter.
        ticket.HasIndex(t => t.CounterId).IsUnique().HasFilter("state in ('Called', 'Serving')");
        // Those that come back by themselves, for the job that looks each minute.
        ticket.HasIndex(t => t.BackAtUtc).HasFilter("back_at_utc is not null");
        ticket.HasOne<Visit>().WithMany().HasForeignKey(t => t.VisitId);
        ticket.HasOne<Hall>().WithMany().HasForeignKey(t => t.HallId);
        ticket.HasOne<Counter>().WithMany().HasForeignKey(t => t.CounterId);
        ticket.HasOne<Counter>().WithMany().HasForeignKey(t => t.ForCounterId);
        ticket.Check("counter", "state not in ('Called', 'Serving') or counter_id is not null");
        ticket.Check("serving", "(state = 'Serving') = (served_from_utc is not null)");
        ticket.Check("priority", "priority between 0 and 99");
        ticket.Check("ended", "(state in ('NoShow', 'Done', 'Cancelled')) = (ended_at_utc is not null)");
        ticket.Check("parked", "(state = 'Parked') = (papers is not null) and (back_at_utc is null or state = 'Parked')");
        ticket.Check("back", "(back_clerk_id is null) = (back_service is null)");
    }
}
