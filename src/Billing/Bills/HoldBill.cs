using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>How a command comes to one bill and its account's balance, both held.</summary>
static class HoldBill
{
    /// <exception cref="Refused">bill.not_found (also when the person does not see the account)</exception>
    public static async Task<(CustomerBill Bill, AccountBalance Balance)> HoldBillSeenBy(this HallDb db, Current current, string number, CancellationToken ct)
    {
        if (!BillKey.TryParse(number, out var key)) throw new Refused("bill.not_found");
        var (bucket, id, period, issue) = (key.Bucket, key.AccountId, key.Period, key.Issue);
        Refused.If(!await db.BillingAccounts.SeenBy(current).AnyAsync(a => a.Bucket == bucket && a.Id == id, ct), "bill.not_found");
        // Whoever touches a bill's money holds the account first.
        var balance = await db.AccountBalances.Hold(b => b.Bucket == bucket && b.AccountId == id, orRefuse: "bill.not_found", ct);
        return (await db.CustomerBills.Hold(b => b.Bucket == bucket && b.AccountId == id && b.Period == period && b.Issue == issue, orRefuse: "bill.not_found", ct), balance);
    }
}
