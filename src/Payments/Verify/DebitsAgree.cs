using System.Runtime.CompilerServices;
using OpenHall.App;

namespace OpenHall.Payments;

/// <summary>A batch of direct debits is the sum of its items, and what an item collected is a payment of that money.</summary>
sealed class DebitsAgree : IVerifyCheck
{
    public string Name => "debits.agree";

    public async IAsyncEnumerable<Finding> Look(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var sums = db.Find("""
            select 'debit_batches ' || b.number as "Row", b.total_fen + b.collected_fen + b.returned_fen as "Found", cast(coalesce(i.fen, 0) as bigint) as "Wanted"
            from debit_batches b left join (select batch_id, sum(amount_fen + collected_fen + case when state = 'Returned' then collected_fen else 0 end) as fen from debit_items group by batch_id) i on i.batch_id = b.id
            where b.total_fen + b.collected_fen + b.returned_fen <> coalesce(i.fen, 0)
            """, "asks for, collected and gave back {0} fen, its items {1}", ct);
        await foreach (var finding in sums) yield return finding;

        var payments = db.Find("""
            select 'debit_items ' || i.account_id || '/' || i.sequence as "Row", i.collected_fen as "Found", cast(coalesce(p.amount_fen, 0) as bigint) as "Wanted"
            from debit_items i left join payments p on p.bucket = i.bucket and p.account_id = i.account_id and p.bank_batch_id = i.batch_id and p.number = i.payment_number
            where i.collected_fen <> coalesce(p.amount_fen, 0) or p.state is not null and (i.state = 'Returned') <> (p.state = 'Reversed')
            """, "collected {0} fen, its payment is of {1} (or one of them was taken back alone)", ct);
        await foreach (var finding in payments) yield return finding;
    }
}
