using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Vouchers;

namespace OpenHall.Payments;

/// <summary>换本: the clerk goes on with another of her books; its next number is read off the paper first.</summary>
public sealed class StartReceiptBook(Work work, Current current)
{
    [Needs("tills.open")]
    public sealed record Command(Guid RequestId, Guid ReceiptBookId, long NextReceipt) : ICommand;

    /// <returns>The next number as printed.</returns>
    /// <exception cref="Refused">till.not_open; receipt_book.not_found; receipt_book.not_yours; receipt_book.next_differs</exception>
    public Task<string> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var till = await db.TillSessions.Hold(t => t.ClerkId == current.UserId && t.State == TillState.Open, orRefuse: "till.not_open", ct);
        var book = await db.ReceiptBooks.Hold(b => b.Id == c.ReceiptBookId, orRefuse: "receipt_book.not_found", ct);
        book.Confirm(current.UserId!.Value, c.NextReceipt, db.AtUtc);
        till.Use(book);
        db.Subject = book.NextWritten;
        return book.NextWritten;
    }, ct);
}
