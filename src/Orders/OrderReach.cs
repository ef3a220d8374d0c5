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

    /// <summary>Whether the person may act on an order that is seen: it is of the own hall (or the person is of none), or in the own hands. Other halls of the city read it.</summary>
    public static bool MayAct(this Current current, ServiceOrder order) =>
        current.HallId is null || current.HallId == order.HallId || current.UserId is { } me && (order.AcceptedBy == me || order.WorkerId == me);

    /// <summary>The order, held; the person may act on it.</summary>
    /// <exception cref="Refused">order.not_found; order.other_hall</exception>
    public static async Task<ServiceOrder> HoldOwnOrder(this HallDb db, Current current, string number, CancellationToken ct)
    {
        var order = await db.HoldOrder(current, number, ct);
        Refused.If(!current.MayAct(order), "order.other_hall", order.Number);
        return order;
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
