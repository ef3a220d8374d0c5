using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Vouchers;

/// <summary>领用: a book goes from the department's store to a hall, or from the hall to one of its clerks.</summary>
public sealed class IssueBook(Work work, TimeProvider clock, Current current)
{
    /// <param name="ClerkId">Null: to the hall <paramref name="HallId"/>; otherwise to this clerk of the hall that has the book.</param>
    [Needs("vouchers.manage")]
    public sealed record Command(Guid RequestId, Guid BookId, Guid? HallId, Guid? ClerkId) : ICommand;

    /// <exception cref="Refused">receipt_book.not_found; receipt_book.move_not_allowed; hall.not_found; hall.out_of_reach; receipt_book.clerk_not_of_hall</exception>
    public Task<string> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var book = await db.ReceiptBooks.Hold(b => b.Id == c.BookId, orRefuse: "receipt_book.not_found", ct);
        if (c.ClerkId is { } clerkId)
        {
            Refused.If(book.HallId is null, "receipt_book.move_not_allowed", book.Written(book.FirstNumber), book.Written(book.LastNumber));
            await db.HallInReach(current, book.HallId!.Value, ct);
            var clerk = await db.Users.SingleOrDefaultAsync(u => u.Id == clerkId && u.HallId == book.HallId && !u.HasLeft, ct) ?? throw new Refused("receipt_book.clerk_not_of_hall") { Field = "ClerkId" };
            book.IssueTo(clerk.Id, clerk.DisplayName, clock.GetUtcNow().UtcDateTime);
        }
        else
        {
            var hall = await db.HallInReach(current, c.HallId ?? current.RequireHall(), ct);
            book.IssueTo(hall.Id);
        }

        db.Subject = book.NextWritten;
        db.Raise(new BooksMoved());
        return book.NextWritten;
    }, ct);
}

/// <summary>退回: a book comes back from the clerk to the hall, or from the hall to the department's store.</summary>
public sealed class ReturnBook(Work work, Current current)
{
    [Needs("vouchers.manage")]
    public sealed record Command(Guid RequestId, Guid BookId) : ICommand;

    /// <exception cref="Refused">receipt_book.not_found; receipt_book.move_not_allowed; hall.out_of_reach</exception>
    public Task<string> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var book = await db.ReceiptBooks.Hold(b => b.Id == c.BookId, orRefuse: "receipt_book.not_found", ct);
        if (book.HallId is { } hall) await db.HallInReach(current, hall, ct);
        book.Return();
        db.Subject = book.NextWritten;
        db.Raise(new BooksMoved());
        return book.NextWritten;
    }, ct);
}
