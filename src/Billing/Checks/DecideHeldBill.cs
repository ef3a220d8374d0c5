using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>账单复核: a bill that was kept back is looked into, released, or withdrawn. Withdrawn, the next run of the month makes it anew from the readings as they then are.</summary>
public sealed class DecideHeldBill(Work work, Current current, BillingTerms terms)
{
    /// <param name="Number">Number of the bill.</param>
    /// <param name="State">Investigated, Released or Withdrawn.</param>
    /// <param name="Reason">What was found, 1–<see cref="HeldBill.MaxNote"/> characters.</param>
    [Needs("bills.check")]
    public sealed record Command(Guid RequestId, string Number, HeldState State, string Reason) : ICommand;

    /// <exception cref="Refused">bill.not_found; account.out_of_reach; held.decided_already; held.note_missing; bill.not_held</exception>
    public Task<HeldState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        if (!BillKey.TryParse(c.Number, out var key)) throw new Refused("bill.not_found");
        var (bucket, id, period, issue) = (key.Bucket, key.AccountId, key.Period, key.Issue);
        var balance = await db.AccountBalances.Hold(b => b.Bucket == bucket && b.AccountId == id, orRefuse: "bill.not_found", ct);
        var held = await db.HeldBills.Hold(h => h.Bucket == bucket && h.AccountId == id && h.Period == period && h.Issue == issue, orRefuse: "bill.not_found", ct);
        var bill = await db.CustomerBills.Hold(b => b.Bucket == bucket && b.AccountId == id && b.Period == period && b.Issue == issue, orRefuse: "bill.not_found", ct);
        Refused.If(!Reach.Covers(current, held.UnitPath), "account.out_of_reach");
        held.Decide(c.State, c.Reason, current.Name, db.AtUtc);
        if (c.State == HeldState.Released)
        {
            var day = DateOnly.FromDateTime(Shown.Local(db.AtUtc));
            bill.ReleaseHeld(day.AddDays(terms.DueDays), db.AtUtc);
            BillBooks.Release(db, bill, balance, new(day));
        }

        if (c.State == HeldState.Withdrawn) bill.Cancel();
        db.Subject = bill.Number;
        db.Raise(new HeldBillDecided(bill.Number, held.State));
        return held.State;
    }, ct);
}

/// <summary>Somebody has said what becomes of a bill that was kept back.</summary>
public sealed record HeldBillDecided(string Number, HeldState State);
