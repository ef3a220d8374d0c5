using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>Each crossing of a prepaid account's limits was told once.</summary>
sealed class PrepaidAgrees : IVerifyCheck
{
    public string Name => "prepaid.alerts";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'prepaid_accounts ' || p.account_number as "Row", cast(coalesce(a.alerts, 0) as bigint) as "Found", cast(p.crossings as bigint) as "Wanted"
        from prepaid_accounts p
        left join (select bucket, account_id, count(*) as alerts from prepaid_alerts group by bucket, account_id) a on a.bucket = p.bucket and a.account_id = p.account_id
        where coalesce(a.alerts, 0) <> p.crossings
        """, "has {0} alerts, its limits were crossed {1} times", ct);
}
