using System.Runtime.CompilerServices;
using OpenHall.App;
using OpenHall.Ledger;

namespace OpenHall.Billing;

/// <summary>What accounts have on the allowance for bad debts (1231) is what is still unpaid of their written-off bills, and what was written off less what was recovered.</summary>
sealed class WriteOffsAgree : IVerifyCheck
{
    public string Name => "writeoffs.agree";

    public async IAsyncEnumerable<Finding> Look(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var books = db.Find($"""
            select 'account ' || o.account_id as "Row", cast(sum(o.booked) as bigint) as "Found", cast(sum(o.unpaid) as bigint) as "Wanted"
            from (
              select bucket, account_id, amount_fen - paid_fen as unpaid, 0 as booked from customer_bills where state = 'WrittenOff'
              union all
              select bucket, account_id, 0, debit_fen - credit_fen from account_journal_lines where account = '{AccountCodes.BadDebtAllowance}'
            ) o
            group by o.bucket, o.account_id having sum(o.unpaid) <> sum(o.booked)
            """, "has {0} fen of bad debts in the books, its written-off bills owe {1}", ct);
        await foreach (var finding in books) yield return finding;

        var documents = db.Find("""
            select 'account ' || o.account_id as "Row", cast(sum(o.documents) as bigint) as "Found", cast(sum(o.unpaid) as bigint) as "Wanted"
            from (
              select bucket, account_id, amount_fen - paid_fen as unpaid, 0 as documents from customer_bills where state = 'WrittenOff'
              union all
              select bucket, account_id, 0, total_fen from write_offs where state = 'Done'
              union all
              select bucket, account_id, 0, -amount_fen from write_off_recoveries
            ) o
            group by o.bucket, o.account_id having sum(o.unpaid) <> sum(o.documents)
            """, "has {0} fen written off and not recovered, its written-off bills owe {1}", ct);
        await foreach (var finding in documents) yield return finding;
    }
}
