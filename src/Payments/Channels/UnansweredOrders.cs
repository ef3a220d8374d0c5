using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenHall.App;

namespace OpenHall.Payments;

/// <summary>Asks again what a channel left open, also when the clerk has gone on to the next customer or the program was restarted in between.
/// Several nodes may ask the same; it is booked once (<see cref="CollectPayment"/>).</summary>
sealed class UnansweredOrders(IServiceScopeFactory scopes, BackgroundSwitch isOn, TimeProvider clock, ILogger<UnansweredOrders> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    /// <summary>Younger ones are being asked by the request that made them.</summary>
    private static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(10);
    private const int Batch = 50;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        if (!isOn.IsOn) return;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await AskAll(stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                log.LogError("Unanswered channel orders: this round ended early ({Failure})", e.GetType().Name);
            }

            await Task.Delay(LookEvery, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AskAll(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HallDb>();
        var before = clock.GetUtcNow().UtcDateTime - AskAfter;
        var open = await (from order in db.ChannelOrders
                          where order.State == ChannelOrderState.Asked && order.AskedAtUtc < before
                          join till in db.TillSessions on order.TillSessionId equals till.Id
                          orderby order.AskedAtUtc
                          select new { order, till }).Take(Batch).ToListAsync(ct);
        foreach (var one in open)
        {
            await using var inOrder = scopes.CreateAsyncScope();
            // In the name of the clerk who took the payment.
            var clerk = new StaffUser { Id = one.till.ClerkId, UserName = one.till.ClerkNumber, DisplayName = one.till.ClerkName, UnitPath = "", Posts = "", HallId = one.till.HallId };
            inOrder.ServiceProvider.GetRequiredService<Current>().Become(clerk, new HashSet<string> { "payments.take" });
            // A refusal (a used-up receipt book) leaves it open; the clerk sees it in her shift.
            await Refusals.Catch(() => inOrder.ServiceProvider.GetRequiredService<CollectPayment>().Ask(one.order, isFirst: false, ct));
        }
    }
}
