using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Reception;

/// <summary>Queue numbers of a hall, day and letter run from 001 to the last one given, none missing.</summary>
public sealed class TicketNumbersWhole : IVerifyCheck
{
    public string Name => "queue.numbers_whole";

    public async IAsyncEnumerable<Finding> Look(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        // Numbers are unique by index, so as many tickets as the last number says means that none is missing.
        var (numbers, tickets) = (db.TicketNumbers, db.QueueTickets);
        var rows =
            from number in numbers
            let given = tickets.Count(t => t.HallId == number.HallId && t.Date == number.Date && t.Number.Substring(0, 1) == number.Letter)
            where given != number.Last
            select new { number.HallId, number.Date, number.Letter, number.Last, Given = given };
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(ct))
            yield return new(string.Create(CultureInfo.InvariantCulture, $"ticket_numbers {row.HallId} {row.Date} {row.Letter}"), string.Create(CultureInfo.InvariantCulture, $"last number {row.Last}, tickets {row.Given}"));
    }
}
