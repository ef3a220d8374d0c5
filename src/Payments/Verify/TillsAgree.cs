using System.Runtime.CompilerServices;
using OpenHall.App;

namespace OpenHall.Payments;

/// <summary>Rule 7: a closed till expected its float and its cash; its difference is what was counted beyond that. The movements of each payment are
/// its tenders.</summary>
sealed class TillsAgree : IVerifyCheck
{
    public string Name => "tills.agree";

    public async IAsyncEnumerable<Finding> Look(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var tills = db.Find("""
            select 'till_sessions ' || t.clerk_number || ' ' || t.business_date as "Row", t.expected_fen as "Found", cast(t.float_fen + coalesce(m.fen, 0) as bigint) as "Wanted"
            from till_sessions t
            left join (select till_session_id, sum(amount_fen) as fen from till_movements where tender = 'Cash' group by till_session_id) m on m.till_session_id = t.id
            where t.state = 'Closed' and (t.expected_fen <> t.float_fen + coalesce(m.fen, 0) or t.difference_fen <> t.counted_fen - t.expected_fen)
            """, "expected {0} fen in cash, float and movements are {1}", ct);
        await foreach (var finding in tills) yield return finding;

        var payments = db.Find("""
            select 'payments ' || p.number as "Row", p.amount_fen - p.from_balance_fen as "Found", cast(coalesce(m.fen, 0) as bigint) as "Wanted"
            from payments p
            left join (select reference, sum(amount_fen) as fen from till_movements where kind = 'Payment' group by reference) m on m.reference = p.number
            where p.state in ('Confirmed', 'Reversed') and p.till_session_id is not null and p.amount_fen - p.from_balance_fen <> coalesce(m.fen, 0)
            """, "brought {0} fen, the tills moved {1}", ct);
        await foreach (var finding in payments) yield return finding;
    }
}
