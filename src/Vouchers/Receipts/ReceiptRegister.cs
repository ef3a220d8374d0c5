using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Vouchers;

/// <summary>收据登记簿: books with where they are, and the receipts used from them.</summary>
public sealed class ReceiptRegister(HallDb db, Current current)
{
    /// <summary>Most books shown at once.</summary>
    public const int MaxBooks = 500;

    /// <param name="HallName">Null: in the department's store.</param>
    public sealed record BookRow(ReceiptBook Book, string? HallName, long Used, int Void);

    /// <summary>Books of the halls in reach and, for those who manage them, of the store; those in use first.</summary>
    public async Task<IReadOnlyList<BookRow>> Books(CancellationToken ct = default)
    {
        current.Require("vouchers.see");
        var halls = await db.HallsInReach(current).ToListAsync(ct);
        var ids = halls.Select(h => h.Id).ToList();
        var mayManage = current.Can("vouchers.manage");
        var books = await db.ReceiptBooks.Where(b => b.HallId == null ? mayManage : ids.Contains(b.HallId.Value))
            .OrderBy(b => b.State == ReceiptBookState.WithClerk ? 0 : b.State == ReceiptBookState.InHall ? 1 : b.State == ReceiptBookState.Arrived ? 2 : 3)
            .ThenBy(b => b.Prefix).ThenBy(b => b.FirstNumber).Take(MaxBooks).ToListAsync(ct);
        var bookIds = books.Select(b => b.Id).ToList();
        var voids = await db.Receipts.Where(r => bookIds.Contains(r.BookId) && r.State == ReceiptState.Void).GroupBy(r => r.BookId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return [.. books.Select(b => new BookRow(b, halls.FirstOrDefault(h => h.Id == b.HallId)?.Name.ToString(), b.NextNumber - b.FirstNumber, voids.GetValueOrDefault(b.Id)))];
    }

    /// <summary>Receipts of a hall, newest first unless sorted; filters <c>day</c>, <c>clerk</c>, <c>state</c>, and a number to search.</summary>
    public IQueryable<Receipt> Receipts(Guid hallId, ListQuery query)
    {
        var rows = db.Receipts.Where(r => r.HallId == hallId);
        if (query.Search.Length > 0) rows = rows.Where(r => r.Number.Contains(query.Search.ToUpperInvariant()));
        if (query.Day("day") is { } day) rows = rows.Where(r => r.BusinessDate == new BusinessDate(day));
        if (Guid.TryParse(query["clerk"], out var clerk)) rows = rows.Where(r => r.ClerkId == clerk);
        if (Guid.TryParse(query["book"], out var book)) rows = rows.Where(r => r.BookId == book);
        if (Enum.TryParse<ReceiptState>(query["state"], out var state)) rows = rows.Where(r => r.State == state);
        return (query.Sort, query.Descending) switch
        {
            ("number", false) => rows.OrderBy(r => r.Number),
            ("amount", false) => rows.OrderBy(r => r.AmountFen).ThenBy(r => r.Number),
            ("amount", true) => rows.OrderByDescending(r => r.AmountFen).ThenBy(r => r.Number),
            ("clerk", false) => rows.OrderBy(r => r.ClerkName).ThenBy(r => r.Number),
            ("time", false) => rows.OrderBy(r => r.IssuedAtUtc).ThenBy(r => r.Number),
            ("time", true) => rows.OrderByDescending(r => r.IssuedAtUtc).ThenBy(r => r.Number),
            _ => rows.OrderByDescending(r => r.Number),
        };
    }

    /// <summary>Clerks of a hall who may be given a book.</summary>
    public Task<List<StaffUser>> Clerks(Guid hallId, CancellationToken ct = default) =>
        db.Users.Where(u => u.HallId == hallId && !u.HasLeft).OrderBy(u => u.UserName).ToListAsync(ct);
}
