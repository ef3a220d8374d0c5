using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>排队号: a place in the hall's queue. Its <see cref="Rank"/> is the order of arrival and stays, whatever happens to it.</summary>
public sealed class QueueTicket
{
    private QueueTicket() { }

    public QueueTicket(Visit visit, string service, string visitorClass, int priority, long rank, VisitorNumber? typed, DateTime atUtc)
    {
        (Id, VisitId, HallId, Date, Number) = (Guid.CreateVersion7(), visit.Id, visit.HallId, visit.Date, visit.Number);
        (Service, VisitorClass, Priority, Rank, TakenAtUtc) = (service, visitorClass, priority, rank, atUtc);
        (TypedNumber, TypedMasked) = (typed?.Value, typed?.Masked);
        Token = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 16);
    }

    public Guid Id { get; private init; }
    public Guid VisitId { get; private init; }
    public Guid HallId { get; private init; }
    public BusinessDate Date { get; private init; }
    /// <summary>A001: letter of the service it was taken for, and a number without gaps.</summary>
    public string Number { get; private init; } = "";
    /// <summary>Code of the queue service it waits for now.</summary>
    public string Service { get; private set; } = "";
    public string VisitorClass { get; private set; } = "";
    public int Priority { get; private set; }
    /// <summary>Order of arrival within the hall's day, from 1.</summary>
    public long Rank { get; private init; }
    public TicketState State { get; private set; }
    /// <summary>Only this counter may call it; null: any that serves it.</summary>
    public Guid? ForCounterId { get; private set; }
    /// <summary>Counter that called it last.</summary>
    public Guid? CounterId { get; private set; }
    public int? CounterNumber { get; private set; }
    public Guid? ClerkId { get; private set; }
    public string? ClerkName { get; private set; }
    /// <summary>Phone or account number that the visitor typed; shown only to the clerk who serves the visit.</summary>
    public string? TypedNumber { get; private init; }
    public string? TypedMasked { get; private init; }
    /// <summary>Opens the visitor's own page; nobody guesses it (90 bits).</summary>
    public string Token { get; private init; } = "";
    public DateTime TakenAtUtc { get; private init; }
    public DateTime? CalledAtUtc { get; private set; }
    public DateTime? ServedFromUtc { get; private set; }
    public DateTime? EndedAtUtc { get; private set; }
    /// <summary>Order of the hall's calls; 0: not called yet. A call again counts anew.</summary>
    public long CallRank { get; private set; }
    public int Calls { get; private set; }
    /// <summary>Time at counters so far, without the stretch that still runs.</summary>
    public int ServiceSeconds { get; private set; }
    /// <summary>Code of the reason it was parked or cancelled for.</summary>
    public string? Reason { get; private set; }

    public bool IsAtCounter => State is TicketState.Called or TicketState.Serving;

    public void Call(Counter counter, long callRank, DateTime atUtc)
    {
        Move(TicketAction.Call);
        (CounterId, CounterNumber, ClerkId, ClerkName) = (counter.Id, counter.Number, counter.ClerkId, counter.ClerkName);
        (CalledAtUtc, CallRank, Calls, ForCounterId, Reason) = (atUtc, callRank, Calls + 1, null, null);
    }

    public void CallAgain(long callRank, DateTime atUtc)
    {
        Move(TicketAction.CallAgain);
        (CalledAtUtc, CallRank, Calls) = (atUtc, callRank, Calls + 1);
    }

    public void Start(DateTime atUtc)
    {
        Move(TicketAction.Start);
        ServedFromUtc = atUtc;
    }

    public void MarkNoShow(DateTime atUtc)
    {
        Move(TicketAction.MarkNoShow);
        EndedAtUtc = atUtc;
    }

    public void Park(string reason, DateTime atUtc)
    {
        Move(TicketAction.Park);
        StopServing(atUtc);
        Reason = reason;
    }

    /// <summary>Back into the queue at its old place.</summary>
    public void Return()
    {
        Move(TicketAction.Return);
        (CounterId, CounterNumber, ClerkId, ClerkName, EndedAtUtc, Reason) = (null, null, null, null, null, null);
    }

    /// <summary>Into the queue of another service or counter, at its old place.</summary>
    public void Transfer(string service, Guid? forCounter, DateTime atUtc)
    {
        var wasServing = State == TicketState.Serving;
        Move(TicketAction.Transfer);
        if (wasServing) StopServing(atUtc);
        (Service, ForCounterId, CounterId, CounterNumber, ClerkId, ClerkName) = (service, forCounter, null, null, null, null);
    }

    public void Prioritise(string visitorClass, int priority)
    {
        Move(TicketAction.Prioritise);
        (VisitorClass, Priority) = (visitorClass, priority);
    }

    public void End(DateTime atUtc)
    {
        Move(TicketAction.End);
        StopServing(atUtc);
        EndedAtUtc = atUtc;
    }

    public void Cancel(string reason, DateTime atUtc)
    {
        Move(TicketAction.Cancel);
        (Reason, EndedAtUtc) = (reason, atUtc);
    }

    /// <summary>The counter it was kept for closes: any other may call it.</summary>
    public void Release() => ForCounterId = null;

    private void Move(TicketAction action) => State = TicketMoves.Next(State, action, Number);

    private void StopServing(DateTime atUtc)
    {
        ServiceSeconds += (int)Math.Min(int.MaxValue - (long)ServiceSeconds, Math.Max(0, (long)(atUtc - (ServedFromUtc ?? atUtc)).TotalSeconds));
        ServedFromUtc = null;
    }
}

