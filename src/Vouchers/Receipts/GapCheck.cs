using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Vouchers;

/// <summary>断号检查: every number of a book below its next one is there, once, used or void.</summary>
public static class GapCheck
{
    /// <param name="Book">First and last number of the book.</param>
    /// <param name="Missing">First number that is not there.</param>
    public sealed record Gap(string Book, string Missing);

    /// <summary>Books of the hall (null: of all halls) with a number missing. One query when there is none.</summary>
    public static async Task<IReadOnlyList<Gap>> Gaps(this HallDb db, Guid? hallId, CancellationToken ct = default)
    {
        var wrong = await db.ReceiptBooks
            .Where(b => (hallId == null || b.HallId == hallId) && b.NextNumber > b.FirstNumber)
            .Where(b => db.Set<Receipt>().Count(r => r.BookId == b.Id && r.BookNumber >= b.FirstNumber && r.BookNumber < b.NextNumber) != b.NextNumber - b.FirstNumber)
            .OrderBy(b => b.Prefix).ThenBy(b => b.FirstNumber).ToListAsync(ct);
        var gaps = new List<Gap>();
        foreach (var book in wrong)
        {
            var used = (await db.Receipts.Where(r => r.BookId == book.Id).Select(r => r.BookNumber).ToListAsync(ct)).ToHashSet();
            var missing = book.FirstNumber;
            while (used.Contains(missing)) missing++;
            gaps.Add(new($"{book.Written(book.FirstNumber)}–{book.Written(book.LastNumber)}", book.Written(missing)));
        }

        return gaps;
    }
}

/// <summary>Before a day closes: no book of the hall has a gap.</summary>
sealed class ReceiptsWithoutGap : IDayCondition
{
    public string Code => "receipts_without_gap";

    public async Task<IReadOnlyList<DayFinding>> Check(HallDb db, Guid hallId, BusinessDate date, CancellationToken ct) =>
        [.. (await db.Gaps(hallId, ct)).Select(g => new DayFinding("vouchers.finding.gap", [g.Book, g.Missing], "/vouchers"))];
}
