using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Vouchers;

/// <summary>收据入库: printed books arrive by number range; the range is cut into books of equal length.</summary>
public sealed class ReceiveBooks(Work work, TimeProvider clock)
{
    /// <summary>Most books of one delivery.</summary>
    public const int MaxBooks = 500;

    /// <param name="Prefix">0–8 of A–Z and 0–9.</param>
    /// <param name="PerBook">Numbers in a book, 1 or more; the last book may be shorter.</param>
    [Needs("vouchers.manage")]
    public sealed record Command(Guid RequestId, string Prefix, long FirstNumber, long LastNumber, int PerBook) : ICommand;

    public sealed record Received(int Books, string First, string Last);

    /// <exception cref="Refused">receipt_book.prefix_invalid; receipt_book.range_invalid; receipt_book.too_many; receipt_book.overlaps</exception>
    public Task<Received> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var prefix = (c.Prefix ?? "").Trim().ToUpperInvariant();
        Refused.IfField(prefix.Length > ReceiptBook.MaxPrefix || prefix.Any(p => !char.IsAsciiLetterUpper(p) && !char.IsAsciiDigit(p)), "Prefix", "receipt_book.prefix_invalid");
        Refused.IfField(c.FirstNumber < 1, "FirstNumber", "receipt_book.range_invalid");
        Refused.IfField(c.LastNumber < c.FirstNumber || c.LastNumber > ReceiptBook.MaxNumber, "LastNumber", "receipt_book.range_invalid");
        Refused.IfField(c.PerBook < 1 || (c.LastNumber - c.FirstNumber) / c.PerBook >= MaxBooks, "PerBook", "receipt_book.too_many", MaxBooks);
        var there = await db.ReceiptBooks.Where(b => b.Prefix == prefix && b.FirstNumber <= c.LastNumber && b.LastNumber >= c.FirstNumber).OrderBy(b => b.FirstNumber).FirstOrDefaultAsync(ct);
        if (there is not null) throw new Refused("receipt_book.overlaps", there.Written(there.FirstNumber), there.Written(there.LastNumber)) { Field = "FirstNumber" };
        var at = clock.GetUtcNow().UtcDateTime;
        var books = new List<ReceiptBook>();
        for (var first = c.FirstNumber; first <= c.LastNumber; first += c.PerBook)
            books.Add(new ReceiptBook(prefix, first, Math.Min(first + c.PerBook - 1, c.LastNumber), at));
        db.AddRange(books);
        db.Subject = books[0].Written(c.FirstNumber);
        db.Raise(new BooksMoved());
        return new Received(books.Count, books[0].Written(c.FirstNumber), books[^1].Written(c.LastNumber));
    }, ct);
}

/// <summary>Books arrived, were issued or came back.</summary>
public sealed record BooksMoved;
