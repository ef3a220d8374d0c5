using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

public static class VisitAtCounter
{
    /// <summary>The visit at the signed-in clerk's counter, called or being served; null: nobody is there.</summary>
    public static async Task<Visit?> VisitOf(this HallDb db, Current current, CancellationToken ct = default) =>
        await (from ticket in db.QueueTickets
               join counter in db.Counters on ticket.CounterId equals counter.Id
               join visit in db.Visits on ticket.VisitId equals visit.Id
               where counter.ClerkId == current.UserId && (ticket.State == TicketState.Called || ticket.State == TicketState.Serving)
               select visit).SingleOrDefaultAsync(ct);

    /// <summary>Inside a command: writes what was done for the visitor into the visit's time line.</summary>
    /// <param name="kind">Its words are the text <c>visit.step.{kind}</c>.</param>
    /// <param name="detail">Business number of what was done; never personal data.</param>
    public static void AddStep(this HallDb db, Guid visitId, string kind, Current by, string? detail) =>
        db.Add(new VisitStep { VisitId = visitId, AtUtc = db.AtUtc, Kind = kind, StaffId = by.UserId, StaffName = by.Name, Detail = detail });
}

/// <summary>The clerk has found whom the visit at the counter is about: a visitor who was only called is being served from now on.</summary>
public sealed class IdentifyVisit(Work work, Current current)
{
    [Needs("queue.call")]
    public sealed record Command(Guid RequestId, Guid? CustomerId, long? AccountId) : ICommand;

    /// <returns>Id of the visit.</returns>
    /// <exception cref="Refused">counter.none_for_clerk; day.not_open; queue.nobody_here</exception>
    public Task<Guid> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var ticket = (await db.HoldDesk(current, ct)).RequireTicket();
        if (ticket.State == TicketState.Called) await Serving.Start(db, ticket, current, ct);
        var visit = db.ChangeTracker.Entries<Visit>().Select(e => e.Entity).SingleOrDefault() ?? await db.Visits.Hold(v => v.Id == ticket.VisitId, orRefuse: "queue.nobody_here", ct);
        visit.Concerns(command.CustomerId, command.AccountId);
        return visit.Id;
    }, ct);
}
