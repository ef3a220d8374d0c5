using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>Nothing of the account is overdue any more.</summary>
public sealed record ArrearsCleared(long AccountId, int Episode);

/// <summary>What waits for the money hears of it: an order to cut off is withdrawn, an account that is cut off is to be connected again.</summary>
public sealed class EndOfArrears(Current current) : IHandle<ArrearsCleared>
{
    public async Task Handle(ArrearsCleared happened, HallDb db, CancellationToken ct)
    {
        var bucket = Books.BucketOf(happened.AccountId);
        var order = await db.SuspensionOrders.HoldOrNull(o => o.Bucket == bucket && o.AccountId == happened.AccountId && o.Episode == happened.Episode, ct);
        if (order is null || !SuspensionOrder.Allows(order.State, SuspensionAction.Pay)) return;
        order.Move(SuspensionAction.Pay, null, current.Name, db.AtUtc);
        db.Raise(new SuspensionMoved(order.Id, order.State));
    }
}
