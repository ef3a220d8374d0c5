using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>Waiting in the hall; open (called, served or parked); ended.</summary>
public enum VisitState { Waiting, Open, Ended }

/// <summary>到访: somebody in the hall, from the ticket to the way out. The root that orders, payments and ratings hang on.</summary>
public sealed class Visit
{
    private Visit() { }

    public Visit(Guid hallId, BusinessDate date, string number, DateTime atUtc) =>
        (Id, HallId, Date, Number, ArrivedAtUtc) = (Guid.CreateVersion7(), hallId, date, number, atUtc);

    public Guid Id { get; private init; }
    public Guid HallId { get; private init; }
    public BusinessDate Date { get; private init; }
    /// <summary>Number of its ticket: what people in the hall call it.</summary>
    public string Number { get; private init; } = "";
    public VisitState State { get; private set; }
    /// <summary>Whom it turned out to be about.</summary>
    public Guid? CustomerId { get; private set; }
    public long? AccountId { get; private set; }
    public DateTime ArrivedAtUtc { get; private init; }
    public DateTime? EndedAtUtc { get; private set; }

    /// <summary>The clerk has found whom the visit is about.</summary>
    public void Concerns(Guid? customerId, long? accountId) => (CustomerId, AccountId) = (customerId ?? CustomerId, accountId ?? AccountId);

    /// <summary>Goes with its ticket.</summary>
    internal void Follow(TicketState ticket, DateTime atUtc)
    {
        State = ticket switch
        {
            TicketState.Waiting => VisitState.Waiting,
            TicketState.Called or TicketState.Serving or TicketState.Parked => VisitState.Open,
            _ => VisitState.Ended,
        };
        EndedAtUtc = State == VisitState.Ended ? atUtc : null;
    }
}

/// <summary>One thing that happened in a visit; together its time line.</summary>
public sealed class VisitStep
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid VisitId { get; init; }
    public DateTime AtUtc { get; init; }
    /// <summary>What: its words are the text <c>visit.step.{Kind}</c>.</summary>
    public required string Kind { get; init; }
    public int? CounterNumber { get; init; }
    public Guid? StaffId { get; init; }
    public string? StaffName { get; init; }
    /// <summary>Reason, receipt number, other service …; never personal data.</summary>
    public string? Detail { get; init; }
}

sealed class VisitMap : IEntityTypeConfiguration<Visit>
{
    public void Configure(EntityTypeBuilder<Visit> visit)
    {
        visit.ToTable("visits");
        visit.Property(v => v.Number).HasMaxLength(6);
        visit.HasIndex(v => new { v.HallId, v.Date, v.State });
        visit.HasIndex(v => v.AccountId);
        visit.HasIndex(v => v.CustomerId);
        visit.HasOne<Hall>().WithMany().HasForeignKey(v => v.HallId);
        visit.Check("ended", "(state = 'Ended') = (ended_at_utc is not null)");
    }
}

sealed class VisitStepMap : IEntityTypeConfiguration<VisitStep>
{
    public void Configure(EntityTypeBuilder<VisitStep> step)
    {
        step.ToTable("visit_steps").InsertOnly();
        step.Property(s => s.Kind).HasMaxLength(30);
        step.Property(s => s.StaffName).HasMaxLength(60);
        step.Property(s => s.Detail).HasMaxLength(120);
        step.HasIndex(s => new { s.VisitId, s.AtUtc });
        step.HasOne<Visit>().WithMany().HasForeignKey(s => s.VisitId);
    }
}
