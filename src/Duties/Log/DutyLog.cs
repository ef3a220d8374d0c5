using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>What a line of the log tells; <see cref="LogLine.What"/> and <see cref="LogLine.More"/> are read accordingly.</summary>
public enum LogKind { DayOpened, DayClosed, TillOpened, TillSettled, Reversed, Granted, Denied, Complaint, TicketsServed, DutyLate, DutyMissed, FaultFound, FaultEnded, MeetingSigned }

/// <summary>One event of a day, as the system has it.</summary>
/// <param name="Who">Null: nobody in particular.</param>
/// <param name="What">Counter, number, operation, duty or words.</param>
/// <param name="More">Amount in yuan, minutes or time; a place in both languages, one a line.</param>
public sealed record LogLine(DateTime AtUtc, LogKind Kind, string? Who = null, string What = "", string More = "");

/// <summary>值班日志, signed: there is a row once a hall's log of a day is signed, and from then on nothing is added to it.</summary>
public sealed class DutyLog
{
    public const int MostWords = 1000, MostMore = 330;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid HallId { get; init; }
    public required BusinessDate Date { get; init; }
    public required Guid SignedBy { get; init; }
    public required string SignedByName { get; init; }
    public required DateTime SignedAtUtc { get; init; }
    /// <summary>On a later calendar day than its own.</summary>
    public bool IsLate { get; init; }
}

/// <summary>An event as it stood when the log was signed. Insert-only.</summary>
public sealed class DutyLogLine
{
    public required Guid LogId { get; init; }
    public required int Line { get; init; }
    public required DateTime AtUtc { get; init; }
    public required LogKind Kind { get; init; }
    public string? Who { get; init; }
    public required string What { get; init; }
    public required string More { get; init; }
}

/// <summary>备注: words of the duty manager. A mistake is answered by another remark. Insert-only.</summary>
public sealed class DutyLogRemark
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid HallId { get; init; }
    public required BusinessDate Date { get; init; }
    public required string Words { get; init; }
    public required Guid ById { get; init; }
    public required string ByName { get; init; }
    public required DateTime AtUtc { get; init; }
}

sealed class DutyLogMap : IEntityTypeConfiguration<DutyLog>
{
    public void Configure(EntityTypeBuilder<DutyLog> log)
    {
        log.ToTable("duty_logs");
        log.Property(l => l.SignedByName).HasMaxLength(60);
        log.HasIndex(l => new { l.HallId, l.Date }).IsUnique();
        log.HasOne<Hall>().WithMany().HasForeignKey(l => l.HallId);
    }
}

sealed class DutyLogLineMap : IEntityTypeConfiguration<DutyLogLine>
{
    public void Configure(EntityTypeBuilder<DutyLogLine> line)
    {
        line.ToTable("duty_log_lines").InsertOnly().HasKey(l => new { l.LogId, l.Line });
        line.Property(l => l.Who).HasMaxLength(60);
        line.Property(l => l.What).HasMaxLength(FaultLine.MostWords);
        line.Property(l => l.More).HasMaxLength(DutyLog.MostMore);
        line.HasOne<DutyLog>().WithMany().HasForeignKey(l => l.LogId);
    }
}

sealed class DutyLogRemarkMap : IEntityTypeConfiguration<DutyLogRemark>
{
    public void Configure(EntityTypeBuilder<DutyLogRemark> remark)
    {
        remark.ToTable("duty_log_remarks").InsertOnly();
        remark.Property(r => r.Words).HasMaxLength(DutyLog.MostWords);
        remark.Property(r => r.ByName).HasMaxLength(60);
        remark.HasIndex(r => new { r.HallId, r.Date });
        remark.HasOne<Hall>().WithMany().HasForeignKey(r => r.HallId);
    }
}
