using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Orders;

/// <summary>Finds stages that will soon be or are overdue, and says so once in the order's time line and on the work lists.</summary>
public sealed class FindLateOrders(TimeProvider clock) : IJob
{
    /// <summary>Rows held at once.</summary>
    private const int MostAtOnce = 300;

    public string Name => "orders.late";

    public string Cron => "*/5 * * * *";

    public async Task<long> Run(HallDb db, DateTime dueAtUtc, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var ids = await db.ServiceOrders.Where(o => o.EndedAtUtc == null && (o.DueUtc < now && !o.IsOverdue || o.WarnAtUtc < now && !o.IsWarned)).OrderBy(o => o.Id).Take(MostAtOnce).Select(o => o.Id).ToListAsync(ct);
        if (ids.Count == 0) return 0;
        var found = await db.ServiceOrders.Where(o => ids.Contains(o.Id) && o.EndedAtUtc == null).OrderBy(o => o.Id).HoldAll(ct);
        foreach (var order in found)
        {
            var isLate = order.DueUtc < now;
            if (isLate ? order.IsOverdue : order.IsWarned || order.WarnAtUtc is null) continue;
            (order.IsWarned, order.IsOverdue) = (true, isLate);
            db.Step(order, isLate ? "Overdue" : "Warned", null);
            db.Raise(new OrderMoved(order.HallId, order.Id, order.Number, order.State));
        }

        return found.Count;
    }
}
