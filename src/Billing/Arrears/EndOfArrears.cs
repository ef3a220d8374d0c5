using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>Nothing of the account is overdue any more.</summary>
public sealed record ArrearsCleared(long AccountId, int Episode);

/// <summary>What ended the episode of arrears was taken back.</summary>
public sealed record ArrearsResumed(long AccountId, int Episode);

/// <summary>All that is overdue is agreed to be paid in parts: the ladder stands still.</summary>
public sealed record ArrearsPaused(long AccountId, int Episode);

/// <summary>What waits for the money hears of it: an order to cut off is withdrawn, an account that is cut off is to be connected again; and the other way round.</summary>
public sealed class EndOfArrears(Current current) : IHandle<ArrearsCleared>, IHandle<ArrearsPaused>, IHandle<ArrearsResumed>
{
    public Task Handle(ArrearsCleared happened, HallDb db, CancellationToken ct) => Move(db, happened.AccountId, happened.Episode, SuspensionAction.Pay, ct);

    public Task Handle(ArrearsPaused happened, HallDb db, CancellationToken ct) => Move(db, happened.AccountId, happened.Episode, SuspensionAction.Pay, ct);

    public Task Handle(ArrearsResumed happened, HallDb db, CancellationToken ct) => Move(db, happened.AccountId, happened.Episode, SuspensionAction.TakeBack, ct);

    private async Task Move(HallDb db, long accountId, int episode, SuspensionAction action, CancellationToken ct)
    {
        var bucket = Books.BucketOf(accountId);
        var order = await db.SuspensionOrders.HoldOrNull(o => o.Bucket == bucket && o.AccountId == accountId && o.Episode == episode, ct);
        if (order is null || !order.Allows(action)) return;
        order.Move(action, null, current.Name, db.AtUtc);
        db.Raise(new SuspensionMoved(order.Id, order.State));
    }
}

/// <summary>Whether an account's episode of arrears is over, found by whoever changes what is owed, holding the balance row, in the same transaction.</summary>
public static class ArrearsNow
{
    extension(AccountBalance balance)
    {
        /// <summary>Ends the episode when nothing of the account is overdue on that day.</summary>
        public async Task EndArrearsWhenClear(HallDb db, DateOnly day, CancellationToken ct)
        {
            if (balance.ArrearsStep is not null && !(await Overdue(db, balance, day, ct)).Any()) balance.EndArrears(db);
        }

        /// <summary>Goes on with the last episode when a bill of it is owed again.</summary>
        public async Task ResumeArrearsWhenOwed(HallDb db, DateOnly day, CancellationToken ct)
        {
            if (balance.ArrearsStep is not null || balance.ArrearsEpisode == 0) return;
            var (bucket, id, episode) = (balance.Bucket, balance.AccountId, balance.ArrearsEpisode);
            var last = await db.ArrearsNotices.Where(n => n.Bucket == bucket && n.AccountId == id && n.Episode == episode).OrderByDescending(n => n.Step).FirstOrDefaultAsync(ct);
            // A bill that came due later begins an episode of its own.
            if (last is not null && (await Overdue(db, balance, day, ct)).Any(b => b.DueDate < last.Day)) balance.ResumeArrears(db, last.Code);
        }
    }

    /// <summary>Bills as they stand in the running command, also where it has not written them yet.</summary>
    private static async Task<IEnumerable<CustomerBill>> Overdue(HallDb db, AccountBalance balance, DateOnly day, CancellationToken ct)
    {
        var (bucket, id) = (balance.Bucket, balance.AccountId);
        await db.CustomerBills.AsTracking().Where(b => b.Bucket == bucket && b.AccountId == id && b.State == BillState.Issued && b.DueDate < day).LoadAsync(ct);
        return db.CustomerBills.Local.Where(b => b.AccountId == id && b.State == BillState.Issued && b.DueDate < day);
    }
}
