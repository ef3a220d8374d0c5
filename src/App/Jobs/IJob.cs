namespace OpenHall.App;

/// <summary>Work that is due at set times. Each module brings its own; they are found by this interface.</summary>
public interface IJob
{
    /// <summary><c>noun.verb</c>: audit.export. Its words are <c>jobs.name.{Name}</c> in texts.yaml.</summary>
    string Name { get; }

    /// <summary>When it is due, as five cron fields in the halls' time (Asia/Shanghai).</summary>
    string Cron { get; }

    /// <summary>Does the work inside the transaction that also writes "done": what it writes to <paramref name="db"/> happens exactly once,
    /// what it does outside the database it must be able to do again. What it raises is written as an event and tells open pages; handlers are not asked.</summary>
    /// <returns>A figure for the list of runs (lines written, files kept).</returns>
    Task<long> Run(HallDb db, DateTime dueAtUtc, CancellationToken ct);
}

/// <summary>An event that says itself which hall it is of: what a job raises has no person whose hall it could be.</summary>
public interface IOfHall
{
    Guid HallId { get; }
}

/// <summary>Limits of background work.</summary>
public static class JobLimits
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    /// <summary>How often a node looks for work that is due.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    /// <summary>Tries before a run is left for a person to look at.</summary>
    public const int MaxAttempts = 8;
    /// <summary>Wait after the first failure; doubles with each.</summary>
    public static readonly TimeSpan FirstRetryAfter = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);
    /// <summary>Runs and messages that are done are kept so long.</summary>
    public static readonly TimeSpan KeepDoneFor = TimeSpan.FromDays(30);
    /// <summary>Looked at in one round.</summary>
    public const int Batch = 20;

    /// <summary>When to try again after the given number of failures.</summary>
    public static TimeSpan RetryAfter(int attempts)
    {
        var wait = FirstRetryAfter * Math.Pow(2, Math.Min(attempts, 20) - 1);
        return wait < LongestRetryAfter ? wait : LongestRetryAfter;
    }
}
