using System.Runtime.CompilerServices;
using OpenHall.App;

namespace OpenHall.Payments;

/// <summary>Each receipt in use stands for one confirmed payment of the same money, and each payment that brought money has its receipt.</summary>
sealed class ReceiptsOfPayments : IVerifyCheck
{
    public string Name => "receipts.of_payments";

    public async IAsyncEnumerable<Finding> Look(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var receipts = db.Find("""
            select 'receipts ' || r.number as "Row", r.amount_fen as "Found", cast(coalesce(p.amount_fen - p.from_balance_fen, -1) as bigint) as "Wanted"
            from receipts r left join payments p on p.bucket = r.account_id % 1024 and p.id = r.document_id and p.state = 'Confirmed' and p.receipt_number = r.number
            where r.state = 'Used' and r.kind = 'payment' and r.amount_fen <> coalesce(p.amount_fen - p.from_balance_fen, -1)
            """, "is over {0} fen, its payment over {1} (-1: there is none)", ct);
        await foreach (var finding in receipts) yield return finding;

        var payments = db.Find("""
            select 'payments ' || p.number as "Row", p.amount_fen - p.from_balance_fen as "Found", cast(0 as bigint) as "Wanted"
            from payments p where p.state = 'Confirmed' and p.till_session_id is not null and p.amount_fen > p.from_balance_fen
              and not exists (select 1 from receipts r where r.number = p.receipt_number and r.document_id = p.id and r.state = 'Used')
            """, "brought {0} fen and has no receipt in use", ct);
        await foreach (var finding in payments) yield return finding;
    }
}
