using System.Text.Json;
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
        var whose = await AccountOwner.Of(db, db.BillingAccounts.Where(a => a.Id == key.AccountId), ct);
        return whose is null ? null : new(
            texts["waiver.words", command.Number, whose.Number, whose.MaskedName, new Money(command.AmountFen), command.Reason.Trim()], new(command.AmountFen), "/bill/" + command.Number);
    }
}
