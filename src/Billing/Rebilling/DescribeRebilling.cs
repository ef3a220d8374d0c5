using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>A re-billing as the second person reads it: whose, from which month on, how much more or less, why; its page shows it line by line.</summary>
sealed class DescribeRebilling(HallDb db, Texts texts) : IDescribeApproval
{
    public string Operation => nameof(RebillPeriod);

    public async Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct)
    {
        var command = content.Deserialize<RebillPeriod.Command>()!;
        var whose = await AccountOwner.Of(db, db.BillingAccounts.Where(a => a.Number == command.AccountNumber), ct);
        if (whose is null) return null;
        var bill = await db.CustomerBills.Where(b => b.Bucket == whose.Bucket && b.AccountId == whose.Id && b.Period == command.Period && b.State != BillState.Cancelled).OrderBy(b => b.Issue).FirstOrDefaultAsync(ct);
        return new(
            texts["rebill.words", whose.Number, whose.MaskedName, new BillingPeriod(command.Period), texts[command.ByPresentTariff ? "rebill.by_present" : "rebill.by_own"], new Money(command.DifferenceFen), command.Reason.Trim()],
            new(command.DifferenceFen), bill is null ? null : $"/bill/{bill.Number}/rebill{(command.ByPresentTariff ? "?tariff=present" : "")}");
    }
}
