using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>What the keeper of the safe and each clerk see of it.</summary>
public sealed class SafeDesk(HallDb db, Current current, PaymentTerms terms)
{
    private const int MostShown = 100;

    /// <param name="Waiting">Handed over, not confirmed yet.</param>
    /// <param name="TakingsFen">Confirmed takings that no deposit has taken.</param>
    public sealed record View(long BalanceFen, bool IsOverLimit, IReadOnlyList<SafeTransfer> Waiting, long TakingsFen, IReadOnlyList<BankDeposit> Deposits, IReadOnlyList<StaffUser> Clerks, BusinessDay? Day);

    /// <param name="Waiting">For or from this clerk, not confirmed yet.</param>
    /// <param name="LeftFen">Counted and not handed in; null: the till is open or there was none.</param>
    /// <param name="IsOverLimit">More is in the open drawer than should be; how much stays unsaid, the count is blind.</param>
    public sealed record ClerkView(IReadOnlyList<SafeTransfer> Waiting, bool IsOpen, long? LeftFen, bool IsOverLimit);

    public async Task<View> Of(CancellationToken ct = default)
    {
        current.Require("safe.see");
        var hallId = current.RequireHall();
        var balance = await db.HallSafes.Where(s => s.HallId == hallId).Select(s => s.BalanceFen).SingleOrDefaultAsync(ct);
        var transfers = db.SafeTransfers.Where(t => t.HallId == hallId);
        return new(balance, terms.SafeOvernight is { } limit && balance > limit.Fen, await transfers.Where(t => t.State == TransferState.Offered).OrderBy(t => t.Id).ToListAsync(ct),
            await transfers.Where(t => t.State == TransferState.Confirmed && t.DepositId == null && (t.Kind == TransferKind.Takings || t.Kind == TransferKind.Drop)).SumAsync(t => t.AmountFen, ct),
            await db.BankDeposits.Where(d => d.HallId == hallId).OrderByDescending(d => d.Id).Take(MostShown).ToListAsync(ct),
            await db.Users.Where(u => u.HallId == hallId && !u.HasLeft && u.Id != current.UserId).OrderBy(u => u.UserName).ToListAsync(ct), await db.CurrentDay(hallId, ct));
    }

    /// <summary>What went in and out, the newest first; filters <c>kind</c>, <c>date</c>.</summary>
    public IQueryable<SafeMovement> Movements(ListQuery query)
    {
        current.Require("safe.see");
        var hallId = current.RequireHall();
        var rows = db.SafeMovements.Where(m => m.HallId == hallId);
        if (Enum.TryParse<SafeMovementKind>(query["kind"], out var kind)) rows = rows.Where(m => m.Kind == kind);
        if (DateOnly.TryParseExact(query["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            var date = new BusinessDate(day);
            rows = rows.Where(m => m.BusinessDate == date);
        }

        if (query.Search.Length > 0) rows = rows.Where(m => m.Reference.Contains(query.Search) || m.ByName.Contains(query.Search));
        return rows.OrderByDescending(m => m.Id);
    }

    public async Task<ClerkView> OfClerk(CancellationToken ct = default)
    {
        current.Require("tills.open");
        if (current.HallId is not { } hallId || await db.CurrentDay(hallId, ct) is not { } day) return new([], false, null, false);
        var waiting = await db.SafeTransfers.Where(t => t.HallId == hallId && t.ClerkId == current.UserId && t.State == TransferState.Offered).OrderBy(t => t.Id).ToListAsync(ct);
        var date = day.Date;
        var till = await db.TillSessions.Where(t => t.ClerkId == current.UserId && t.HallId == hallId && t.BusinessDate == date).OrderByDescending(t => t.OpenedAtUtc).FirstOrDefaultAsync(ct);
        if (till is null) return new(waiting, false, null, false);
        if (till.State == TillState.Open)
        {
            var cash = till.FloatFen + await db.TillMovements.Where(m => m.TillSessionId == till.Id && m.Tender == TenderKind.Cash).SumAsync(m => m.AmountFen, ct);
            return new(waiting, true, null, terms.TillLimit is { } limit && cash > limit.Fen);
        }

        var given = await db.SafeTransfers.Where(t => t.TillSessionId == till.Id && t.Kind == TransferKind.Takings && t.State != TransferState.Withdrawn).SumAsync(t => t.AmountFen, ct);
        return new(waiting, false, till.CountedFen!.Value - given, false);
    }
}
