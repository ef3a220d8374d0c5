using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>Preparing → Open → Closing (no new visitors, those inside are served) → Closed.</summary>
public enum BusinessDayState { Preparing, Open, Closing, Closed }

public enum BusinessDayAction { Open, StartClosing, ResumeService, Close, Reopen }

/// <summary>营业日: one day of one hall, from preparing to closed. Everything the hall books carries its date.</summary>
public sealed class BusinessDay
{
    private BusinessDay() { }

    public BusinessDay(Guid hallId, BusinessDate date, DateTime atUtc) =>
        (Id, HallId, Date, PreparedAtUtc) = (Guid.CreateVersion7(), hallId, date, atUtc);

    /// <summary>Every move there is; what is not in it is refused.</summary>
    public static readonly IReadOnlyList<(BusinessDayState From, BusinessDayAction Action, BusinessDayState To)> Moves =
    [
        (BusinessDayState.Preparing, BusinessDayAction.Open, BusinessDayState.Open),
        (BusinessDayState.Open, BusinessDayAction.StartClosing, BusinessDayState.Closing),
        (BusinessDayState.Closing, BusinessDayAction.ResumeService, BusinessDayState.Open),
        (BusinessDayState.Open, BusinessDayAction.Close, BusinessDayState.Closed),
        (BusinessDayState.Closing, BusinessDayAction.Close, BusinessDayState.Closed),
        (BusinessDayState.Closed, BusinessDayAction.Reopen, BusinessDayState.Closing),
    ];

    public Guid Id { get; private init; }
    public Guid HallId { get; private init; }
    public BusinessDate Date { get; private init; }
    public BusinessDayState State { get; private set; }
    public DateTime PreparedAtUtc { get; private init; }
    public DateTime? OpenedAtUtc { get; private set; }
    public string? OpenedByName { get; private set; }
    public DateTime? ClosedAtUtc { get; private set; }
    public string? ClosedByName { get; private set; }
    public int Reopened { get; private set; }

    /// <summary>True while money may be booked on this day.</summary>
    public bool TakesPostings => State is BusinessDayState.Open or BusinessDayState.Closing;

    /// <exception cref="Refused">day.already_closed (says who and when); day.move_not_allowed</exception>
    public void Move(BusinessDayAction action, string byName, DateTime atUtc)
    {
        Refused.If(action is BusinessDayAction.Close or BusinessDayAction.StartClosing && State == BusinessDayState.Closed,
            "day.already_closed", Date, ClosedByName!, LocalTime.Of(ClosedAtUtc ?? atUtc));
        var move = Moves.Where(m => m.From == State && m.Action == action).Select(m => (BusinessDayState?)m.To).SingleOrDefault();
        State = move ?? throw new Refused("day.move_not_allowed", Date);
        switch (action)
        {
            case BusinessDayAction.Open:
                (OpenedAtUtc, OpenedByName) = (atUtc, byName);
                break;
            case BusinessDayAction.Close:
                (ClosedAtUtc, ClosedByName) = (atUtc, byName);
                break;
            case BusinessDayAction.Reopen:
                (ClosedAtUtc, ClosedByName, Reopened) = (null, null, Reopened + 1);
                break;
        }
    }
}

sealed class BusinessDayMap : IEntityTypeConfiguration<BusinessDay>
{
    public void Configure(EntityTypeBuilder<BusinessDay> day)
    {
        day.ToTable("business_days");
        day.Property(d => d.OpenedByName).HasMaxLength(60);
        day.Property(d => d.ClosedByName).HasMaxLength(60);
        day.Ignore(d => d.TakesPostings);
        day.HasIndex(d => new { d.HallId, d.Date }).IsUnique();
        // A hall has one day that isn't closed.
        day.HasIndex(d => d.HallId).IsUnique().HasFilter("state <> 'Closed'");
        day.HasOne<Hall>().WithMany().HasForeignKey(d => d.HallId);
        day.Check("closed", "(state = 'Closed') = (closed_at_utc is not null)");
    }
}
