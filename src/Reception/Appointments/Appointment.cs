using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>Came: has a number of the queue. NoShow: the time passed without them.</summary>
public enum AppointmentState { Booked, Came, Cancelled, NoShow }

public enum AppointmentAction { CheckIn, Cancel, Miss }

/// <summary>预约: a time at which somebody comes for a service; with it comes a place before those without one, under the queue's fairness cap.</summary>
public sealed class Appointment
{
    public const int CodeLength = 6, MostName = 40, MostReason = 120;

    /// <summary>Every move there is.</summary>
    public static readonly IReadOnlyList<(AppointmentState From, AppointmentAction Action, AppointmentState To)> Moves =
    [
        (AppointmentState.Booked, AppointmentAction.CheckIn, AppointmentState.Came),
        (AppointmentState.Booked, AppointmentAction.Cancel, AppointmentState.Cancelled),
        (AppointmentState.Booked, AppointmentAction.Miss, AppointmentState.NoShow),
    ];

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid HallId { get; init; }
    public required DateOnly Day { get; init; }
    /// <summary>Begin of the slot, by the hall's clock.</summary>
    public required TimeOnly Start { get; init; }
    /// <summary>Code of the queue service.</summary>
    public required string Service { get; init; }
    /// <summary>Typed at the kiosk; unique on its day in its hall.</summary>
    public required string Code { get; init; }
    /// <summary>Opens the visitor's own page; nobody guesses it (90 bits).</summary>
    public string Token { get; private init; } = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 16);
    /// <summary>Personal data.</summary>
    public required string Phone { get; init; }
    /// <summary>Personal data; null: not given.</summary>
    public string? Name { get; init; }
    /// <summary>Staff who booked it; null: the visitor did.</summary>
    public string? MadeByName { get; init; }
    public required DateTime MadeAtUtc { get; init; }
    public AppointmentState State { get; private set; }
    public Guid? TicketId { get; private set; }
    public string? TicketNumber { get; private set; }
    public DateTime? EndedAtUtc { get; private set; }
    public string? Reason { get; private set; }
    public DateTime? RemindedAtUtc { get; private set; }

    public DateTime StartUtc => LocalTime.UtcOf(Day) + Start.ToTimeSpan();

    /// <exception cref="Refused">appointment.ended</exception>
    public void CheckIn(QueueTicket ticket, DateTime atUtc)
    {
        Move(AppointmentAction.CheckIn, atUtc);
        (TicketId, TicketNumber) = (ticket.Id, ticket.Number);
    }

    /// <exception cref="Refused">appointment.ended</exception>
    public void Cancel(string? reason, DateTime atUtc)
    {
        Move(AppointmentAction.Cancel, atUtc);
        Reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
    }

    public void Miss(DateTime atUtc) => Move(AppointmentAction.Miss, atUtc);

    public void Remind(DateTime atUtc) => RemindedAtUtc ??= atUtc;

    private void Move(AppointmentAction action, DateTime atUtc)
    {
        var move = Moves.Where(m => m.From == State && m.Action == action).Select(m => (AppointmentState?)m.To).SingleOrDefault();
        (State, EndedAtUtc) = (move ?? throw new Refused("appointment.ended", LocalTime.DayAndTime(EndedAtUtc ?? atUtc)), atUtc);
    }
}

/// <summary>Held by whoever books on a day of a hall, so that two who want the last place wait for each other.</summary>
public sealed class AppointmentDay
{
    public required string Key { get; init; }
}

sealed class AppointmentMap : IEntityTypeConfiguration<Appointment>
{
    public void Configure(EntityTypeBuilder<Appointment> appointment)
    {
        appointment.ToTable("appointments");
        appointment.Property(a => a.Service).HasMaxLength(20);
        appointment.Property(a => a.Code).HasMaxLength(Appointment.CodeLength);
        appointment.Property(a => a.Token).HasMaxLength(16);
        appointment.Property(a => a.Phone).HasMaxLength(20);
        appointment.Property(a => a.Name).HasMaxLength(Appointment.MostName);
        appointment.Property(a => a.MadeByName).HasMaxLength(60);
        appointment.Property(a => a.TicketNumber).HasMaxLength(6);
        appointment.Property(a => a.Reason).HasMaxLength(Appointment.MostReason);
        appointment.Ignore(a => a.StartUtc);
        appointment.HasIndex(a => new { a.HallId, a.Day, a.Code }).IsUnique();
        appointment.HasIndex(a => a.Token).IsUnique();
        appointment.HasIndex(a => new { a.Phone, a.Day });
        appointment.HasIndex(a => a.Day).HasFilter("state = 'Booked'");
        appointment.HasOne<Hall>().WithMany().HasForeignKey(a => a.HallId);
        appointment.HasOne<QueueTicket>().WithMany().HasForeignKey(a => a.TicketId);
        appointment.Check("ended", "(state = 'Booked') = (ended_at_utc is null)");
        appointment.Check("came", "(state = 'Came') = (ticket_id is not null)");
    }
}

sealed class AppointmentDayMap : IEntityTypeConfiguration<AppointmentDay>
{
    public void Configure(EntityTypeBuilder<AppointmentDay> day)
    {
        day.ToTable("appointment_days").HasKey(d => d.Key);
        day.Property(d => d.Key).HasMaxLength(50);
    }
}

/// <summary>An appointment was made, came, was cancelled or missed.</summary>
public sealed record AppointmentMoved(Guid HallId, Guid AppointmentId, AppointmentState State) : IOfHall;

/// <summary>It is time to remind the visitor; whoever sends messages reads the appointment by its id.</summary>
public sealed record AppointmentNear(Guid HallId, Guid AppointmentId) : IOfHall;
