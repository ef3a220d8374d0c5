using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Ordered: to be cut off. CarriedOut: is cut off. RestoreDue: paid, to be connected again in time. Restored and Withdrawn: over.</summary>
public enum SuspensionState { Ordered, CarriedOut, RestoreDue, Restored, Withdrawn }

/// <summary>Pay comes by itself, when nothing is overdue any more, and TakeBack when that payment is reversed; the others are a person's.</summary>
public enum SuspensionAction { CarryOut, Withdraw, Pay, Restore, TakeBack }

/// <summary>停电工单: an account's supply is to be cut off for its arrears; one an episode.</summary>
public sealed class SuspensionOrder
{
    public const int MaxReason = 200;
    /// <summary>Time from the payment to the supply being back.</summary>
    public static readonly TimeSpan RestoreWithin = TimeSpan.FromHours(24);

    /// <summary>Every move there is; what is not in it is refused.</summary>
    public static readonly IReadOnlyList<(SuspensionState From, SuspensionAction Action, SuspensionState To)> Moves =
    [
        (SuspensionState.Ordered, SuspensionAction.CarryOut, SuspensionState.CarriedOut),
        (SuspensionState.Ordered, SuspensionAction.Withdraw, SuspensionState.Withdrawn),
        (SuspensionState.Ordered, SuspensionAction.Pay, SuspensionState.Withdrawn),
        (SuspensionState.CarriedOut, SuspensionAction.Pay, SuspensionState.RestoreDue),
        (SuspensionState.CarriedOut, SuspensionAction.Restore, SuspensionState.Restored),
        (SuspensionState.RestoreDue, SuspensionAction.Restore, SuspensionState.Restored),
        (SuspensionState.Withdrawn, SuspensionAction.TakeBack, SuspensionState.Ordered),
        (SuspensionState.RestoreDue, SuspensionAction.TakeBack, SuspensionState.CarriedOut),
        // The supply is back for a payment that was none.
        (SuspensionState.Restored, SuspensionAction.TakeBack, SuspensionState.Ordered),
    ];

    public short Bucket { get; init; }
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public long AccountId { get; init; }
    public required string AccountNumber { get; init; }
    public required string UnitPath { get; init; }
    public int Episode { get; init; }
    public long OwingFen { get; init; }
    public DateOnly OrderedOn { get; init; }
    public SuspensionState State { get; private set; }
    public DateTime? CarriedOutAtUtc { get; private set; }
    public string? CarriedOutByName { get; private set; }
    /// <summary>When nothing was overdue any more.</summary>
    public DateTime? PaidAtUtc { get; private set; }
    /// <summary>When it was withdrawn or the supply was back.</summary>
    public DateTime? EndedAtUtc { get; private set; }
    public string? EndedByName { get; private set; }
    public string? Reason { get; private set; }

    public DateTime? RestoreByUtc => State == SuspensionState.RestoreDue ? PaidAtUtc + RestoreWithin : null;

    public bool IsLate(DateTime nowUtc) => RestoreByUtc < nowUtc;

    public static bool Allows(SuspensionState from, SuspensionAction action) => Moves.Any(m => m.From == from && m.Action == action);

    /// <summary>Only what a payment ended goes on again when that is taken back, not what a person decided.</summary>
    public bool Allows(SuspensionAction action) => Allows(State, action) && (action != SuspensionAction.TakeBack || PaidAtUtc is not null);

    /// <exception cref="Refused">suspension.move_not_allowed; suspension.reason_missing (withdrawing, and restoring before it is paid, need one)</exception>
    public void Move(SuspensionAction action, string? reason, string byName, DateTime atUtc)
    {
        var from = State;
        State = Moves.Where(m => m.From == from && m.Action == action).Select(m => (SuspensionState?)m.To).SingleOrDefault() ?? throw new Refused("suspension.move_not_allowed", AccountNumber);
        Refused.IfField(reason?.Length > MaxReason || string.IsNullOrWhiteSpace(reason) && (action == SuspensionAction.Withdraw || action == SuspensionAction.Restore && from == SuspensionState.CarriedOut),
            "Reason", "suspension.reason_missing", MaxReason);
        if (action == SuspensionAction.CarryOut) (CarriedOutAtUtc, CarriedOutByName) = (atUtc, byName);
        if (action == SuspensionAction.Pay) PaidAtUtc = atUtc;
        if (action == SuspensionAction.TakeBack) (PaidAtUtc, EndedAtUtc, EndedByName) = (null, null, null);
        if (State == SuspensionState.Ordered) (CarriedOutAtUtc, CarriedOutByName) = (null, null);
        if (State is SuspensionState.Withdrawn or SuspensionState.Restored) (EndedAtUtc, EndedByName) = (atUtc, byName);
        if (!string.IsNullOrWhiteSpace(reason)) Reason = reason.Trim();
    }
}

sealed class SuspensionOrderMap : IEntityTypeConfiguration<SuspensionOrder>
{
    public void Configure(EntityTypeBuilder<SuspensionOrder> order)
    {
        order.ToTable("suspension_orders").AccountSide().HasKey(o => new { o.Bucket, o.Id });
        order.Ignore(o => o.RestoreByUtc);
        order.Property(o => o.AccountNumber).HasMaxLength(20);
        order.Property(o => o.UnitPath).HasMaxLength(200);
        order.Property(o => o.CarriedOutByName).HasMaxLength(60);
        order.Property(o => o.EndedByName).HasMaxLength(60);
        order.Property(o => o.Reason).HasMaxLength(SuspensionOrder.MaxReason);
        order.HasIndex(o => new { o.Bucket, o.AccountId, o.Episode }).IsUnique();
        order.HasIndex(o => o.State).HasFilter("state in ('Ordered', 'CarriedOut', 'RestoreDue')");
        order.Check("bucket_of_account", "bucket = account_id % 1024");
        order.Check("carried_out_has_time", "state not in ('CarriedOut', 'RestoreDue', 'Restored') or carried_out_at_utc is not null");
        order.Check("ended_has_time", "(state in ('Withdrawn', 'Restored')) = (ended_at_utc is not null)");
    }
}
