using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Orders;

/// <summary>What was granted until a day (a larger household, a free quota) ends the day after: the supply is again as it was before the order.</summary>
public sealed class EndValidity(ServiceEffects effects, TimeProvider clock) : IJob
{
    private const int MostAtOnce = 200;

    public string Name => "orders.expire";

    public string Cron => "10 1 * * *";

    public async Task<long> Run(HallDb db, DateTime dueAtUtc, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(Shown.Local(clock.GetUtcNow().UtcDateTime));
        var ids = await db.ServiceOrders.Where(o => o.ValidUntil < today && !o.IsExpired && o.State == OrderState.Completed).OrderBy(o => o.Id).Take(MostAtOnce).Select(o => o.Id).ToListAsync(ct);
        var ended = await db.ServiceOrders.Where(o => ids.Contains(o.Id)).OrderBy(o => o.Id).HoldAll(ct);
        foreach (var order in ended)
        {
            var ran = await db.OrderSteps.Where(s => s.OrderId == order.Id && s.Effect != null && s.Before != null).OrderByDescending(s => s.Place).ToListAsync(ct);
            foreach (var step in ran) await effects[step.Effect!].Undo(db, order, step.Before!, ct);
            order.IsExpired = true;
            db.Step(order, "Expired", null);
            db.Raise(new OrderMoved(order.HallId, order.Id, order.Number, order.State));
        }

        return ended.Count;
    }
}
