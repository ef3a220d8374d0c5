using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>数据范围 on orders: those of the units a person sees, and those the person accepted or works at.</summary>
public static class OrderReach
{
    public static IQueryable<ServiceOrder> SeenBy(this IQueryable<ServiceOrder> orders, Current current)
    {
        if (Reach.Of(current) is not { } units) return orders;
        var me = current.UserId;
        var exact = units.Where(u => !u.AndBelow).Select(u => u.Path).ToList();
        var below = units.Where(u => u.AndBelow).Select(u => u.Path).ToList();
        return orders.Where(o => o.AcceptedBy == me || o.WorkerId == me || exact.Contains(o.UnitPath) || below.Any(path => EF.Functions.Like(o.UnitPath, path + "%")));
    }

    /// <summary>The order, held; the person sees it.</summary>
    /// <exception cref="Refused">order.not_found</exception>
    public static async Task<ServiceOrder> HoldOrder(this HallDb db, Current current, string number, CancellationToken ct)
    {
        Refused.If(!await db.ServiceOrders.SeenBy(current).AnyAsync(o => o.Number == number, ct), "order.not_found", number);
        var order = await db.ServiceOrders.Hold(o => o.Number == number, orRefuse: "order.not_found", ct);
        (db.Subject, db.HallOfCommand) = (order.Number, order.HallId);
        return order;
    }
}
