using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenHall.App;

namespace OpenHall.Payments;

/// <summary>Goes on with answers whose booking was cut off, in the name of whoever handed them in. Several nodes may do so; each part is booked once (<see cref="BookDebitAnswer"/>).</summary>
sealed class DebitWorker(IServiceScopeFactory scopes, BackgroundSwitch isOn, TimeProvider clock, ILogger<DebitWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);
    /// <summary>Younger ones are booked by the request that brought them.</summary>
    private static readonly TimeSpan After = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (isOn.IsOn && !stopping.IsCancellationRequested)
        {
            try
            {
                await CarryOn(stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                log.LogError("Answers to direct debits: this round ended early ({Failure})", e.GetType().Name);
            }

            await Task.Delay(LookEvery, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CarryOn(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = clock.GetUtcNow().UtcDateTime - After;
        var open = await scope.ServiceProvider.GetRequiredService<HallDb>().DebitBatches.AsNoTracking().Where(b => b.State == DebitBatchState.Booking && b.EndedAtUtc < before).ToListAsync(ct);
        foreach (var batch in open)
        {
            await using var own = scopes.CreateAsyncScope();
            var person = new StaffUser { Id = batch.AnsweredBy!.Value, UserName = "", DisplayName = batch.EndedByName ?? "", UnitPath = batch.UnitPath, Posts = "", HallId = batch.HallId };
            own.ServiceProvider.GetRequiredService<Current>().Become(person, new HashSet<string> { "debits.make" });
            // A closed day refuses; the batch waits for the next one.
            await Refusals.Catch(() => own.ServiceProvider.GetRequiredService<BookDebitAnswer>().Continue(batch.Id, ct));
        }
    }
}
