using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <param name="Token">Opens the visitor's own page <c>/book/a/{token}</c>.</param>
/// <param name="Code">Typed at the kiosk.</param>
public sealed record BookedAppointment(Guid AppointmentId, string Token, string Code);

/// <summary>网上预约: a visitor books without signing in; limits keep one number from taking the day.</summary>
public sealed class BookAppointment(Work work, ServiceCatalog catalog)
{
    [OpenToVisitors("gives a time at a hall, limited by telephone number and hall, and shows nobody's data")]
    public sealed record Command(Guid RequestId, Guid HallId, string Service, DateOnly Day, TimeOnly Start, string Phone, string? Name) : ICommand;

    /// <exception cref="Refused">what <see cref="Booking.Make"/> refuses; appointment.too_many; appointment.no_shows; appointment.hall_full</exception>
    public Task<BookedAppointment> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var phone = Booking.PhoneOf(c.Phone);
        var (rules, today) = (catalog.Appointments, DateOnly.FromDateTime(LocalTime.At(db.AtUtc)));
        await Booking.Hold(db, c.HallId, c.Day, ct);
        Refused.IfField(await db.Appointments.CountAsync(a => a.Phone == phone && a.State == AppointmentState.Booked, ct) >= rules.OpenPerNumber, "Phone", "appointment.too_many", rules.OpenPerNumber);
        var since = today.AddDays(-rules.NoShowDays);
        Refused.IfField(await db.Appointments.CountAsync(a => a.Phone == phone && a.Day >= since && a.State == AppointmentState.NoShow, ct) >= rules.NoShows, "Phone", "appointment.no_shows", rules.NoShows, rules.NoShowDays);
        return await Booking.Make(db, catalog, c.HallId, c.Service, c.Day, c.Start, phone, c.Name, null, ct);
    }, ct);
}

/// <summary>代客预约: the staff book for somebody who calls or stands there; the limits of the public page do not bind them, the places do.</summary>
public sealed class BookAppointmentFor(Work work, Current current, ServiceCatalog catalog)
{
    [Needs("appointments.book")]
    public sealed record Command(Guid RequestId, Guid HallId, string Service, DateOnly Day, TimeOnly Start, string Phone, string? Name) : ICommand;

    /// <exception cref="Refused">hall.out_of_reach; what <see cref="Booking.Make"/> refuses</exception>
    public Task<BookedAppointment> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        await db.HallInReach(current, c.HallId, ct);
        var phone = Booking.PhoneOf(c.Phone);
        await Booking.Hold(db, c.HallId, c.Day, ct);
        return await Booking.Make(db, catalog, c.HallId, c.Service, c.Day, c.Start, phone, c.Name, current.Name, ct);
    }, ct);
}

static class Booking
{
    /// <exception cref="Refused">appointment.phone_invalid</exception>
    public static string PhoneOf(string? typed)
    {
        var isMobile = PhoneNumber.TryParse(typed ?? "", out var phone) && phone.Kind is PhoneKind.Mobile or PhoneKind.MobileVirtual;
        Refused.IfField(!isMobile, "Phone", "appointment.phone_invalid");
        return phone!.Number;
    }

    /// <summary>From here to the end of the command nobody else books on that day of the hall.</summary>
    public static async Task Hold(HallDb db, Guid hallId, DateOnly day, CancellationToken ct)
    {
        var key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{hallId:N}:{day:yyyy-MM-dd}");
        await db.Database.ExecuteSqlAsync($"insert into appointment_days (key) values ({key}) on conflict do nothing", ct);
        await db.Set<AppointmentDay>().Hold(d => d.Key == key, orRefuse: "hall.not_found", ct);
    }

    /// <exception cref="Refused">hall.not_found; service.not_found; appointment.name_too_long; appointment.no_slot; appointment.full; appointment.twice</exception>
    public static async Task<BookedAppointment> Make(HallDb db, ServiceCatalog catalog, Guid hallId, string service, DateOnly day, TimeOnly start, string phone, string? name, string? byName, CancellationToken ct)
    {
        var hall = await db.Halls.SingleOrDefaultAsync(h => h.Id == hallId, ct) ?? throw new Refused("hall.not_found");
        var asked = catalog.Find(service) ?? throw new Refused("service.not_found") { Field = "Service" };
        var called = string.IsNullOrWhiteSpace(name) ? null : name.Trim();
        Refused.IfField(called?.Length > Appointment.MostName, "Name", "appointment.name_too_long", Appointment.MostName);
        var slot = (await Slots.Of(db, catalog, hall, asked, day, db.AtUtc, ct)).FirstOrDefault(s => s.Start == start) ?? throw new Refused("appointment.no_slot") { Field = "Start" };
        Refused.IfField(slot.Left == 0, "Start", "appointment.full");
        Refused.IfField(await db.Appointments.AnyAsync(a => a.Phone == phone && a.Day == day && a.Service == service && a.State == AppointmentState.Booked, ct), "Phone", "appointment.twice");
        var codes = (await db.Appointments.Where(a => a.HallId == hallId && a.Day == day).Select(a => a.Code).ToListAsync(ct)).ToHashSet();
        string code;
        do code = RandomNumberGenerator.GetString("0123456789", Appointment.CodeLength);
        while (codes.Contains(code));
        var made = new Appointment { HallId = hallId, Day = day, Start = start, Service = service, Code = code, Phone = phone, Name = called, MadeByName = byName, MadeAtUtc = db.AtUtc };
        db.Add(made);
        (db.HallOfCommand, db.Subject) = (hallId, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} {start:HH:mm} {service}"));
        db.Raise(new AppointmentMoved(hallId, made.Id, made.State));
        return new(made.Id, made.Token, made.Code);
    }
}
