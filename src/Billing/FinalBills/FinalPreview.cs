using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>An account's last bill, before anything is written.</summary>
public sealed record FinalView(string AccountNumber, FinalReading Reading, MeterReading From, CustomerBill Bill, IReadOnlyList<ExplainedLine> Lines, Money Balance, Money OwingBefore);

/// <summary>Rates an account up to a final reading without writing anything.</summary>
public sealed class FinalPreview(HallDb db, Current current, BillMaker maker, LineSources sources, Tariffs tariffs, BillingTerms terms, LateFeeRules lateFees, TimeProvider clock)
{
    /// <exception cref="Refused">account.not_found; account.closed; what <see cref="EndSupply"/> refuses</exception>
    public async Task<FinalView> Of(string accountNumber, FinalReading reading, CancellationToken ct = default)
    {
        current.Require("bills.final");
        var account = await db.BillingAccounts.SeenBy(current).SingleOrDefaultAsync(a => a.Number == accountNumber, ct) ?? throw new Refused("account.not_found");
        Refused.If(account.State == AccountState.Closed, "account.closed");
        var point = await db.SupplyPoints.AsNoTracking().SingleAsync(p => p.AccountId == account.Id, ct);
        var at = clock.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(Shown.Local(at));
        var plan = await FinalPlan.Of(db, maker, tariffs, terms, account, point, reading, current.UserId, Guid.Empty, at, ct);
        var ids = plan.Lines.Select(l => l.SourceId).Distinct().ToList();
        var kept = await db.Set<BillLineSource>().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => LineSources.Read(s.Content), ct);
        var balance = await db.AccountBalances.Where(b => b.Bucket == account.Bucket && b.AccountId == account.Id).Select(b => b.BalanceFen).SingleOrDefaultAsync(ct);
        var unpaid = await db.CustomerBills.Where(b => b.Bucket == account.Bucket && b.AccountId == account.Id && b.State == BillState.Issued).ToListAsync(ct);
        return new(accountNumber, reading, plan.Start, plan.Bill, [.. plan.Lines.Select(l => new ExplainedLine(l, kept.TryGetValue(l.SourceId, out var source) ? source : sources.Known(l.SourceId)))],
            new(balance), new(unpaid.Sum(b => b.Owing.Fen + b.LateFeeOn(today, lateFees).Fen)));
    }
}
