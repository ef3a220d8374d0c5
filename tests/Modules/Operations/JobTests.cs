using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

public class JobTests
{
    private static JobRunner Runner(TestHall hall) => hall.Services.GetRequiredService<JobRunner>();

    [Theory, BothDatabases]
    public async Task What_is_due_runs_once_however_many_nodes_look(TestHall hall)
    {
        // 00:06 in the halls' time: the export of the audit heads was due a minute ago.
        hall.Clock.SetTo(new(2026, 3, 31, 16, 6, 0, DateTimeKind.Utc));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Runner(hall).Plan()));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Runner(hall).RunDue()));
        var run = await hall.Read(db => db.JobRuns.SingleAsync(r => r.Name == "audit.export"));
        Assert.Equal((JobState.Done, 1), (run.State, run.Attempts));
        Assert.Equal(new DateTime(2026, 3, 31, 16, 5, 0, DateTimeKind.Utc), run.DueAtUtc);
        Assert.True(File.Exists(Path.Combine(hall.Folder, "audit-heads", "2026-03-31.json")));
    }

    [Theory, BothDatabases]
    public async Task Times_missed_while_nothing_ran_are_made_up_for_once(TestHall hall)
    {
        hall.Clock.SetTo(new(2026, 3, 31, 16, 6, 0, DateTimeKind.Utc));
        await Runner(hall).Plan();
        hall.Clock.Advance(TimeSpan.FromDays(5));
        await Runner(hall).Plan();
        Assert.Equal(2, await hall.Read(db => db.JobRuns.CountAsync(r => r.Name == "audit.export")));
    }

    [Theory, BothDatabases]
    public async Task A_failing_job_is_tried_again_later_and_at_last_left_to_a_person(TestHall hall)
    {
        hall.Clock.SetTo(new(2026, 3, 31, 16, 6, 0, DateTimeKind.Utc));
        // A file where the folder should be: the export cannot be written.
        await File.WriteAllTextAsync(Path.Combine(hall.Folder, "audit-heads"), "");
        await Runner(hall).Plan();
        for (var i = 0; i < JobLimits.MaxAttempts; i++)
        {
            await Runner(hall).RunDue();
            hall.Clock.Advance(JobLimits.LongestRetryAfter);
        }

        var failed = await hall.Read(db => db.JobRuns.SingleAsync(r => r.Name == "audit.export"));
        Assert.Equal((JobState.Failed, JobLimits.MaxAttempts, "IOException"), (failed.State, failed.Attempts, failed.Failure));

        File.Delete(Path.Combine(hall.Folder, "audit-heads"));
        await hall.As("admin.jobs").Do((TryJobAgain again) => again.Handle(new(Guid.CreateVersion7(), "audit.export", failed.DueAtUtc)));
        await Runner(hall).RunDue();
        Assert.Equal(JobState.Done, (await hall.Read(db => db.JobRuns.SingleAsync(r => r.Name == "audit.export" && r.DueAtUtc == failed.DueAtUtc))).State);
    }

    [Fact]
    public void Waits_between_tries_grow_to_a_limit()
    {
        Assert.Equal(JobLimits.FirstRetryAfter, JobLimits.RetryAfter(1));
        Assert.Equal(JobLimits.FirstRetryAfter * 4, JobLimits.RetryAfter(3));
        Assert.Equal(JobLimits.LongestRetryAfter, JobLimits.RetryAfter(30));
    }

    [Theory, BothDatabases]
    public async Task Done_runs_are_forgotten_and_failed_ones_kept(TestHall hall)
    {
        hall.Clock.SetTo(new(2026, 3, 31, 16, 6, 0, DateTimeKind.Utc));
        await Runner(hall).Plan();
        await Runner(hall).RunDue();
        hall.Clock.Advance(TimeSpan.FromDays(40));
        await Runner(hall).Plan();
        await Runner(hall).RunDue();
        Assert.Equal(0, await hall.Read(db => db.JobRuns.CountAsync(r => r.DueAtUtc < hall.Clock.UtcNow.AddDays(-30))));
    }

    [Fact]
    public async Task The_nightly_copy_is_whole_and_the_oldest_go()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        await hall.As("settings.change").Do((ChangeSetting change) => change.Handle(new(Guid.CreateVersion7(), "backup.copies", "2", "磁盘小")));
        for (var night = 0; night < 4; night++)
        {
            hall.Clock.SetTo(new DateTime(2026, 3, 31, 18, 31, 0, DateTimeKind.Utc).AddDays(night));
            await Runner(hall).Plan();
            await Runner(hall).RunDue();
        }

        var copies = Directory.GetFiles(Path.Combine(hall.Folder, "backups")).Select(Path.GetFileName).Order();
        Assert.Equal(["openhall-20260403.db", "openhall-20260404.db"], copies);
        Assert.Empty(await SqliteBackup.Damages(Path.Combine(hall.Folder, "backups", "openhall-20260404.db")));
    }
}
