using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>Before: 班前会. After: 班后会.</summary>
public enum MeetingKind { Before, After }

public enum Attendance { Present, Late, OnLeave, Absent }

/// <summary>班前会、班后会: held once, with the figures it spoke about, who was there and how they looked, and what was said; signed when it is written.</summary>
public sealed class Meeting
{
    public const int MostWords = 2000;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid HallId { get; init; }
    public required BusinessDate Date { get; init; }
    public required MeetingKind Kind { get; init; }
    public required Guid DutyId { get; init; }
    /// <summary>Day that the figures are of: yesterday before opening, today after closing.</summary>
    public required BusinessDate FactsOf { get; init; }
    public int Tickets { get; init; }
    public int Served { get; init; }
    public int MeanWaitSeconds { get; init; }
    public int LongestWaitSeconds { get; init; }
    public int Payments { get; init; }
    public long TakingsFen { get; init; }
    public int Ratings { get; init; }
    public int RatingHundredths { get; init; }
    public int Complaints { get; init; }
    public int MissedDuties { get; init; }
    public int OpenFaults { get; init; }
    public int OpenTills { get; init; }
    /// <summary>Told to everybody, who say that they have read it; null: nothing.</summary>
    public string? Notices { get; init; }
    public string? Question { get; init; }
    public string? Minutes { get; init; }
    public required Guid SignedBy { get; init; }
    public required string SignedByName { get; init; }
    public required DateTime SignedAtUtc { get; init; }
}

/// <summary>One person on the roll of a meeting.</summary>
public sealed class MeetingPerson
{
    public required Guid MeetingId { get; init; }
    public required Guid UserId { get; init; }
    public required string Name { get; init; }
    public required Attendance Attendance { get; init; }
    /// <summary>Uniform, badge, hair; null: the person was not there.</summary>
    public bool? LooksRight { get; init; }
    public string? Remark { get; init; }
    public DateTime? ReadAtUtc { get; private set; }

    public void Read(DateTime atUtc) => ReadAtUtc ??= atUtc;
}

sealed class MeetingMap : IEntityTypeConfiguration<Meeting>
{
    public void Configure(EntityTypeBuilder<Meeting> meeting)
    {
        meeting.ToTable("duty_meetings");
        meeting.Property(m => m.Notices).HasMaxLength(Meeting.MostWords);
        meeting.Property(m => m.Question).HasMaxLength(400);
        meeting.Property(m => m.Minutes).HasMaxLength(Meeting.MostWords);
        meeting.Property(m => m.SignedByName).HasMaxLength(60);
        meeting.HasIndex(m => new { m.HallId, m.Date, m.Kind }).IsUnique();
        meeting.HasOne<Hall>().WithMany().HasForeignKey(m => m.HallId);
        meeting.HasOne<Duty>().WithMany().HasForeignKey(m => m.DutyId);
    }
}

sealed class MeetingPersonMap : IEntityTypeConfiguration<MeetingPerson>
{
    public void Configure(EntityTypeBuilder<MeetingPerson> person)
    {
        person.ToTable("duty_meeting_people").HasKey(p => new { p.MeetingId, p.UserId });
        person.Property(p => p.Name).HasMaxLength(60);
        person.Property(p => p.Remark).HasMaxLength(DutyAnswer.MostRemark);
        person.HasOne<Meeting>().WithMany().HasForeignKey(p => p.MeetingId);
        person.Check("looks", "(looks_right is null) = (attendance in ('OnLeave', 'Absent'))");
    }
}
