using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>The supply points of a route stand in order without a gap.</summary>
sealed class RoutesInOrder : IVerifyCheck
{
    public string Name => "routes.order";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'reading_routes ' || r.code as "Row", cast(max(s.place) as bigint) as "Found", cast(count(distinct s.place) as bigint) as "Wanted"
        from route_stops s join reading_routes r on r.id = s.route_id
        group by r.code having max(s.place) <> count(distinct s.place) or count(*) <> count(distinct s.place)
        """, "has places up to {0} for {1} stops", ct);
}

/// <summary>An account is billed up to the day on which its supply ended, and not beyond.</summary>
sealed class EndedNotBilled : IVerifyCheck
{
    public string Name => "supply.ended";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find($"""
        select 'customer_bills ' || b.account_id || '/' || b.period || '/' || b.issue as "Row", cast(b.period as bigint) as "Found", cast(0 as bigint) as "Wanted"
        from customer_bills b join supply_points p on p.account_id = b.account_id and p.bucket = b.bucket
        where p.ended_on is not null and b.state <> 'Cancelled' and b.period % 100 < {FeeBills.FirstPlace} and b.to_day > p.ended_on
        """, "bills days after the supply ended ({0})", ct);
}
