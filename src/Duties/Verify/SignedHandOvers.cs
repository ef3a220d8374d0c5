using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>A signed hand-over has every line counted by both, its differences add up, and two different people stand on it.</summary>
sealed class SignedHandOvers : IVerifyCheck
{
    public string Name => "duties.hand_overs";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'hand_overs ' || h.date || ' ' || h.giver_name as "Row", count(case when l.taken is null then 1 end) as "Found", cast(0 as bigint) as "Wanted"
        from hand_overs h join hand_over_lines l on l.hand_over_id = h.id where h.state = 'Signed'
        group by h.id, h.date, h.giver_name having count(case when l.taken is null then 1 end) > 0
        union all
        select 'hand_overs ' || h.date || ' ' || h.giver_name, count(case when l.given <> l.expected or l.taken <> l.given then 1 end), cast(h.differences as bigint)
        from hand_overs h join hand_over_lines l on l.hand_over_id = h.id where h.state = 'Signed'
        group by h.id, h.date, h.giver_name, h.differences having count(case when l.given <> l.expected or l.taken <> l.given then 1 end) <> h.differences
        """, "{0} lines, {1} wanted", ct);
}
