using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>A signed log has its events numbered without gaps, and no remark was added after it was signed.</summary>
sealed class SignedLogs : IVerifyCheck
{
    public string Name => "duties.signed_logs";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'duty_logs ' || g.date as "Row", count(l.line) as "Found", coalesce(cast(max(l.line) as bigint), 1) as "Wanted"
        from duty_logs g left join duty_log_lines l on l.log_id = g.id
        group by g.id, g.date having count(l.line) <> coalesce(max(l.line), 1)
        union all
        select 'duty_log_remarks ' || r.date, cast(1 as bigint), cast(0 as bigint)
        from duty_log_remarks r join duty_logs g on g.hall_id = r.hall_id and g.date = r.date where r.at_utc > g.signed_at_utc
        """, "{0} events or late remarks, {1} wanted", ct);
}
