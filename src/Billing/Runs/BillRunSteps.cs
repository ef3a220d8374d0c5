using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Carries a run on, from wherever it stands, until it is done, paused or stopped. Safe to run on several nodes at once.</summary>
public sealed class BillRunSteps(IDbContextFactory<HallDb> databases, Database database, RateChunk rate, ReleaseChunk release, Work work, TimeProvider clock)
{
    /// <summary>Chunks worked on at the same time by one node.</summary>
    public const int MostAtOnce = 4;

    [Needs("bills.run")]
    private sealed record Finish(Guid RequestId, Guid RunId, BillRunState State) : ICommand;

    /// <summary>Works on the run's chunks in order until none is left or the run is no longer at work.</summary>
    /// <param name="most">Chunks at most; for callers that want to look in between.</param>
    public async Task<BillRunState> Continue(Guid runId, CancellationToken ct = default, int most = int.MaxValue)
    {
        for (var done = 0; ;)
        {
            var (state, next) = await Next(runId, Math.Clamp(most - done, 1, AtOnce), ct);
            if (next.Count == 0) return state is BillRunState.Rating or BillRunState.Releasing ? await Finished(runId, state, ct) : state;
            if (state is not (BillRunState.Rating or BillRunState.Releasing) || done >= most) return state;
            await Task.WhenAll(next.Select(chunk => state == BillRunState.Rating ? rate.Handle(RateChunk.For(runId, chunk), ct) : (Task)release.Handle(ReleaseChunk.For(runId, chunk), ct)));
            done += next.Count;
        }
    }

    /// <summary>SQLite has one writer; on PostgreSQL the program works on one chunk while the database writes another.</summary>
    private int AtOnce => database.IsPostgres ? Math.Clamp(Environment.ProcessorCount, 1, MostAtOnce) : 1;

    private async Task<(BillRunState State, IReadOnlyList<int> Chunks)> Next(Guid runId, int count, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var state = await db.BillRuns.Where(r => r.Id == runId).Select(r => (BillRunState?)r.State).SingleOrDefaultAsync(ct) ?? throw new Refused("run.not_found");
        var open = state is BillRunState.Releasing or BillRunState.ReleasingPaused
            ? db.BillRunChunks.Where(c => c.RunId == runId && !c.IsReleased)
            : db.BillRunChunks.Where(c => c.RunId == runId && !c.IsRated);
        return (state, await open.OrderBy(c => c.Number).Select(c => c.Number).Take(count).ToListAsync(ct));
    }

    private Task<BillRunState> Finished(Guid runId, BillRunState from, CancellationToken ct) => work.Once(new Finish(RateChunk.IdOf(runId, "finish", (int)from), runId, from), async db =>
    {
        var run = await db.BillRuns.Hold(r => r.Id == runId, orRefuse: "run.not_found", ct);
        if (run.State != from) return run.State;
        run.Move(from == BillRunState.Rating ? BillRunState.Rated : BillRunState.Released, clock.GetUtcNow().UtcDateTime);
        db.Subject = new BillingPeriod(run.Period).ToString();
        db.Raise(new BillRunMoved(run.Id, run.State));
        return run.State;
    }, ct);
}
