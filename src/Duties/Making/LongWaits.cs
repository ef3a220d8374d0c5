using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Reception;

namespace OpenHall.Duties;

/// <summary>等候超时: somebody waits longer than the norm, and the post that minds the floor has to do something about it, at most once in half an hour.</summary>
static class LongWaits
{
    private const int OnceInMinutes = 30;

    public static async Task<int> Make(HallDb db, DutyPlans plans, DateTime atUtc, CancellationToken ct)
    {
        var wanted = plans.On(DutyFact.WaitOverNorm).ToList();
        if (wanted.Count == 0) return 0;
        var (since, made) = (atUtc.AddMinutes(-await db.Value(QueueNorms.Wait, ct)), 0);
        var late = await (from ticket in db.QueueTickets
                          join day in db.BusinessDays on new { ticket.HallId, ticket.Date } equals new { day.HallId, day.Date }
                          where day.State == BusinessDayState.Open && ticket.State == TicketState.Waiting && ticket.TakenAtUtc < since
                          group ticket by new { ticket.HallId, ticket.Date } into hall
                          select new { hall.Key.HallId, hall.Key.Date, Count = hall.Count() }).ToListAsync(ct);
        foreach (var found in late)
        {
            var hall = await db.Halls.SingleAsync(h => h.Id == found.HallId, ct);
            var half = LocalTime.At(atUtc);
            var slot = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"wait-{half:HH}{half.Minute / OnceInMinutes * OnceInMinutes:00}");
            foreach (var plan in wanted)
            {
                if (!await db.MakeDutyOn(plan, hall, found.Date, slot, null, null, found.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), atUtc, ct)) continue;
                made++;
                db.Raise(new DutiesChanged(hall.Id));
            }
        }

        return made;
    }
}
