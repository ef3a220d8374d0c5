using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

public enum DutyState { Open, Done, Missed, Excepted }

public enum DutyAction { Finish, Miss, Except }

/// <summary>职责事项: a duty of a post in a hall at one time of one business day.</summary>
public sealed class Duty
{
    public const int MostSlot = 60, MostRemark = 500;

    /// <summary>Every move there is. What was missed stays missed.</summary>
    public static readonly IReadOnlyList<(DutyState From, DutyAction Action, DutyState To)> Moves =
    [
        (DutyState.Open, DutyAction.Finish, DutyState.Done),
        (DutyState.Open, DutyAction.Miss, DutyState.Missed),
        (DutyState.Open, DutyAction.Except, DutyState.Excepted),
    ];

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid HallId { get; init; }
    public required BusinessDate Date { get; init; }
    public required string Code { get; init; }
    /// <summary>Which of the day's times: 0830; of what an event made, the event.</summary>
    public required string Slot { get; init; }
    public required string Post { get; init; }
    /// <summary>Whose it is, when every person of the post has it.</summary>
    public Guid? PersonId { get; init; }
    public string? PersonName { get; init; }
    /// <summary>What it is about, when an event made it: a ticket's number.</summary>
    public string? About { get; init; }
    public required DateTime FromUtc { get; set; }
    /// <summary>In time up to and including this moment.</summary>
    public required DateTime DueUtc { get; init; }
    public DutyState State { get; private set; }
    /// <summary>When it was found late; null: it never was.</summary>
    public DateTime? LateAtUtc { get; private set; }
    public DateTime? EndedAtUtc { get; private set; }
    public Guid? EndedBy { get; private set; }
    /// <summary>Who did it, or who asked for the exception.</summary>
    public string? EndedByName { get; private set; }
    /// <summary>The system itself ticked it.</summary>
    public bool IsBySystem { get; private set; }
    /// <summary>Words of whoever did it; the reason of an exception.</summary>
    public string? Remark { get; private set; }
    /// <summary>The place's code was scanned.</summary>
    public bool IsScanned { get; private set; }
    public short Faults { get; private set; }

    public bool IsLateAt(DateTime utc) => State == DutyState.Open ? utc > DueUtc : LateAtUtc is not null;

    /// <exception cref="Refused">duty.ended (who and when); duty.too_early</exception>
    public void Finish(Guid? by, string byName, string? remark, bool scanned, int faults, DateTime atUtc)
    {
        Move(DutyAction.Finish, by, byName, remark, atUtc);
        if (atUtc > DueUtc) LateAtUtc ??= atUtc;
        (IsScanned, Faults) = (scanned, (short)faults);
    }

    /// <summary>It happened, and the system saw it.</summary>
    public void Tick(Guid? by, string byName, DateTime atUtc)
    {
        Finish(by, byName, null, false, 0, atUtc);
        IsBySystem = true;
    }

    /// <exception cref="Refused">duty.ended</exception>
    public void Except(Guid? by, string byName, string reason, DateTime atUtc) => Move(DutyAction.Except, by, byName, reason, atUtc);

    /// <summary>The day is closed without it.</summary>
    public void Miss(DateTime atUtc)
    {
        LateAtUtc ??= atUtc;
        Move(DutyAction.Miss, null, null, null, atUtc);
    }

    public void FindLate(DateTime atUtc) => LateAtUtc ??= atUtc;

    /// <summary>The hall closes earlier today: it may be done from now on.</summary>
    public void BringForward(DateTime atUtc)
    {
        if (State == DutyState.Open && atUtc < FromUtc) FromUtc = atUtc;
    }

    private void Move(DutyAction action, Guid? by, string? byName, string? remark, DateTime atUtc)
    {
        var move = Moves.Where(m => m.From == State && m.Action == action).Select(m => (DutyState?)m.To).SingleOrDefault();
        if (move is not { } to) throw new Refused("duty.ended", EndedByName ?? "–", LocalTime.Of(EndedAtUtc ?? atUtc));
        (State, EndedBy, EndedByName, EndedAtUtc) = (to, by, byName, atUtc);
        Remark = string.IsNullOrWhiteSpace(remark) ? null : remark.Trim();
    }
}

sealed class DutyMap : IEntityTypeConfiguration<Duty>
{
    public void Configure(EntityTypeBuilder<Duty> duty)
    {
        duty.ToTable("duties");
        duty.Property(d => d.Code).HasMaxLength(DutyReader.MostCodeLength);
        duty.Property(d => d.Slot).HasMaxLength(Duty.MostSlot);
        duty.Property(d => d.Post).HasMaxLength(40);
        duty.Property(d => d.PersonName).HasMaxLength(60);
        duty.Property(d => d.About).HasMaxLength(120);
        duty.Property(d => d.EndedByName).HasMaxLength(60);
        duty.Property(d => d.Remark).HasMaxLength(Duty.MostRemark);
        // Exactly once for a hall, a duty and a time, whoever makes it.
        duty.HasIndex(d => new { d.HallId, d.Date, d.Code, d.Slot }).IsUnique();
        duty.HasIndex(d => new { d.HallId, d.FromUtc }).HasFilter("state = 'Open'");
        duty.HasOne<Hall>().WithMany().HasForeignKey(d => d.HallId);
        duty.Check("times", "due_utc >= from_utc");
        duty.Check("ended", "(state = 'Open') = (ended_at_utc is null)");
        duty.Check("faults", "faults >= 0");
    }
}
