using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Vouchers;

namespace OpenHall.Payments;

/// <summary>What a clerk sees of her own shift. Sums are told only after her count: the count is blind.</summary>
public sealed class MyShift(HallDb db, Current current)
{
    /// <summary>Past shifts shown.</summary>
    private const int MaxPast = 20;

    /// <param name="Payments">Number of payments, reversed ones not counted.</param>
    public sealed record Total(TenderKind Tender, long AmountFen, int Payments);

    /// <param name="Till">The open session; else today's last closed one; null: not opened yet today.</param>
    /// <param name="Totals">What the closed session took, by tender; null while it is open.</param>
    /// <param name="Unanswered">Payments whose channel has not answered.</param>
    /// <param name="Books">Books in the clerk's hand that have numbers left.</param>
    public sealed record Shift(BusinessDay? Day, TillSession? Till, IReadOnlyList<Total>? Totals, IReadOnlyList<ChannelOrder> Unanswered, IReadOnlyList<ReceiptBook> Books, IReadOnlyList<TillSession> Past)
    {
        public bool IsOpen => Till?.State == TillState.Open;

        public ReceiptBook? BookInUse => Books.FirstOrDefault(b => b.Id == Till?.ReceiptBookId);
    }

    public async Task<Shift> Of(CancellationToken ct = default)
    {
        current.Require("tills.open");
        var hallId = current.RequireHall();
        var day = await db.CurrentDay(hallId, ct);
        var past = await db.TillSessions.Where(t => t.ClerkId == current.UserId).OrderByDescending(t => t.OpenedAtUtc).Take(MaxPast).ToListAsync(ct);
        var till = past.FirstOrDefault(t => t.State == TillState.Open) ?? past.FirstOrDefault(t => day is not null && t.BusinessDate == day.Date);
        var books = await db.ReceiptBooks.Where(b => b.ClerkId == current.UserId && b.State == ReceiptBookState.WithClerk).OrderBy(b => b.Prefix).ThenBy(b => b.FirstNumber).ToListAsync(ct);
        if (till is null) return new(day, null, null, [], books, past);
        var unanswered = till.State == TillState.Open ? await db.ChannelOrders.Where(o => o.TillSessionId == till.Id && o.State == ChannelOrderState.Asked).OrderBy(o => o.AskedAtUtc).ToListAsync(ct) : [];
        return new(day, till, till.State == TillState.Closed ? await Totals(till.Id, ct) : null, unanswered, books, past);
    }

    private async Task<IReadOnlyList<Total>> Totals(Guid tillId, CancellationToken ct) =>
        (await db.TillMovements.Where(m => m.TillSessionId == tillId && (m.Kind == MovementKind.Payment || m.Kind == MovementKind.Reversal)).GroupBy(m => m.Tender)
            .Select(g => new { g.Key, Fen = g.Sum(m => m.AmountFen), Count = g.Sum(m => m.Kind == MovementKind.Payment ? 1 : -1) }).ToListAsync(ct))
        .OrderBy(t => t.Key).Select(t => new Total(t.Key, t.Fen, t.Count)).ToList();
}
