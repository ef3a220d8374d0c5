using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Takes runs and messages that are long done off their tables; dead and failed ones stay until a person has looked.</summary>
sealed class ForgetDone(TimeProvider clock) : IJob
{
    public string Name => "jobs.forget";

    public string Cron => "40 3 * * *";

    public async Task<long> Run(HallDb db, DateTime dueAtUtc, CancellationToken ct)
    {
        var before = clock.GetUtcNow().UtcDateTime - JobLimits.KeepDoneFor;
        var runs = await db.JobRuns.Where(r => r.State == JobState.Done && r.EndedAtUtc < before).ExecuteDeleteAsync(ct);
        return runs + await db.OutboxMessages.Where(m => m.State == OutboxState.Sent && m.SentAtUtc < before).ExecuteDeleteAsync(ct);
    }
}
