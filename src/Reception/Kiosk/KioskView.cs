using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>What a kiosk offers: the services that some counter of its hall serves, with the people and the wait before each.</summary>
public sealed class KioskView(HallDb db, HallQueue queue, ServiceCatalog catalog)
{
    /// <param name="Waiting">People who wait for it.</param>
    public sealed record Offer(QueueService Service, int Waiting, ExpectedWait Wait);

    /// <param name="IsOpen">Gives tickets now.</param>
    /// <param name="Expected">Appointments of today that have not checked in.</param>
    public sealed record View(Hall Hall, bool IsOpen, BusinessDayState? Day, IReadOnlyList<Offer> Offers, int Waiting, int OpenCounters, int Expected)
    {
        public string Version => Versions.Of(string.Join('|', Hall.NameZh, Hall.NameEn, Hall.Periods, IsOpen, Day, Texts.IsEnglish, Waiting, OpenCounters, Expected > 0, string.Join(',', Offers.Select(o => $"{o.Service.Code}{o.Waiting}/{o.Wait}"))));
    }

    /// <exception cref="Refused">device.not_found</exception>
    public async Task<View> Of(string deviceKey, CancellationToken ct = default)
    {
        var kiosk = await db.DeviceOf(deviceKey, DeviceKind.Kiosk, ct);
        var view = await queue.Of(kiosk.HallId, ct);
        var offers = catalog.Services.Where(s => view.Counters.Any(c => c.Serves(s.Code)))
            .Select(s => new Offer(s, view.WaitingFor(s.Code), view.WaitFor(s.Code, s.Priority))).ToList();
        var stop = LastTickets.StopsAt(view.Hall, await db.Value(LastTickets.StopMinutes, ct));
        var isOpen = view.IsOpen && !LastTickets.HasStopped(view.Day!.Date, stop, view.AtUtc);
        var (hallId, today) = (view.Hall.Id, DateOnly.FromDateTime(LocalTime.At(view.AtUtc)));
        var expected = await db.Appointments.CountAsync(a => a.HallId == hallId && a.Day == today && a.State == AppointmentState.Booked, ct);
        return new(view.Hall, isOpen, view.IsOpen && !isOpen ? BusinessDayState.Closing : view.Day?.State, offers, view.Waiting.Count, view.Counters.Count(c => c.State == CounterState.Open), expected);
    }
}
