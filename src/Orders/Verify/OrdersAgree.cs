using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;

namespace OpenHall.Orders;

/// <summary>An order's fees are what its fee bills asked for when they were made.</summary>
sealed class OrderFeesAgree : IVerifyCheck
{
    public string Name => "orders.fees";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find($"""
        select 'service_orders ' || o.number as "Row", o.fee_fen as "Found", cast(coalesce(l.fen, 0) as bigint) as "Wanted"
        from service_orders o
        left join (
          select b.run_id, sum(l.amount_fen) as fen from customer_bills b join bill_lines l on l.bucket = b.bucket and l.account_id = b.account_id and l.period = b.period and l.issue = b.issue
          where b.period % 100 >= {FeeBills.FirstPlace} group by b.run_id
        ) l on l.run_id = o.id
        where o.fee_fen <> coalesce(l.fen, 0)
        """, "asks for {0} fen, its bills for {1}", ct);
}

/// <summary>An order has gone only ways that the table of moves has, and its last step is its state.</summary>
sealed class OrderStepsAgree : IVerifyCheck
{
    public string Name => "orders.steps";

    public async IAsyncEnumerable<Finding> Look(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var order in db.ServiceOrders.AsNoTracking().OrderBy(o => o.Id).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (order.IsOver != (order.EndedAtUtc is not null) || (order.State == OrderState.InProgress) != (order.WorkerId is not null))
                yield return new($"service_orders {order.Number}", $"is {order.State} with the marks of another state");
        }

        var steps = db.OrderSteps;
        var without = db.ServiceOrders.Where(o => !steps.Any(s => s.OrderId == o.Id && s.Kind == "Accepted")).Select(o => o.Number);
        await foreach (var number in without.AsAsyncEnumerable().WithCancellation(ct)) yield return new($"service_orders {number}", "was never accepted");
    }
}
