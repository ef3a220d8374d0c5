using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>取消预约 by the visitor, from the page that only they have.</summary>
public sealed class CancelOwnAppointment(Work work)
{
    [OpenToVisitors("the token that nobody guesses says whose appointment it is")]
    public sealed record Command(Guid RequestId, string Token) : ICommand;

    /// <exception cref="Refused">appointment.not_found; appointment.ended</exception>
    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var appointment = await db.Appointments.Hold(a => a.Token == c.Token, orRefuse: "appointment.not_found", ct);
        appointment.Cancel(null, db.AtUtc);
        db.HallOfCommand = appointment.HallId;
        db.Raise(new AppointmentMoved(appointment.HallId, appointment.Id, appointment.State));
        return true;
    }, ct);
}

/// <summary>取消预约 by the staff, with its reason.</summary>
public sealed class CancelAppointment(Work work, Current current)
{
    [Needs("appointments.book")]
    public sealed record Command(Guid RequestId, Guid AppointmentId, string? Reason) : ICommand;

    /// <exception cref="Refused">appointment.not_found; hall.out_of_reach; appointment.reason_missing; appointment.ended</exception>
    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Reason) || c.Reason.Trim().Length > Appointment.MostReason, "Reason", "appointment.reason_missing", Appointment.MostReason);
        var appointment = await db.Appointments.Hold(a => a.Id == c.AppointmentId, orRefuse: "appointment.not_found", ct);
        await db.HallInReach(current, appointment.HallId, ct);
        appointment.Cancel(c.Reason, db.AtUtc);
        (db.HallOfCommand, db.Subject) = (appointment.HallId, appointment.Code);
        db.Raise(new AppointmentMoved(appointment.HallId, appointment.Id, appointment.State));
        return true;
    }, ct);
}

/// <summary>预约签到 at the kiosk, with the telephone number or the code: gives the number of the queue.</summary>
public sealed class CheckInAppointment(Work work, ServiceCatalog catalog)
{
    /// <param name="Typed">Telephone number or code.</param>
    [OpenToVisitors("turns an appointment of the kiosk's hall into a place in its queue and shows nobody's data")]
    public sealed record Command(Guid RequestId, string DeviceKey, string? Typed) : ICommand;

    /// <exception cref="Refused">device.not_found; day.not_open; what <see cref="CheckingIn.Of"/> refuses</exception>
    public Task<TakenTicket> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var kiosk = await db.Devices.SingleOrDefaultAsync(d => d.Key == c.DeviceKey && d.Kind == DeviceKind.Kiosk && !d.IsRetired, ct) ?? throw new Refused("device.not_found");
        var (day, head) = await db.HoldQueue(kiosk.HallId, ct);
        var typed = (c.Typed ?? "").Trim();
        var phone = PhoneNumber.TryParse(typed, out var number) ? number.Number : typed;
        var (hallId, today) = (day.HallId, day.Date.Day);
        // Of several the next one that has not been missed.
        var found = await db.Appointments.Where(a => a.HallId == hallId && a.Day == today && a.State == AppointmentState.Booked && (a.Code == typed || a.Phone == phone)).OrderBy(a => a.Start).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct);
        Refused.IfField(found is null, "Typed", "appointment.none_today");
        return await CheckingIn.Of(db, catalog, day, head, found!.Value, null, ct);
    }, ct);
}

/// <summary>代客签到: the staff in the hall check somebody in.</summary>
public sealed class CheckInFor(Work work, Current current, ServiceCatalog catalog)
{
    [Needs("appointments.book")]
    public sealed record Command(Guid RequestId, Guid AppointmentId) : ICommand;

    /// <exception cref="Refused">appointment.not_found; hall.out_of_reach; day.not_open; what <see cref="CheckingIn.Of"/> refuses</exception>
    public Task<TakenTicket> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var hallId = await db.Appointments.Where(a => a.Id == c.AppointmentId).Select(a => (Guid?)a.HallId).SingleOrDefaultAsync(ct) ?? throw new Refused("appointment.not_found");
        await db.HallInReach(current, hallId, ct);
        var (day, head) = await db.HoldQueue(hallId, ct);
        return await CheckingIn.Of(db, catalog, day, head, c.AppointmentId, current, ct);
    }, ct);
}

static class CheckingIn
{
    /// <summary>Within the slot's window the class of appointments; before it a usual number, so that nobody gains by coming hours ahead.</summary>
    /// <exception cref="Refused">appointment.not_found; appointment.other_day; appointment.ended; appointment.too_late; what taking a ticket refuses</exception>
    public static async Task<TakenTicket> Of(HallDb db, ServiceCatalog catalog, BusinessDay day, QueueHead head, Guid id, Current? by, CancellationToken ct)
    {
        var appointment = await db.Appointments.Hold(a => a.Id == id, orRefuse: "appointment.not_found", ct);
        Refused.If(appointment.Day != day.Date.Day, "appointment.other_day", appointment.Day);
        var rules = catalog.Appointments;
        Refused.If(rules.IsLate(appointment.StartUtc, db.AtUtc), "appointment.too_late", rules.LateMinutes);
        var (ticket, taken) = await NewTicket.Make(db, catalog, day, head, new(appointment.Service, rules.IsEarly(appointment.StartUtc, db.AtUtc) ? rules.UsualClass : rules.VisitorClass, appointment.Phone), by, ct);
        appointment.CheckIn(ticket, db.AtUtc);
        await db.Step(ticket, "appointment", by, ct, appointment.Start.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        db.Raise(new AppointmentMoved(appointment.HallId, appointment.Id, appointment.State));
        return taken;
    }
}
