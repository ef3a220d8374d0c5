using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Reception;

/// <summary>A visit stands as its ticket does, and on a closed day nobody is in the hall any more.</summary>
public sealed class VisitsFollowTickets : IVerifyCheck
{
    public string Name => "queue.visits_follow_tickets";

    public async IAsyncEnumerable<Finding> Look(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var apart =
            from ticket in db.QueueTickets
            join visit in db.Visits on ticket.VisitId equals visit.Id
            where (ticket.State == TicketState.Waiting && visit.State != VisitState.Waiting)
                || ((ticket.State == TicketState.Called || ticket.State == TicketState.Serving || ticket.State == TicketState.Parked) && visit.State != VisitState.Open)
                || ((ticket.State == TicketState.Done || ticket.State == TicketState.NoShow || ticket.State == TicketState.Cancelled) && visit.State != VisitState.Ended)
            select new { visit.Id, Visit = visit.State, Ticket = ticket.State };
        await foreach (var row in apart.AsAsyncEnumerable().WithCancellation(ct)) yield return new($"visits {row.Id}", $"visit {row.Visit}, ticket {row.Ticket}");

        var left =
            from visit in db.Visits
            join day in db.BusinessDays on new { visit.HallId, visit.Date } equals new { day.HallId, day.Date }
            where day.State == BusinessDayState.Closed && visit.State != VisitState.Ended
            select new { visit.Id, day.Date };
        await foreach (var row in left.AsAsyncEnumerable().WithCancellation(ct)) yield return new($"visits {row.Id}", $"not ended on the closed day {row.Date}");
    }
}
