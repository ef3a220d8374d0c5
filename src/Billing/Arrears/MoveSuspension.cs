using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>停电、复电: says that an order was carried out, that the supply is back, or takes the order back.</summary>
public sealed class MoveSuspension(Work work, Current current)
{
    /// <param name="Action">CarryOut, Withdraw or Restore; Pay comes by itself.</param>
    /// <param name="Reason">Needed to withdraw, and to restore before it is paid.</param>
    [Needs("arrears.suspend")]
    public sealed record Command(Guid RequestId, long AccountId, Guid OrderId, SuspensionAction Action, string? Reason = null) : ICommand;

    /// <exception cref="Refused">suspension.not_found; account.out_of_reach; suspension.move_not_allowed; suspension.reason_missing</exception>
    public Task<SuspensionState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var bucket = Books.BucketOf(c.AccountId);
        var order = await db.SuspensionOrders.Hold(o => o.Bucket == bucket && o.Id == c.OrderId, orRefuse: "suspension.not_found", ct);
        Refused.If(!current.Covers(order.UnitPath), "account.out_of_reach");
        Refused.If(c.Action is SuspensionAction.Pay or SuspensionAction.TakeBack, "suspension.move_not_allowed", order.AccountNumber);
        order.Move(c.Action, c.Reason, current.Name, db.AtUtc);
        db.Subject = order.AccountNumber;
        db.Raise(new SuspensionMoved(order.Id, order.State));
        return order.State;
    }, ct);
}

/// <summary>An order to cut off went on.</summary>
public sealed record SuspensionMoved(Guid OrderId, SuspensionState State);
