using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>销户、过户: a final reading ends an account's supply on its day, and its last bill is made and released at once. On a change of customer the same meter goes on under a new account, from the same registers.</summary>
public sealed class EndSupply(Work work, Current current, BillMaker maker, LineSources sources, Tariffs tariffs, BillingTerms terms, OpenAccount open)
{
    /// <param name="AmountFen">Amount of the last bill as it was previewed.</param>
    /// <param name="CustomerNumber">Who takes the meter over, when known already.</param>
    /// <param name="Customer">Who takes it over, new; both null: nobody.</param>
    [Needs("bills.final")]
    public sealed record Command(Guid RequestId, string AccountNumber, FinalReading Reading, long AmountFen, string? CustomerNumber = null, CustomerFields? Customer = null) : ICommand
    {
        internal bool IsTransfer => CustomerNumber is not null || Customer is not null;
    }

    /// <param name="Bill">Number of the last bill.</param>
    /// <param name="NewAccount">Number of the account that goes on; null: none.</param>
    public sealed record Ended(string Bill, long AmountFen, string? NewAccount);

    /// <exception cref="Refused">account.not_found; account.closed; what <see cref="FinalPlan.Of"/> refuses; final.other_amount; on a change of customer what opening an account refuses</exception>
    public Task<Ended> Handle(Command c, CancellationToken ct = default) => work.Once(c, db =>
    {
        if (c.IsTransfer) current.Require("customers.open");
        return End(db, c, isPreviewed: true, ct);
    }, ct);

    /// <summary>The same inside another command, which has asked for the permission.</summary>
    /// <param name="isPreviewed">The last bill has to come out at the amount of the command.</param>
    public async Task<Ended> End(HallDb db, Command c, bool isPreviewed, CancellationToken ct)
    {
        // No run begins while the account's last month is made.
        await BillRunGate.KeepShut(db, ct);
        var account = await db.BillingAccounts.SeenBy(current).SingleOrDefaultAsync(a => a.Number == c.AccountNumber, ct) ?? throw new Refused("account.not_found");
        Refused.If(account.State == AccountState.Closed, "account.closed");
        var balance = await db.AccountBalances.Hold(b => b.Bucket == account.Bucket && b.AccountId == account.Id, orRefuse: "account.not_found", ct);
        var point = await db.SupplyPoints.Hold(p => p.AccountId == account.Id, orRefuse: "account.not_found", ct);
        var plan = await FinalPlan.Of(db, maker, tariffs, terms, account, point, c.Reading, current.UserId, Guid.CreateVersion7(), db.AtUtc, ct);
        Refused.If(isPreviewed && plan.Bill.AmountFen != c.AmountFen, "final.other_amount", new Money(c.AmountFen), plan.Bill.Amount);

        await sources.Keep(db, plan.Lines, ct);
        plan.Bill.Release(plan.Bill.DueDate, db.AtUtc);
        db.AddRange(plan.Reading, plan.Bill);
        db.AddRange(plan.Lines);
        var today = new BusinessDate(DateOnly.FromDateTime(Shown.Local(db.AtUtc)));
        BillBooks.Release(db, plan.Bill, balance, today);
        // The meter is free for its next account only when the old one is known to have ended.
        await db.SaveChangesAsync(ct);
        var opened = c.IsTransfer ? await Transfer(db, c, account, point, plan.Reading, ct) : null;
        db.Subject = account.Number;
        db.Raise(new SupplyEnded(account.Number, c.Reading.ReadOn, opened?.AccountNumber));
        return new Ended(plan.Bill.Number, plan.Bill.AmountFen, opened?.AccountNumber);
    }

    private async Task<OpenAccount.Opened> Transfer(HallDb db, Command c, BillingAccount old, SupplyPoint point, MeterReading reading, CancellationToken ct)
    {
        // Persons and free quota belong to the household that leaves.
        var place = SupplyPointFields.Of(point) with { Persons = 0, FreeQuotaKind = null, ChoosesCombinedPrice = false };
        var opened = await open.Open(db, new(c.RequestId, c.CustomerNumber, c.Customer, place, old.UnitPath, reading.ReadOn, reading.TotalWh),
            [reading.SharpWh, reading.PeakWh, reading.FlatWh, reading.ValleyWh, reading.DeepValleyWh], ct);
        if (await db.RouteStops.AsTracking().SingleOrDefaultAsync(s => s.AccountId == old.Id, ct) is { } stop)
        {
            db.Remove(stop);
            db.Add(new RouteStop { AccountId = opened.AccountId, Bucket = BillingAccount.BucketOf(opened.AccountId), RouteId = stop.RouteId, Place = stop.Place });
        }

        return opened;
    }
}

/// <summary>An account takes no more energy; where the customer changed, another one goes on.</summary>
public sealed record SupplyEnded(string AccountNumber, DateOnly On, string? NewAccount);
