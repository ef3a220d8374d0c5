using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Vouchers;

namespace OpenHall.Payments;

/// <summary>开班: the clerk counts her float by denomination, reads the next receipt number off the paper, and her drawer is open.</summary>
public sealed class OpenTill(Work work, Current current, PaymentTerms terms)
{
    /// <param name="Pieces">Pieces by the worth of one in 分: <c>{"10000": 3}</c> is three hundred-yuan notes.</param>
    /// <param name="NextReceipt">Number on the top sheet of the receipt book, without its prefix.</param>
    [Needs("tills.open")]
    public sealed record Command(Guid RequestId, IReadOnlyDictionary<int, int> Pieces, Guid ReceiptBookId, long NextReceipt) : ICommand;

    public sealed record Opened(Guid TillSessionId, BusinessDate Date, string NextReceipt);

    /// <exception cref="Refused">day.not_open; till.already_open; till.denomination_unknown; till.pieces_invalid; receipt_book.not_found;
    /// receipt_book.not_yours; receipt_book.next_differs</exception>
    public Task<Opened> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var hallId = current.RequireHall();
        var clerk = new TillSession.Clerk(current.UserId!.Value, current.Name, current.StaffNumber);
        var day = await db.OpenDay(hallId, ct);
        var open = await db.TillSessions.SingleOrDefaultAsync(t => t.ClerkId == clerk.Id && t.State == TillState.Open, ct);
        Refused.If(open is not null, "till.already_open", open?.BusinessDate ?? day.Date, LocalTime.Of(open?.OpenedAtUtc ?? db.AtUtc));
        var openingFloat = CashCount.Sum(c.Pieces, terms);
        var book = await db.ReceiptBooks.Hold(b => b.Id == c.ReceiptBookId, orRefuse: "receipt_book.not_found", ct);
        book.Confirm(clerk.Id, c.NextReceipt, db.AtUtc);
        var counter = await db.Counters.SingleOrDefaultAsync(k => k.HallId == hallId && k.ClerkId == clerk.Id, ct);
        var till = new TillSession(hallId, day.Date, clerk, counter, openingFloat, book, await OwnAccounts(db, clerk.Id, ct), db.AtUtc);
        db.Add(till);
        db.AddRange(c.Pieces.Where(p => p.Value > 0).Select(p => new TillCount { TillSessionId = till.Id, WorthFen = p.Key, Pieces = p.Value }));
        db.Subject = clerk.Number;
        db.Raise(new TillOpened(till.Id));
        return new Opened(till.Id, day.Date, book.NextWritten);
    }, ct);

    /// <summary>Accounts whose customer has the clerk's telephone number.</summary>
    private static async Task<string> OwnAccounts(HallDb db, Guid clerkId, CancellationToken ct)
    {
        var phone = await db.Users.Where(u => u.Id == clerkId).Select(u => u.PhoneNumber).SingleOrDefaultAsync(ct);
        if (string.IsNullOrEmpty(phone)) return "";
        var ids = await db.BillingAccounts.Where(a => db.Set<Customer>().Any(k => k.Id == a.CustomerId && k.Phone == phone)).OrderBy(a => a.Id).Take(20).Select(a => a.Id).ToListAsync(ct);
        return string.Join(' ', ids.Select(i => i.ToString(CultureInfo.InvariantCulture)));
    }
}

public sealed record TillOpened(Guid TillSessionId);
