using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>An adjustment as the second person reads it: whose bill, from what to what, why.</summary>
sealed class DescribeAdjustment(HallDb db, Texts texts) : IDescribeApproval
{
    public string Operation => nameof(AdjustBill);

    public async Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct)
    {
        var command = content.Deserialize<AdjustBill.Command>()!;
        if (!BillKey.TryParse(command.Number, out var key)) return null;
        var bucket = key.Bucket;
        var whose = await AccountOwner.Of(db, db.BillingAccounts.Where(a => a.Id == key.AccountId), ct);
        var bill = await db.CustomerBills.SingleOrDefaultAsync(b => b.Bucket == bucket && b.AccountId == key.AccountId && b.Period == key.Period && b.Issue == key.Issue, ct);
        return whose is null || bill is null ? null : new(
            texts["adjustment.words", texts["adjustment.kind." + command.Kind], command.Number, whose.Number, whose.MaskedName, new Money(command.AmountFen), bill.Amount, bill.Amount + command.Change,
                texts["adjustment.reason." + command.Reason], command.Note.Trim()],
            command.Change, "/bill/" + command.Number);
    }
}
