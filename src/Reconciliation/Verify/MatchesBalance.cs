using OpenHall.App;

namespace OpenHall.Reconciliation;

/// <summary>Lines and items that were matched are the same sum.</summary>
sealed class MatchesBalance : IVerifyCheck
{
    public string Name => "statements.matched";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'statement_matches ' || min(m.number) as "Row", cast(sum(case when m.line_id is not null then m.amount_fen else 0 end) as bigint) as "Found", cast(sum(case when m.item_key is not null then m.amount_fen else 0 end) as bigint) as "Wanted"
        from statement_matches m group by m.group_id
        having sum(case when m.line_id is not null then m.amount_fen else -m.amount_fen end) <> 0
        """, "lines are {0} fen, items {1}", ct);
}

/// <summary>Each imported statement brought as many lines as it says.</summary>
sealed class StatementsWhole : IVerifyCheck
{
    public string Name => "statements.whole";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'statements ' || s.file_name as "Row", cast(count(l.id) as bigint) as "Found", cast(s.new_lines as bigint) as "Wanted"
        from statements s left join statement_lines l on l.statement_id = s.id group by s.id, s.file_name, s.new_lines having count(l.id) <> s.new_lines
        """, "has {0} lines, brought {1}", ct);
}
