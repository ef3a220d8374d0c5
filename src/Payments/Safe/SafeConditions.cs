using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Before a day closes: what was handed over is confirmed, no more is in the safe than may stay overnight; takings that were kept back and slips that did not come are told.</summary>
sealed class SafeInOrder(PaymentTerms terms) : IDayCondition
{
    public string Code => "safe_in_order";

    public async Task<IReadOnlyList<DayFinding>> Check(HallDb db, Guid hallId, BusinessDate date, CancellationToken ct)
    {
        const string page = "/safe";
        var findings = new List<DayFinding>();
        foreach (var waiting in await db.SafeTransfers.Where(t => t.HallId == hallId && t.State == TransferState.Offered).OrderBy(t => t.Id).ToListAsync(ct))
            findings.Add(new("safe.finding.waiting", [waiting.ClerkName, waiting.Amount, waiting.OfferedByName], page));
        var balance = await db.HallSafes.Where(s => s.HallId == hallId).Select(s => (long?)s.BalanceFen).SingleOrDefaultAsync(ct);
        if (terms.SafeOvernight is { } limit && balance > limit.Fen) findings.Add(new("safe.finding.overnight", [new Money(balance.Value), limit], page));
        foreach (var late in await db.BankDeposits.Where(d => d.HallId == hallId && d.State == DepositState.Carried && d.CarriedOn < date).OrderBy(d => d.Id).ToListAsync(ct))
            findings.Add(new("safe.finding.no_slip", [late.Number, late.Amount, late.CarriedOn!.Value], page, OnlyWarns: true));
        // A hall that keeps no safe is not asked for its takings.
        if (balance is null) return findings;
        var tills = await db.TillSessions.Where(t => t.HallId == hallId && t.BusinessDate == date && t.State == TillState.Closed && t.CountedFen > 0).OrderBy(t => t.OpenedAtUtc).ToListAsync(ct);
        var given = await db.SafeTransfers.Where(t => t.HallId == hallId && t.BusinessDate == date && t.Kind == TransferKind.Takings && t.State == TransferState.Confirmed).GroupBy(t => t.TillSessionId!.Value).Select(g => new { g.Key, Fen = g.Sum(t => t.AmountFen) }).ToDictionaryAsync(g => g.Key, g => g.Fen, ct);
        foreach (var till in tills.Where(t => given.GetValueOrDefault(t.Id) < t.CountedFen))
            findings.Add(new("safe.finding.not_handed_in", [till.ClerkName, new Money(till.CountedFen!.Value - given.GetValueOrDefault(till.Id))], page, OnlyWarns: true));
        return findings;
    }
}
