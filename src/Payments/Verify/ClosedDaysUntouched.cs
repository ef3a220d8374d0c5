using OpenHall.App;

namespace OpenHall.Payments;

/// <summary>Rule 8: nothing was posted into a business day after it was closed.</summary>
sealed class ClosedDaysUntouched : IVerifyCheck
{
    public string Name => "days.closed";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'business_days ' || d.date || ', ' || l.reference as "Row", cast(sum(l.lines) as bigint) as "Found", cast(0 as bigint) as "Wanted"
        from business_days d
        join (
          select hall_id, business_date, reference, written_at_utc, 1 as lines from journal_lines
          union all
          select hall_id, business_date, reference, written_at_utc, 1 from account_journal_lines where hall_id is not null
        ) l on l.hall_id = d.hall_id and l.business_date = d.date and l.written_at_utc > d.closed_at_utc
        where d.state = 'Closed' group by d.date, l.reference
        """, "{0} lines were posted after the day was closed", ct);
}
