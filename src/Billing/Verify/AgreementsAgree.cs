using System.Runtime.CompilerServices;
using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>The parts of an instalment agreement are its total to the fen, its bills were that total, and only the bills of an agreement in force wait for it.</summary>
sealed class AgreementsAgree : IVerifyCheck
{
    public string Name => "agreements.agree";

    public async IAsyncEnumerable<Finding> Look(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var sums = db.Find("""
            select 'instalment_agreements ' || a.account_number || '-' || a.sequence as "Row", cast(coalesce(p.fen, 0) as bigint) as "Found", a.total_fen as "Wanted"
            from instalment_agreements a
            left join (select bucket, account_id, sequence, sum(amount_fen) as fen, count(*) as parts from instalment_parts group by bucket, account_id, sequence) p
              on p.bucket = a.bucket and p.account_id = a.account_id and p.sequence = a.sequence
            left join (select bucket, account_id, sequence, sum(owing_fen + late_fee_fen) as fen from instalment_bills group by bucket, account_id, sequence) b
              on b.bucket = a.bucket and b.account_id = a.account_id and b.sequence = a.sequence
            where coalesce(p.fen, 0) <> a.total_fen or coalesce(p.parts, 0) <> a.parts or coalesce(b.fen, 0) <> a.total_fen
            """, "has parts of {0} fen, its bills were {1}", ct);
        await foreach (var finding in sums) yield return finding;

        var bound = db.Find("""
            select 'customer_bills ' || b.account_id || '/' || b.period || '/' || b.issue as "Row", b.amount_fen - b.paid_fen as "Found", cast(b.agreed_in as bigint) as "Wanted"
            from customer_bills b
            where b.agreed_in is not null and b.state = 'Issued' and not exists (
              select 1 from instalment_agreements a join instalment_bills i on i.bucket = a.bucket and i.account_id = a.account_id and i.sequence = a.sequence
              where a.bucket = b.bucket and a.account_id = b.account_id and a.sequence = b.agreed_in and a.state = 'Active' and i.period = b.period and i.issue = b.issue)
            """, "owes {0} fen and waits for agreement {1}, which is not in force", ct);
        await foreach (var finding in bound) yield return finding;
    }
}
