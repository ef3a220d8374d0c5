using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;

namespace OpenHall.Reception;

/// <summary>A hall's queue as it is now: everything that kiosk, board, phone, lobby and counter show of it, from one reading.</summary>
public sealed class HallQueue(HallDb db, ServiceCatalog catalog, TimeProvider clock)
{
    /// <exception cref="Kernel.Refused">hall.not_found</exception>
    public async Task<QueueView> Of(Guid hallId, CancellationToken ct = default)
    {
        var hall = await db.Halls.SingleOrDefaultAsync(h => h.Id == hallId, ct) ?? throw new Kernel.Refused("hall.not_found");
        var day = await db.CurrentDay(hallId, ct);
        var counters = await db.Counters.Where(c => c.HallId == hallId && !c.IsRetired).OrderBy(c => c.Number).ToListAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        if (day is null) return new(hall, null, [], counters, new Dictionary<string, ServicePace>(), catalog, now);
        var date = day.Date;
        var tickets = await db.QueueTickets
            .Where(t => t.HallId == hallId && t.Date == date && (t.State == TicketState.Waiting || t.State == TicketState.Called || t.State == TicketState.Serving || t.State == TicketState.Parked))
            .OrderBy(t => t.Rank).ToListAsync(ct);
        var from = now.AddMinutes(-catalog.Rules.WaitWindowMinutes);
        // A ticket that was parked in the middle, or had two services, counts once for each service.
        var paces = await db.TicketPeriods.Where(p => p.HallId == hallId && p.Date == date && p.State == TicketState.Serving && p.UntilUtc > from)
            .GroupBy(p => new { p.TicketId, p.Service }).Select(g => new { g.Key.Service, Seconds = g.Sum(p => p.Seconds) })
            .GroupBy(s => s.Service).Select(g => new { Service = g.Key, Count = g.Count(), Seconds = g.Average(s => s.Seconds) }).ToListAsync(ct);
        return new(hall, day, tickets, counters, paces.ToDictionary(p => p.Service, p => new ServicePace((int)p.Seconds, p.Count)), catalog, now);
    }
}

/// <param name="Seconds">Mean time of a service.</param>
/// <param name="Services">Services it is the mean of, in the window of the packs; 0: the catalogue's usual time.</param>
public sealed record ServicePace(int Seconds, int Services);

/// <param name="Ahead">People before.</param>
/// <param name="Minutes">Expected wait, rounded up; null: no counter that serves it is open.</param>
public sealed record ExpectedWait(int Ahead, int? Minutes)
{
    public string Say(Texts texts) => Minutes switch { null => texts["reception.kiosk_no_counter"], 0 => texts["reception.kiosk_at_once"], { } minutes => texts["reception.kiosk_about", minutes] };
}

/// <param name="Day">The hall's day that isn't closed; null before the first.</param>
/// <param name="Tickets">Those that are not over, in the order of arrival.</param>
public sealed record QueueView(Hall Hall, BusinessDay? Day, IReadOnlyList<QueueTicket> Tickets, IReadOnlyList<Counter> Counters,
    IReadOnlyDictionary<string, ServicePace> Measured, ServiceCatalog Catalog, DateTime AtUtc)
{
    /// <summary>The hall takes visitors.</summary>
    public bool IsOpen => Day is { State: BusinessDayState.Open };

    /// <summary>Those who wait, as they stand in line.</summary>
    public IReadOnlyList<QueueTicket> Waiting { get; } = [.. Tickets.Where(t => t.State == TicketState.Waiting).OrderByDescending(t => t.Priority).ThenBy(t => t.Rank)];

    public QueueTicket? At(Guid counterId) => Tickets.FirstOrDefault(t => t.CounterId == counterId && t.IsAtCounter);

    public int WaitingFor(string service) => Waiting.Count(t => t.Service == service);

    public IEnumerable<Counter> OpenCountersFor(string service) => Counters.Where(c => c.State == CounterState.Open && c.Serves(service));

    /// <summary>Mean service time: measured in the window when there are enough services, else the catalogue's.</summary>
    public ServicePace PaceOf(string service) =>
        Measured.TryGetValue(service, out var pace) && pace.Services >= Catalog.Rules.WaitLeastServices ? pace : new((Catalog.Find(service)?.Minutes ?? 5) * 60, 0);

    /// <summary>For somebody who would take a ticket now.</summary>
    public ExpectedWait WaitFor(string service, int priority) => Expect(service, null, new(Guid.Empty, long.MaxValue, priority));

    /// <summary>The person it is kept for, when they sit at a counter.</summary>
    public Guid? PersonFor(QueueTicket ticket) => ticket.ForClerkId is { } person && Counters.Any(c => c.ClerkId == person) ? person : null;

    public ExpectedWait WaitOf(QueueTicket ticket) => Expect(ticket.Service, ticket.ForCounterId ?? (PersonFor(ticket) is { } person ? Counters.First(c => c.ClerkId == person).Id : null), new(ticket.Id, ticket.Rank, ticket.Priority));

    /// <summary>How long the one who has waited longest has waited; zero when nobody waits.</summary>
    public TimeSpan LongestWait(string? service = null) =>
        Waiting.Where(t => service is null || t.Service == service).Select(t => AtUtc - t.TakenAtUtc).DefaultIfEmpty().Max() is { Ticks: > 0 } longest ? longest : TimeSpan.Zero;

    /// <summary>People ahead × their mean service times ÷ counters that are open for it. Ahead are all that these counters would call before.</summary>
    private ExpectedWait Expect(string service, Guid? forCounter, InLine self)
    {
        var counters = Counters.Where(c => c.State == CounterState.Open && (forCounter is null ? c.Serves(service) : c.Id == forCounter)).ToList();
        var ahead = Waiting.Where(t => t.Id != self.Id && CallOrder.IsBefore(new(t.Id, t.Rank, t.Priority), self)
            && (t.Service == service || counters.Exists(c => c.Serves(t.Service)))).ToList();
        if (counters.Count == 0) return new(ahead.Count, null);
        var seconds = ahead.Sum(t => PaceOf(t.Service).Seconds) / counters.Count;
        return new(ahead.Count, (seconds + 59) / 60);
    }
}
