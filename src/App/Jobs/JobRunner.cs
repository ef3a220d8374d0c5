using System.Diagnostics;
using System.Text.Json;
using Cronos;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Writes down what is due and does it, once over all nodes.</summary>
public sealed class JobRunner(IDbContextFactory<HallDb> databases, Writers writers, TimeProvider clock, IServiceScopeFactory scopes, LiveHub live, ILogger<JobRunner> log)
{
    /// <summary>Puts each job's latest due time into the table. Times missed while no node ran are done once, not once each.</summary>
    public async Task Plan(CancellationToken ct = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var scope = scopes.CreateAsyncScope();
        await using var db = await databases.CreateDbContextAsync(ct);
        foreach (var job in scope.ServiceProvider.GetServices<IJob>())
        {
            if (LastDue(job.Cron, now) is not { } due || await db.JobRuns.AnyAsync(r => r.Name == job.Name && r.DueAtUtc >= due, ct)) continue;
            await writers.InTransaction(writer => writer.Database.ExecuteSqlAsync(
                $"insert into jobs (name, due_at_utc, state, attempts, not_before_utc, took_ms) values ({job.Name}, {due}, 'Waiting', 0, {due}, 0) on conflict do nothing", ct), ct);
        }
    }

    /// <summary>Does what is due now and not taken by another node.</summary>
    /// <returns>How many runs ended well.</returns>
    public async Task<int> RunDue(CancellationToken ct = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<JobRun> due;
        await using (var db = await databases.CreateDbContextAsync(ct))
            due = await db.JobRuns.Where(r => r.State == JobState.Waiting && r.NotBeforeUtc <= now).OrderBy(r => r.NotBeforeUtc).Take(JobLimits.Batch).ToListAsync(ct);

        var done = 0;
        foreach (var run in due)
        {
            if (await Try(run, ct)) done++;
        }

        return done;
    }

    private async Task<bool> Try(JobRun candidate, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var job = scope.ServiceProvider.GetServices<IJob>().FirstOrDefault(j => j.Name == candidate.Name);
        if (job is null) return false;
        try
        {
            var happened = await writers.InTransaction<IReadOnlyList<object>?>(async db =>
            {
                var run = await Claim(db, candidate, ct);
                if (run is null) return null;
                var began = Stopwatch.GetTimestamp();
                db.AtUtc = clock.GetUtcNow().UtcDateTime;
                var figure = await job.Run(db, run.DueAtUtc, ct);
                run.Finish(figure, clock.GetUtcNow().UtcDateTime, Stopwatch.GetElapsedTime(began));
                return Write(db);
            }, ct);
            // After the commit: whoever asks now sees what the job did.
            foreach (var topic in happened ?? []) live.Announce((topic as IOfHall)?.HallId, [topic.GetType().Name]);
            return happened is not null;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError("Job {Job} due {Due:O} failed: {Failure}", candidate.Name, candidate.DueAtUtc, NameOf(e));
            await writers.InTransaction(async db =>
            {
                (await Claim(db, candidate, ct))?.Fail(NameOf(e), clock.GetUtcNow().UtcDateTime);
                return true;
            }, ct);
            return false;
        }
    }

    /// <summary>What the job raised goes into the events of the same transaction.</summary>
    private IReadOnlyList<object> Write(HallDb db)
    {
        var (raised, at) = (db.TakeRaised(), clock.GetUtcNow().UtcDateTime);
        foreach (var happened in raised)
            db.Insert(new HallEvent { Type = happened.GetType().Name, HallId = (happened as IOfHall)?.HallId, AtUtc = at, Payload = JsonSerializer.Serialize(happened, happened.GetType()) });
        return raised;
    }

    private static Task<JobRun?> Claim(HallDb db, JobRun run, CancellationToken ct) =>
        db.JobRuns.Where(r => r.Name == run.Name && r.DueAtUtc == run.DueAtUtc && r.State == JobState.Waiting).ClaimOrNull(ct);

    /// <summary>A failure without its words: they may hold people's data.</summary>
    internal static string NameOf(Exception e) => e is Refused refusal ? refusal.Code : e.InnerException is { } inner ? $"{e.GetType().Name}/{inner.GetType().Name}" : e.GetType().Name;

    /// <summary>The last due time not after now.</summary>
    internal static DateTime? LastDue(string cron, DateTime nowUtc)
    {
        var times = CronExpression.Parse(cron);
        // Looked for in growing windows, so that a yearly job costs no more than a minutely one.
        foreach (var window in new[] { TimeSpan.FromHours(2), TimeSpan.FromDays(3), TimeSpan.FromDays(40), TimeSpan.FromDays(370) })
        {
            var last = times.GetOccurrences(nowUtc - window, nowUtc, JobLimits.Zone, fromInclusive: false, toInclusive: true).Select(t => (DateTime?)t).LastOrDefault();
            if (last is not null) return last;
        }

        return null;
    }

    /// <summary>When a job is due next.</summary>
    public DateTime? NextDue(IJob job) => CronExpression.Parse(job.Cron).GetNextOccurrence(clock.GetUtcNow().UtcDateTime, JobLimits.Zone);
}
