using OpenHall.App;
using OpenHall.Ledger;

namespace OpenHall.Billing;

/// <summary>Rule 5: no balance is below zero, and each is what the ledger says (account 2203).</summary>
sealed class BalancesAgree : IVerifyCheck
{
    public string Name => "balances.agree";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find($"""
        select 'account_balances ' || b.bucket || '/' || b.account_id as "Row", b.balance_fen as "Found", cast(coalesce(l.fen, 0) as bigint) as "Wanted"
        from account_balances b
        left join (select bucket, account_id, sum(credit_fen - debit_fen) as fen from account_journal_lines where account = '{AccountCodes.CustomerBalance}' group by bucket, account_id) l
          on l.bucket = b.bucket and l.account_id = b.account_id
        where b.balance_fen < 0 or b.balance_fen <> coalesce(l.fen, 0)
        """, "has {0} fen, the ledger {1}", ct);
}

/// <summary>What accounts owe on their bills is what the ledger says (account 1122).</summary>
sealed class ReceivablesAgree : IVerifyCheck
{
    public string Name => "bills.agree";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find($"""
        select 'account ' || o.account_id as "Row", cast(sum(o.owing) as bigint) as "Found", cast(sum(o.booked) as bigint) as "Wanted"
        from (
          select bucket, account_id, amount_fen - paid_fen as owing, 0 as booked from customer_bills where state in ('Issued', 'Settled') and amount_fen > 0
          union all
          select bucket, account_id, 0, debit_fen - credit_fen from account_journal_lines where account = '{AccountCodes.Receivable}'
        ) o
        group by o.bucket, o.account_id having sum(o.owing) <> sum(o.booked)
        """, "owes {0} fen on its bills, the ledger has {1}", ct);
}

/// <summary>An account has one bill of a month in force at most.</summary>
sealed class BillsOnce : IVerifyCheck
{
    public string Name => "bills.once";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find($"""
        select 'customer_bills ' || account_id || '/' || period as "Row", count(*) as "Found", cast(1 as bigint) as "Wanted"
        from customer_bills where state <> 'Cancelled' and period % 100 < {FeeBills.FirstPlace} group by bucket, account_id, period having count(*) > 1
        """, "has {0} bills in force, not {1}", ct);
}

/// <summary>A bill that was replaced is cancelled and counts nothing as paid.</summary>
sealed class ReplacedCancelled : IVerifyCheck
{
    public string Name => "bills.replaced";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'customer_bills ' || b.account_id || '/' || b.period || '/' || b.issue as "Row", b.paid_fen + b.late_fee_paid_fen as "Found", cast(0 as bigint) as "Wanted"
        from bill_replacements r
        join customer_bills b on b.bucket = r.bucket and b.account_id = r.account_id and b.period = r.period and b.issue = r.old_issue
        where b.state <> 'Cancelled' or b.paid_fen + b.late_fee_paid_fen <> 0 or b.amount_fen <> r.old_amount_fen
        """, "was replaced but is not cancelled as it was ({0} fen paid)", ct);
}

/// <summary>An adjusted bill asks for what its last adjustment says.</summary>
sealed class AdjustmentsAgree : IVerifyCheck
{
    public string Name => "bills.adjusted";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'customer_bills ' || b.account_id || '/' || b.period || '/' || b.issue as "Row", b.amount_fen as "Found", cast(min(a.before_fen) + sum(a.change_fen) as bigint) as "Wanted"
        from customer_bills b
        join (
          select bucket, account_id, period, issue, amount_fen as change_fen, case when sequence = 1 then before_fen end as before_fen from bill_adjustments
        ) a on a.bucket = b.bucket and a.account_id = b.account_id and a.period = b.period and a.issue = b.issue
        group by b.bucket, b.account_id, b.period, b.issue, b.amount_fen having b.amount_fen <> coalesce(min(a.before_fen), 0) + sum(a.change_fen)
        """, "asks for {0} fen, its adjustments make {1}", ct);
}

/// <summary>Lines belong to a bill, and a bill that was not adjusted asks for what its lines add up to.</summary>
sealed class LinesAgree : IVerifyCheck
{
    public string Name => "bills.lines";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'bill_lines ' || l.account_id || '/' || l.period || '/' || l.issue as "Row", cast(coalesce(max(b.amount_fen), -1) as bigint) as "Found", cast(max(l.fen) as bigint) as "Wanted"
        from (select bucket, account_id, period, issue, sum(amount_fen) as fen from bill_lines group by bucket, account_id, period, issue) l
        left join customer_bills b on b.bucket = l.bucket and b.account_id = l.account_id and b.period = l.period and b.issue = l.issue
        where not exists (select 1 from bill_adjustments a where a.bucket = l.bucket and a.account_id = l.account_id and a.period = l.period and a.issue = l.issue)
        group by l.bucket, l.account_id, l.period, l.issue having coalesce(max(b.amount_fen), -1) <> max(l.fen)
        """, "its bill asks for {0} fen (-1: there is none), the lines make {1}", ct);
}
