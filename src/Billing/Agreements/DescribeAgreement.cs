using System.Text.Json;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>An agreement as the second person reads it: whose debt, how much, in how many parts, until when.</summary>
sealed class DescribeAgreement(HallDb db, Texts texts) : IDescribeApproval
{
    public string Operation => nameof(AgreeInstalments);

    public async Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct)
    {
        var command = content.Deserialize<AgreeInstalments.Command>()!;
        var whose = await AccountOwner.Of(db, db.BillingAccounts.Where(a => a.Number == command.AccountNumber), ct);
        return whose is null ? null : new(
            texts["agreement.words", whose.Number, whose.MaskedName, command.Bills.Count, new Money(command.TotalFen), command.Parts, new Money(command.DownFen), Shown.Text(command.NextDue.AddMonths(Math.Max(0, command.Parts - 2)))],
            new(command.TotalFen), $"/account/{whose.Number}/agreement");
    }
}
