using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OpenHall.App;

/// <summary>Where messages go: one implementation a way out. Delivering the same message twice must do no harm; its id tells.</summary>
public interface IOutboxChannel
{
    string Name { get; }

    /// <exception cref="Exception">It did not get out; it is tried again later.</exception>
    Task Deliver(OutboxMessage message, CancellationToken ct);
}

/// <summary>Delivers what waits. Each message by itself: one that fails holds nobody up.</summary>
public sealed class OutboxRunner(IDbContextFactory<HallDb> databases, Writers writers, TimeProvider clock, IServiceScopeFactory scopes, ILogger<OutboxRunner> log)
{
    /// <returns>How many got out.</returns>
    public async Task<int> DeliverDue(CancellationToken ct = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<Guid> waiting;
        await using (var db = await databases.CreateDbContextAsync(ct))
            waiting = await db.OutboxMessages.Where(m => m.State == OutboxState.Waiting && m.NotBeforeUtc <= now).OrderBy(m => m.Id).Take(JobLimits.Batch).Select(m => m.Id).ToListAsync(ct);

        var sent = 0;
        foreach (var id in waiting)
        {
            if (await writers.InTransaction(db => Deliver(db, id, ct), ct)) sent++;
        }

        return sent;
    }

    private async Task<bool> Deliver(HallDb db, Guid id, CancellationToken ct)
    {
        var message = await db.OutboxMessages.Where(m => m.Id == id && m.State == OutboxState.Waiting).ClaimOrNull(ct);
        if (message is null) return false;
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            var channel = scope.ServiceProvider.GetServices<IOutboxChannel>().FirstOrDefault(c => c.Name == message.Channel) ?? throw new InvalidOperationException("no such channel");
            await channel.Deliver(message, ct);
            message.Sent(clock.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            message.Fail(JobRunner.NameOf(e), clock.GetUtcNow().UtcDateTime);
            log.LogWarning("Message {Id} ({Topic}) did not get out by {Channel}: {Failure}", message.Id, message.Topic, message.Channel, message.Failure);
            return false;
        }
    }
}
