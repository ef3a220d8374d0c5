using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Orders;
using OpenHall.Payments;
using OpenHall.Reception;
using OpenHall.Vouchers;

namespace OpenHall.Duties;

/// <summary>A line to be counted, as the system has it.</summary>
public sealed record HandOverItem(HandOverKind Kind, string Key, LocalText Name, long Expected)
{
    /// <summary>What somebody counts is not told beforehand when it is money.</summary>
    public bool IsBlind => Kind == HandOverKind.Cash;

    /// <summary>Money as yuan, a book's number as it is printed, the rest as a count.</summary>
    public static string Text(HandOverKind kind, long count) => kind switch
    {
        HandOverKind.Cash => new Money(count).ToString(),
        HandOverKind.ReceiptBook => count.ToString("00000000", CultureInfo.InvariantCulture),
        _ => Shown.Text(count),
    };
}

/// <summary>What a clerk has in hand at this moment.</summary>
/// <param name="IsTillOpen">The drawer is to be counted first.</param>
public sealed record HandOverDraft(Guid GiverId, string GiverName, Guid? CounterId, string CounterName, bool IsTillOpen, IReadOnlyList<HandOverItem> Items);

static class HandOverDrafts
{
    /// <summary>Reads it from what is stored; the same in the page and in the command.</summary>
    public static async Task<HandOverDraft> DraftOf(this HallDb db, Guid hallId, BusinessDate date, StaffUser giver, HandOverThings things, Texts texts, CancellationToken ct)
    {
        var tills = await db.TillSessions.Where(t => t.HallId == hallId && t.ClerkId == giver.Id && t.BusinessDate == date).OrderByDescending(t => t.OpenedAtUtc).ToListAsync(ct);
        var seat = await db.Counters.SingleOrDefaultAsync(c => c.HallId == hallId && c.ClerkId == giver.Id, ct);
        var (counterId, counterName) = seat is not null ? (seat.Id, Counter.LabelOf(seat.Number, seat.Name)) : (tills.FirstOrDefault()?.CounterId, tills.FirstOrDefault()?.CounterName ?? "");
        List<HandOverItem> items = [];
        if (tills.FirstOrDefault(t => t.State == TillState.Closed) is { } till)
        {
            var handedIn = await db.SafeTransfers.Where(t => t.TillSessionId == till.Id && t.Kind == TransferKind.Takings && t.State != TransferState.Withdrawn).SumAsync(t => t.AmountFen, ct);
            items.Add(new(HandOverKind.Cash, "cash", Name(texts, "handover.cash"), till.CountedFen!.Value - handedIn));
        }

        foreach (var book in await db.ReceiptBooks.Where(b => b.HallId == hallId && b.ClerkId == giver.Id && b.State == ReceiptBookState.WithClerk).OrderBy(b => b.FirstNumber).ToListAsync(ct))
        {
            var name = Name(texts, "handover.book", book.Written(book.FirstNumber), book.Written(book.LastNumber));
            items.Add(new(HandOverKind.ReceiptBook, book.Id.ToString("N"), name, book.NextNumber));
        }

        var open = await db.QueueTickets.CountAsync(t => t.HallId == hallId && t.Date == date && t.ClerkId == giver.Id && (t.State == TicketState.Called || t.State == TicketState.Serving || t.State == TicketState.Parked), ct);
        items.Add(new(HandOverKind.Visits, "visits", Name(texts, "handover.visits"), open));
        var orders = await db.ServiceOrders.CountAsync(o => o.HallId == hallId && o.WorkerId == giver.Id && o.EndedAtUtc == null, ct);
        items.Add(new(HandOverKind.Orders, "orders", Name(texts, "handover.orders"), orders));
        var counted = await LastCounts(db, hallId, counterId, ct);
        items.AddRange(things.All.Select(t => new HandOverItem(HandOverKind.Thing, t.Code, t.Name, counted.TryGetValue(t.Code, out var pieces) ? pieces : t.Usual)));
        return new(giver.Id, giver.DisplayName, counterId, counterName.Length > 60 ? counterName[..60] : counterName, tills.Exists(t => t.State == TillState.Open), items);
    }

    private static LocalText Name(Texts texts, string key, params object?[] values)
    {
        var (zh, en) = texts.Both(key);
        return new(string.Format(CultureInfo.InvariantCulture, zh, values), string.Format(CultureInfo.InvariantCulture, en, values));
    }

    /// <summary>Things as they were counted when the counter last went over.</summary>
    private static async Task<Dictionary<string, long>> LastCounts(HallDb db, Guid hallId, Guid? counterId, CancellationToken ct)
    {
        var last = await db.HandOvers.Where(h => h.HallId == hallId && h.CounterId == counterId && h.State == HandOverState.Signed).OrderByDescending(h => h.EndedAtUtc).Select(h => (Guid?)h.Id).FirstOrDefaultAsync(ct);
        return last is null ? [] : await db.HandOverLines.Where(l => l.HandOverId == last && l.Kind == HandOverKind.Thing && l.Taken != null).ToDictionaryAsync(l => l.Key, l => l.Taken!.Value, ct);
    }
}
