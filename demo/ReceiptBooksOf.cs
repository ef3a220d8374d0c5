using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Vouchers;

namespace OpenHall.Demo;

/// <summary>Receipt books for the simulated clerks: delivered, issued to the hall and to each clerk as she needs them.</summary>
public static class ReceiptBooksOf
{
    private const int PerBook = 500;
    private const int BooksDelivered = 60;

    public static async Task Deliver(Actors actors, CancellationToken ct) =>
        await actors.AsInstaller((ReceiveBooks receive) => receive.Handle(new(Guid.CreateVersion7(), "YJ", 10_000_001, 10_000_000 + PerBook * BooksDelivered, PerBook), ct));

    /// <summary>Gives each clerk a book of her own.</summary>
    public static async Task Issue(Actors actors, Guid hallId, IReadOnlyList<StaffUser> clerks, CancellationToken ct)
    {
        foreach (var clerk in clerks)
        {
            var book = await actors.Read(db => db.ReceiptBooks.Where(b => b.HallId == null).OrderBy(b => b.FirstNumber).FirstAsync(ct), ct);
            await actors.AsInstaller((IssueBook issue) => issue.Handle(new(Guid.CreateVersion7(), book.Id, hallId, null), ct));
            await actors.AsInstaller((IssueBook issue) => issue.Handle(new(Guid.CreateVersion7(), book.Id, null, clerk.Id), ct));
        }
    }

    /// <summary>The book the clerk writes in and its next number, as she would read it off the paper.</summary>
    public static async Task<(Guid Id, long Next)> NextFor(HallDb db, Guid clerkId, CancellationToken ct)
    {
        var book = await db.ReceiptBooks.Where(b => b.ClerkId == clerkId && b.NextNumber <= b.LastNumber).OrderBy(b => b.FirstNumber).FirstAsync(ct);
        return (book.Id, book.NextNumber);
    }
}
