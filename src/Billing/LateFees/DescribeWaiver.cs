using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>A waiver as the second person reads it: whose bill, how much, why.</summary>
sealed class DescribeWaiver(HallDb db, Texts texts) : IDescribeApproval
{
    public string Operation => nameof(WaiveLateFee);

    public async Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct)
    {
        var command = content.Deserialize<WaiveLateFee.Command>()!;
        if (!BillKey.TryParse(command.Number, out var key)) return null;
        var whose = await db.BillingAccounts.Where(a => a.Id == key.AccountId)
            .Join(db.Set<Customer>(), a => a.CustomerId, c => c.Id, (a, c) => new { a.Number, c.Name }).SingleOrDefaultAsync(ct);
        return whose is null ? null : new(
            texts["waiver.words", command.Number, whose.Number, Masked.Name(whose.Name), new Money(command.AmountFen), command.Reason.Trim()], new(command.AmountFen), "/bill/" + command.Number);
    }
}
