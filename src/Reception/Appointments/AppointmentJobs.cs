using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;

namespace OpenHall.Reception;

/// <summary>爽约与提醒: ends what nobody came for, and says when it is time to remind somebody, once.</summary>
public sealed class MindAppointments(ServiceCatalog catalog) : IJob
{
    private const int MostAtOnce = 500;

    public string Name => "appointments.mind";

    public string Cron => "*/5 * * * *";

    public async Task<long> Run(HallDb db, DateTime dueAtUtc, CancellationToken ct)
    {
        var (rules, today) = (catalog.Appointments, DateOnly.FromDateTime(LocalTime.At(dueAtUtc)));
        var until = today.AddDays(1 + rules.RemindHours / 24);
        var near = await db.Appointments.Where(a => a.State == AppointmentState.Booked && a.Day <= until).OrderBy(a => a.Day).ThenBy(a => a.Start).ThenBy(a => a.Id).Take(MostAtOnce).Select(a => a.Id).ToListAsync(ct);
        var held = near.Count == 0 ? [] : await db.Appointments.Where(a => near.Contains(a.Id) && a.State == AppointmentState.Booked).OrderBy(a => a.Id).HoldAll(ct);
        var moved = 0L;
        foreach (var appointment in held)
        {
            if (rules.IsLate(appointment.StartUtc, dueAtUtc))
            {
                appointment.Miss(dueAtUtc);
                db.Raise(new AppointmentMoved(appointment.HallId, appointment.Id, appointment.State));
                moved++;
            }
            else if (appointment.RemindedAtUtc is null && appointment.StartUtc.AddHours(-rules.RemindHours) <= dueAtUtc)
            {
                appointment.Remind(dueAtUtc);
                db.Raise(new AppointmentNear(appointment.HallId, appointment.Id));
                moved++;
            }
        }

        return moved;
    }
}
