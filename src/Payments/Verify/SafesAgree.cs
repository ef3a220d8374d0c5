using System.Runtime.CompilerServices;
using OpenHall.App;

namespace OpenHall.Payments;

/// <summary>A safe has what its movements make; each deposit that left is in the books and came out of the safe.</summary>
sealed class SafesAgree : IVerifyCheck
{
    public string Name => "safes.agree";

    public async IAsyncEnumerable<Finding> Look(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var safes = db.Find("""
            select 'hall_safes ' || h.code as "Row", s.balance_fen as "Found", cast(coalesce(m.fen, 0) as bigint) as "Wanted"
            from hall_safes s join halls h on h.id = s.hall_id left join (select hall_id, sum(amount_fen) as fen from safe_movements group by hall_id) m on m.hall_id = s.hall_id
            where s.balance_fen <> coalesce(m.fen, 0)
            """, "has {0} fen, its movements make {1}", ct);
        await foreach (var finding in safes) yield return finding;

        var deposits = db.Find("""
            select 'bank_deposits ' || d.number as "Row", d.amount_fen as "Found", cast(coalesce(l.fen, 0) as bigint) as "Wanted"
            from bank_deposits d
            left join (select hall_id, reference, sum(debit_fen) as fen from journal_lines where kind = 'deposit' group by hall_id, reference) l on l.hall_id = d.hall_id and l.reference = d.number
            where (case when d.state in ('Carried', 'Slipped') then d.amount_fen else 0 end) <> coalesce(l.fen, 0)
            """, "is over {0} fen, the books have {1}", ct);
        await foreach (var finding in deposits) yield return finding;
    }
}
