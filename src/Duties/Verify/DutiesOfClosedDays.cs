using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>On a closed day nothing is left open, and what was done late carries when it was found late.</summary>
sealed class DutiesOfClosedDays : IVerifyCheck
{
    public string Name => "duties.closed_days";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'duties ' || d.date || ' ' || d.code || ' ' || d.slot as "Row", cast(1 as bigint) as "Found", cast(0 as bigint) as "Wanted"
        from duties d join business_days b on b.hall_id = d.hall_id and b.date = d.date
        where b.state = 'Closed' and d.state = 'Open'
        union all
        select 'duties ' || d.date || ' ' || d.code || ' ' || d.slot, cast(1 as bigint), cast(0 as bigint)
        from duties d where d.state = 'Done' and d.ended_at_utc > d.due_utc and d.late_at_utc is null
        """, "{0} that should be ended, or late", ct);
}

/// <summary>A duty says as many faults as lines were opened for it, and each of them stands in its answers.</summary>
sealed class FaultsOfDuties : IVerifyCheck
{
    public string Name => "duties.faults";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'duties ' || d.date || ' ' || d.code || ' ' || d.slot as "Row", count(f.id) as "Found", cast(d.faults as bigint) as "Wanted"
        from duties d left join duty_faults f on f.duty_id = d.id where d.faults > 0 or f.id is not null
        group by d.id, d.date, d.code, d.slot, d.faults having count(f.id) <> d.faults
        union all
        select 'duty_faults ' || f.what, cast(0 as bigint), cast(1 as bigint) from duty_faults f
        where not exists (select 1 from duty_answers a where a.duty_id = f.duty_id and a.line = f.line and a.result = 'Fault')
        """, "{0} lines, {1} wanted", ct);
}
