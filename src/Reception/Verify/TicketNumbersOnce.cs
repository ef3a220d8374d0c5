using OpenHall.App;

namespace OpenHall.Reception;

/// <summary>A ticket number stands for one ticket of a hall's day.</summary>
sealed class TicketNumbersOnce : IVerifyCheck
{
    public string Name => "tickets.once";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.Find("""
        select 'queue_tickets ' || t.date || ' ' || t.number as "Row", count(*) as "Found", cast(1 as bigint) as "Wanted"
        from queue_tickets t group by t.hall_id, t.date, t.number having count(*) <> 1
        """, "there are {0} tickets of this number", ct);
}
