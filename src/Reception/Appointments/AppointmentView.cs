using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>What visitors see who book, and the staff's list of a day.</summary>
public sealed class AppointmentView(HallDb db, Current current, ServiceCatalog catalog, TimeProvider clock)
{
    private const int MostHalls = 200;

    /// <param name="Halls">Where there is a choice of halls.</param>
    /// <param name="Days">Days that can be booked; those the hall is shut are left out.</param>
    public sealed record Choice(IReadOnlyList<Hall> Halls, Hall? Hall, IReadOnlyList<QueueService> Services, QueueService? Service, IReadOnlyList<DateOnly> Days, DateOnly? Day, IReadOnlyList<Slot> Slots);

    public sealed record Own(Appointment Appointment, Hall Hall, QueueService? Service, DateTime AtUtc);

    /// <param name="Phone">Masked.</param>
    public sealed record Line(Guid Id, TimeOnly Start, string Service, string Code, string Phone, string? Name, AppointmentState State, string? TicketNumber, string? MadeByName, DateTime MadeAtUtc, string? Reason, DateTime? RemindedAtUtc);

    /// <param name="Booking">Days and slots for one more, of the chosen service.</param>
    public sealed record DayList(Hall Hall, DateOnly Day, IReadOnlyList<Line> Lines, Choice Booking);

    public async Task<Choice> Choose(Guid? hallId, string? service, DateOnly? day, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var halls = await db.Halls.OrderBy(h => h.Path).Take(MostHalls).ToListAsync(ct);
        var hall = halls.Find(h => h.Id == hallId) ?? (halls is [var only] ? only : null);
        var services = catalog.Services.Where(s => s.Appointments > 0).ToList();
        var chosen = services.Find(s => s.Code == service);
        if (hall is null) return new(halls, null, services, chosen, [], null, []);
        var today = DateOnly.FromDateTime(LocalTime.At(now));
        List<DateOnly> days = [];
        for (var d = today; d <= today.AddDays(catalog.Appointments.DaysAhead); d = d.AddDays(1))
        {
            if (await Slots.IsOpen(db, hall, d, ct)) days.Add(d);
        }

        DateOnly? on = day is { } asked && days.Contains(asked) ? asked : days.Count > 0 ? days[0] : null;
        return new(halls, hall, services, chosen, days, on, chosen is not null && on is { } bookable ? await Slots.Of(db, catalog, hall, chosen, bookable, now, ct) : []);
    }

    /// <exception cref="Refused">appointment.not_found</exception>
    public async Task<Own> Of(string token, CancellationToken ct = default)
    {
        var appointment = await db.Appointments.SingleOrDefaultAsync(a => a.Token == token, ct) ?? throw new Refused("appointment.not_found");
        return new(appointment, await db.Halls.SingleAsync(h => h.Id == appointment.HallId, ct), catalog.Find(appointment.Service), clock.GetUtcNow().UtcDateTime);
    }

    /// <exception cref="Refused">permission.missing; hall.not_found; hall.out_of_reach</exception>
    public async Task<DayList> List(Guid hallId, DateOnly? day, string? service, CancellationToken ct = default)
    {
        current.Require("queue.see");
        var hall = await db.HallInReach(current, hallId, ct);
        var on = day ?? DateOnly.FromDateTime(LocalTime.At(clock.GetUtcNow().UtcDateTime));
        var rows = await db.Appointments.Where(a => a.HallId == hallId && a.Day == on).OrderBy(a => a.Start).ThenBy(a => a.Id).ToListAsync(ct);
        return new(hall, on, [.. rows.Select(a => new Line(a.Id, a.Start, catalog.NameOf(a.Service), a.Code, Masked.Phone(a.Phone), a.Name is { } name ? Masked.Name(name) : null, a.State, a.TicketNumber, a.MadeByName, a.MadeAtUtc, a.Reason, a.RemindedAtUtc))],
            await Choose(hallId, service, on, ct));
    }
}
