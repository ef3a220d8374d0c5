using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenHall.App;

public enum JobState { Waiting, Done, Failed }

/// <summary>One due time of a job. The key (name, due) is what keeps several nodes from doing it twice.</summary>
public sealed class JobRun
{
    public required string Name { get; init; }
    public DateTime DueAtUtc { get; init; }
    public JobState State { get; private set; } = JobState.Waiting;
    public int Attempts { get; private set; }
    public DateTime NotBeforeUtc { get; private set; }
    public DateTime? EndedAtUtc { get; private set; }
    public long TookMs { get; private set; }
    /// <summary>What the job counted.</summary>
    public long? Figure { get; private set; }
    /// <summary>Kind of the last failure; never its words, which may hold people's data.</summary>
    public string? Failure { get; private set; }

    internal void Finish(long figure, DateTime atUtc, TimeSpan took) =>
        (State, Attempts, Figure, EndedAtUtc, TookMs, Failure) = (JobState.Done, Attempts + 1, figure, atUtc, (long)took.TotalMilliseconds, null);

    internal void Fail(string failure, DateTime atUtc)
    {
        (Attempts, Failure, EndedAtUtc) = (Attempts + 1, failure.Length > 200 ? failure[..200] : failure, atUtc);
        if (Attempts >= JobLimits.MaxAttempts) State = JobState.Failed;
        else NotBeforeUtc = atUtc + JobLimits.RetryAfter(Attempts);
    }

    /// <summary>A person wants it tried again.</summary>
    internal void TryAgain(DateTime atUtc) => (State, Attempts, NotBeforeUtc) = (JobState.Waiting, 0, atUtc);
}

public static class JobTables
{
    extension(HallDb db)
    {
        public DbSet<JobRun> JobRuns => db.Set<JobRun>();
    }
}

sealed class JobRunMap : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> run)
    {
        run.ToTable("jobs").HasKey(r => new { r.Name, r.DueAtUtc });
        run.Property(r => r.Name).HasMaxLength(60);
        run.Property(r => r.Failure).HasMaxLength(200);
        run.HasIndex(r => new { r.State, r.NotBeforeUtc });
        run.Check("attempts", "attempts >= 0");
    }
}
