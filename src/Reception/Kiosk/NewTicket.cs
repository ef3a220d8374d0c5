using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>What somebody asks for who takes a ticket.</summary>
/// <param name="Typed">Phone, account or ID card number.</param>
sealed record Asked(string Service, string VisitorClass, string? Typed)
{
    public IReadOnlyList<string> More { get; init; } = [];
}

static class NewTicket
{
    /// <summary>Makes visit and ticket with the next number of the service's letter. The queue is held.</summary>
    public static async Task<(QueueTicket Ticket, TakenTicket Taken)> Make(HallDb db, ServiceCatalog catalog, BusinessDay day, QueueHead head, Asked asked, Current? by, CancellationToken ct)
    {
        var service = catalog.Find(asked.Service) ?? throw new Refused("service.not_found");
        Refused.If(asked.More.Any(m => catalog.Find(m) is null), "service.not_found");
        Refused.If(day.State == BusinessDayState.Closing, "day.closing");
        var number = VisitorNumber.Parse(asked.Typed, service.Asks);
        if (number is not null)
        {
            var before = await db.QueueTickets.Where(t => t.HallId == day.HallId && t.Date == day.Date && t.TypedNumber == number.Value).Select(t => t.State).ToListAsync(ct);
            var open = before.Count(s => !TicketMoves.IsOver(s));
            Refused.IfField(open >= catalog.Rules.OpenTicketsPerNumber, "typed", "ticket.person_limit", open);
            Refused.IfField(before.Count >= catalog.Rules.DayTicketsPerNumber, "typed", "ticket.day_limit", before.Count);
        }

        // Nobody has to ask for the green lane who shows an ID card.
        var visitorClass = catalog.FindClass(asked.VisitorClass);
        if (number is { Born: not null } && catalog.ClassOfAge(number.AgeOn(day.Date.Day)) is { } byAge && byAge.Priority > (visitorClass?.Priority ?? 0)) visitorClass = byAge;
        var priority = service.Priority + (visitorClass?.Priority ?? 0);
        var ticket = await Add(db, day, head, service, visitorClass?.Code ?? asked.VisitorClass, priority, number, ct);
        ticket.Want(asked.More);
        await db.Step(ticket, "taken", by, ct, service.Code);
        db.Subject = ticket.Number;
        db.Raise(new TicketTaken(ticket.Id, ticket.Number, ticket.Service));
        return (ticket, new(ticket.Id, ticket.VisitId, ticket.Number, ticket.Token));
    }

    /// <summary>The next number of the service's letter, at the end of the line.</summary>
    public static async Task<QueueTicket> Add(HallDb db, BusinessDay day, QueueHead head, QueueService service, string visitorClass, int priority, VisitorNumber? number, CancellationToken ct)
    {
        var letter = service.Letter.ToString();
        var numbers = await db.TicketNumbers.HoldOrNull(n => n.HallId == day.HallId && n.Date == day.Date && n.Letter == letter, ct)
            ?? db.Add(new TicketNumber { HallId = day.HallId, Date = day.Date, Letter = letter }).Entity;
        Refused.If(service.DailyLimit > 0 && numbers.Last >= service.DailyLimit, "ticket.service_limit", service.Name, service.DailyLimit);
        var visit = new Visit(day.HallId, day.Date, numbers.Next(), db.AtUtc);
        var ticket = new QueueTicket(visit, service.Code, visitorClass, priority, head.NextRank(), number, db.AtUtc);
        db.AddRange(visit, ticket);
        return ticket;
    }
}

/// <summary>停止取号时间: kiosks stop some minutes before the hall closes, so that everybody inside is served in time.</summary>
public static class LastTickets
{
    public static readonly NumberSetting StopMinutes = new("reception.stop_minutes", 0, 0, 240, "reception.unit_minutes");

    /// <returns>When the kiosks of the hall stop on the day, by the hall's clock; null: with the day itself.</returns>
    public static TimeOnly? StopsAt(Hall hall, long minutes)
    {
        var until = hall.Hours.ParsePeriods()[^1].Until;
        return minutes <= 0 ? null : until.AddMinutes(-Math.Min(minutes, until.ToTimeSpan().TotalMinutes));
    }

    public static bool HasStopped(BusinessDate date, TimeOnly? stopsAt, DateTime atUtc) =>
        stopsAt is { } stop && LocalTime.At(atUtc) is var local && DateOnly.FromDateTime(local) == date.Day && TimeOnly.FromDateTime(local) >= stop;

    /// <exception cref="Refused">ticket.stopped</exception>
    public static async Task Check(HallDb db, BusinessDay day, CancellationToken ct)
    {
        if (await db.Value(StopMinutes, ct) is not (> 0 and var minutes)) return;
        var hall = await db.Halls.SingleAsync(h => h.Id == day.HallId, ct);
        var stop = StopsAt(hall, minutes);
        Refused.If(HasStopped(day.Date, stop, db.AtUtc), "ticket.stopped", (stop ?? default).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));
    }
}
