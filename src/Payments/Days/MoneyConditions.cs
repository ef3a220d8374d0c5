using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Before a day closes: every till is counted and handed in.</summary>
sealed class TillsSettled : IDayCondition
{
    public string Code => "tills_settled";

    public async Task<IReadOnlyList<DayFinding>> Check(HallDb db, Guid hallId, BusinessDate date, CancellationToken ct) =>
        [.. (await db.TillSessions.Where(t => t.HallId == hallId && t.State == TillState.Open).OrderBy(t => t.OpenedAtUtc).ToListAsync(ct))
            .Select(t => new DayFinding("payments.finding.till_open", [t.ClerkName, t.CounterName, LocalTime.Of(t.OpenedAtUtc)], "/settlement"))];
}

/// <summary>Before a day closes: accounts = tills = receipts (账、款、票).</summary>
sealed class AccountsTillsReceipts : IDayCondition
{
    public string Code => "accounts_tills_receipts";

    public Task<IReadOnlyList<DayFinding>> Check(HallDb db, Guid hallId, BusinessDate date, CancellationToken ct) => MoneyChecks.ThreeSums(db, hallId, date, ct);
}

/// <summary>Before a day closes: the books balance.</summary>
sealed class LedgerBalanced : IDayCondition
{
    public string Code => "ledger_balanced";

    public Task<IReadOnlyList<DayFinding>> Check(HallDb db, Guid hallId, BusinessDate date, CancellationToken ct) => MoneyChecks.Balanced(db, hallId, date, ct);
}
