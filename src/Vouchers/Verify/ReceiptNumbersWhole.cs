using OpenHall.App;

namespace OpenHall.Vouchers;

/// <summary>Rule 5: numbers of a receipt book are used once and without gap, from its first to the one before its next.</summary>
sealed class ReceiptNumbersWhole : IVerifyCheck
{
    public string Name => "receipts.whole";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'receipt_books ' || b.prefix || b.first_number as "Row", cast(count(r.book_number) as bigint) as "Found", b.next_number - b.first_number as "Wanted"
        from receipt_books b left join receipts r on r.book_id = b.id
        group by b.id, b.prefix, b.first_number, b.next_number
        having count(r.book_number) <> b.next_number - b.first_number
          or (count(r.book_number) > 0 and (min(r.book_number) <> b.first_number or max(r.book_number) <> b.next_number - 1 or count(distinct r.book_number) <> count(r.book_number)))
        """, "has {0} receipts for {1} numbers used", ct);
}
