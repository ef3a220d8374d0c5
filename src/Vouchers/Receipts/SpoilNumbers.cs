using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Vouchers;

/// <summary>作废空白: the next sheets of a clerk's book are torn or misprinted; their numbers are used up as void, with the reason.</summary>
public sealed class SpoilNumbers(Work work, TimeProvider clock, Current current)
{
    /// <summary>Most numbers of one act.</summary>
    public const int MaxCount = 100;

    /// <param name="Count">How many from the next number on, 1–100.</param>
    [Needs("vouchers.void")]
    public sealed record Command(Guid RequestId, Guid BookId, int Count, string Reason) : ICommand;

    /// <returns>The numbers that are void now.</returns>
    /// <exception cref="Refused">receipt_book.not_found; receipt_book.not_yours; receipt_book.count_invalid; receipt.reason_missing; day.not_open</exception>
    public Task<IReadOnlyList<string>> Handle(Command c, CancellationToken ct = default) => work.Once<IReadOnlyList<string>>(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Reason), "Reason", "receipt.reason_missing");
        var day = await db.OpenDay(current.RequireHall(), ct);
        var book = await db.ReceiptBooks.Hold(b => b.Id == c.BookId, orRefuse: "receipt_book.not_found", ct);
        Refused.IfField(c.Count is < 1 or > MaxCount || c.Count > book.Left, "Count", "receipt_book.count_invalid", Math.Min(MaxCount, book.Left));
        var at = clock.GetUtcNow().UtcDateTime;
        var spoilt = Enumerable.Range(0, c.Count).Select(_ => Receipt.Spoil(book, current.UserId!.Value, current.Name, day.Date, c.Reason.Trim(), at)).ToList();
        db.AddRange(spoilt);
        db.Subject = spoilt[0].Number;
        return [.. spoilt.Select(r => r.Number)];
    }, ct);
}
