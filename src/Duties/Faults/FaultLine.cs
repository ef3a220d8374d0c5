using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>Repair: something is broken or wrong. Request: something is running out.</summary>
public enum FaultKind { Repair, Request }

public enum FaultState { Open, Given, Done, Dropped }

public enum FaultAction { Give, Finish, Drop, Reopen }

/// <summary>报修、申领: what a check found, followed until it is put right: who sees to it, until when, what was done.</summary>
public sealed class FaultLine
{
    public const int MostWords = 200;

    public static readonly IReadOnlyList<(FaultState From, FaultAction Action, FaultState To)> Moves =
    [
        (FaultState.Open, FaultAction.Give, FaultState.Given),
        (FaultState.Given, FaultAction.Give, FaultState.Given),
        (FaultState.Open, FaultAction.Finish, FaultState.Done),
        (FaultState.Given, FaultAction.Finish, FaultState.Done),
        (FaultState.Open, FaultAction.Drop, FaultState.Dropped),
        (FaultState.Given, FaultAction.Drop, FaultState.Dropped),
        (FaultState.Done, FaultAction.Reopen, FaultState.Open),
    ];

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid HallId { get; init; }
    public required Guid DutyId { get; init; }
    public required short Line { get; init; }
    public required FaultKind Kind { get; init; }
    public required string WhereZh { get; init; }
    public required string WhereEn { get; init; }
    /// <summary>What is wrong, in the words of whoever found it.</summary>
    public required string What { get; init; }
    public required string FoundByName { get; init; }
    public required DateTime FoundAtUtc { get; init; }
    public FaultState State { get; private set; }
    public string? Owner { get; private set; }
    public DateOnly? DueOn { get; private set; }
    public string? Outcome { get; private set; }
    public string? EndedByName { get; private set; }
    public DateTime? EndedAtUtc { get; private set; }

    public LocalText Where => new(WhereZh, WhereEn);

    public bool IsEnded => State is FaultState.Done or FaultState.Dropped;

    /// <param name="words">Who sees to it, or what came of it.</param>
    /// <exception cref="Refused">fault.owner_missing; fault.due_missing; fault.outcome_missing; fault.move_not_allowed</exception>
    public void Move(FaultAction action, string? words, DateOnly? dueOn, string byName, DateTime atUtc)
    {
        var move = Moves.Where(m => m.From == State && m.Action == action).Select(m => (FaultState?)m.To).SingleOrDefault();
        if (move is not { } to) throw new Refused("fault.move_not_allowed");
        var isEmpty = string.IsNullOrWhiteSpace(words);
        Refused.IfField(action == FaultAction.Give && isEmpty, "Words", "fault.owner_missing");
        Refused.IfField(action == FaultAction.Give && dueOn is null, "DueOn", "fault.due_missing");
        Refused.IfField(action is FaultAction.Finish or FaultAction.Drop or FaultAction.Reopen && isEmpty, "Words", "fault.outcome_missing");
        Refused.IfField(words?.Trim().Length > MostWords, "Words", "duty.remark_too_long");
        State = to;
        if (action == FaultAction.Give) (Owner, DueOn) = (words!.Trim(), dueOn);
        else Outcome = words!.Trim();
        (EndedByName, EndedAtUtc) = IsEnded ? (byName, (DateTime?)atUtc) : (null, null);
    }
}

sealed class FaultLineMap : IEntityTypeConfiguration<FaultLine>
{
    public void Configure(EntityTypeBuilder<FaultLine> fault)
    {
        fault.ToTable("duty_faults");
        fault.Property(f => f.WhereZh).HasMaxLength(120);
        fault.Property(f => f.WhereEn).HasMaxLength(200);
        fault.Property(f => f.What).HasMaxLength(FaultLine.MostWords);
        fault.Property(f => f.FoundByName).HasMaxLength(60);
        fault.Property(f => f.Owner).HasMaxLength(FaultLine.MostWords);
        fault.Property(f => f.Outcome).HasMaxLength(FaultLine.MostWords);
        fault.Property(f => f.EndedByName).HasMaxLength(60);
        fault.Ignore(f => f.Where);
        fault.Ignore(f => f.IsEnded);
        fault.HasIndex(f => new { f.DutyId, f.Line }).IsUnique();
        fault.HasIndex(f => new { f.HallId, f.State });
        fault.HasOne<Hall>().WithMany().HasForeignKey(f => f.HallId);
        fault.HasOne<Duty>().WithMany().HasForeignKey(f => f.DutyId);
        fault.Check("ended", "(state in ('Done', 'Dropped')) = (ended_at_utc is not null)");
        fault.Check("given", "state <> 'Given' or (owner is not null and due_on is not null)");
    }
}