sealed class QueueTicketMap : IEntityTypeConfiguration<QueueTicket>
{
    public void Configure(EntityTypeBuilder<QueueTicket> ticket)
    {
        ticket.ToTable("queue_tickets");
        ticket.Property(t => t.Number).HasMaxLength(6);
        ticket.Property(t => t.Service).HasMaxLength(20);
        ticket.Property(t => t.VisitorClass).HasMaxLength(20);
        ticket.Property(t => t.ClerkName).HasMaxLength(60);
        ticket.Property(t => t.TypedNumber).HasMaxLength(20);
        ticket.Property(t => t.TypedMasked).HasMaxLength(20);
        ticket.Property(t => t.Token).HasMaxLength(16);
        ticket.Property(t => t.Reason).HasMaxLength(20);
        ticket.Ignore(t => t.IsAtCounter);
        ticket.HasIndex(t => new { t.HallId, t.Date, t.Number }).IsUnique();
        ticket.HasIndex(t => new { t.HallId, t.Date, t.Rank }).IsUnique();
        ticket.HasIndex(t => new { t.HallId, t.Date, t.State });
        ticket.HasIndex(t => new { t.HallId, t.Date, t.CallRank });
        ticket.HasIndex(t => t.Token).IsUnique();
        // One visitor at a counter.
        ticket.HasIndex(t => t.CounterId).IsUnique().HasFilter("state in ('Called', 'Serving')");
        ticket.HasOne<Visit>().WithMany().HasForeignKey(t => t.VisitId);
        ticket.HasOne<Hall>().WithMany().HasForeignKey(t => t.HallId);
        ticket.HasOne<Counter>().WithMany().HasForeignKey(t => t.CounterId);
        ticket.HasOne<Counter>().WithMany().HasForeignKey(t => t.ForCounterId);
        ticket.Check("counter", "state not in ('Called', 'Serving') or counter_id is not null");
        ticket.Check("serving", "(state = 'Serving') = (served_from_utc is not null)");
        ticket.Check("priority", "priority between 0 and 99");
        ticket.Check("ended", "(state in ('NoShow', 'Done', 'Cancelled')) = (ended_at_utc is not null)");
    }
}
