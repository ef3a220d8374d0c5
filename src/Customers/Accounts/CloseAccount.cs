using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Customers;

/// <summary>An account is to be closed; a handler that knows why it can't (something owed, a balance left) refuses.</summary>
public sealed record AccountClosing(long AccountId, string AccountNumber);

/// <summary>销户: closes an account; the last one closes its customer. Nothing may be owed, no balance left.</summary>
public sealed class CloseAccount(Work work, Current current, TimeProvider clock)
{
    [Needs("customers.open")]
    public sealed record Command(Guid RequestId, string AccountNumber, string Reason) : ICommand;

    /// <returns>True when the customer is closed too.</returns>
    /// <exception cref="Refused">account.not_found; account.closed; account.out_of_reach; reason.missing; account.owes; account.has_balance</exception>
    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, db => Close(db, c, ct), ct);

    /// <summary>The same inside another command, which has asked for the permission.</summary>
    public async Task<bool> Close(HallDb db, Command c, CancellationToken ct)
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Reason) || c.Reason.Length > 200, "Reason", "reason.missing");
        var account = await db.BillingAccounts.Hold(a => a.Number == c.AccountNumber, orRefuse: "account.not_found", ct);
        Refused.If(!Reach.Covers(current, account.UnitPath), "account.out_of_reach");
        var customer = await db.Customers.Hold(x => x.Id == account.CustomerId, orRefuse: "customer.not_found", ct);
        var at = clock.GetUtcNow().UtcDateTime;
        account.Close(at);
        var isLast = !await db.BillingAccounts.AnyAsync(a => a.CustomerId == customer.Id && a.Id != account.Id && a.State == AccountState.Open, ct);
        if (isLast) customer.Close(at);
        db.Add(new CustomerChange { CustomerId = customer.Id, AccountId = account.Id, Field = "State", Before = "", After = c.Reason.Trim(), AtUtc = at, ChangedBy = current.UserId, ChangedByName = current.Name });
        db.Subject = account.Number;
        db.Raise(new AccountClosing(account.Id, account.Number));
        return isLast;
    }
}
