using OpenHall.App;

namespace OpenHall.Payments;

/// <summary>Rule 4: no bill is paid more than it is, and what it counts as paid is what confirmed payments allocated to it, with what was moved since.</summary>
sealed class BillsPaid : IVerifyCheck
{
    public string Name => "bills.paid";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'customer_bills ' || b.account_id || '/' || b.period || '/' || b.issue as "Row", b.paid_fen + b.late_fee_paid_fen as "Found", cast(coalesce(a.bill, 0) + coalesce(a.late, 0) + coalesce(m.bill, 0) + coalesce(m.late, 0) as bigint) as "Wanted"
        from customer_bills b
        left join (
          select a.bucket, a.account_id, a.period, a.issue, sum(a.amount_fen) as bill, sum(a.late_fee_fen) as late
          from payment_allocations a join payments p on p.bucket = a.bucket and p.id = a.payment_id
          where p.state = 'Confirmed' group by a.bucket, a.account_id, a.period, a.issue
        ) a on a.bucket = b.bucket and a.account_id = b.account_id and a.period = b.period and a.issue = b.issue
        left join (select bucket, account_id, period, issue, sum(amount_fen) as bill, sum(late_fee_fen) as late from paid_moves group by bucket, account_id, period, issue) m
          on m.bucket = b.bucket and m.account_id = b.account_id and m.period = b.period and m.issue = b.issue
        where b.paid_fen <> coalesce(a.bill, 0) + coalesce(m.bill, 0) or b.late_fee_paid_fen <> coalesce(a.late, 0) + coalesce(m.late, 0) or (b.amount_fen > 0 and b.paid_fen > b.amount_fen)
        """, "counts {0} fen as paid, payments and moves make {1}", ct);
}

/// <summary>A confirmed payment's money went to bills, late fees and the balance, to the fen; and its tenders are that money.</summary>
sealed class PaymentsSpread : IVerifyCheck
{
    public string Name => "payments.spread";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'payments ' || p.number as "Row", p.amount_fen as "Found", cast(p.bills_fen + p.late_fee_fen + p.to_balance_fen as bigint) as "Wanted"
        from payments p
        left join (select bucket, payment_id, sum(amount_fen) as fen from payment_tenders group by bucket, payment_id) t on t.bucket = p.bucket and t.payment_id = p.id
        where p.state in ('Confirmed', 'Reversed') and (p.amount_fen <> p.bills_fen + p.late_fee_fen + p.to_balance_fen or p.amount_fen <> coalesce(t.fen, 0))
        """, "took {0} fen, {1} went to bills, late fees and balance (or the tenders differ)", ct);
}
