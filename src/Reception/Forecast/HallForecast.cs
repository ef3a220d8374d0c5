using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

public enum AdviceKind { NoHistory, Enough, Open, Close }

/// <param name="Counters">How many.</param>
/// <param name="Which">Numbers of counters that could: closed ones that serve what is waited for, or open ones with nobody at them.</param>
public sealed record CounterAdvice(AdviceKind Kind, int Counters, IReadOnlyList<int> Which);

/// <summary>预测与调配建议: who will come today, how long they will wait with the counters that are open, how many counters are needed; and how far off such forecasts were.</summary>
public sealed class HallForecast(HallDb db, ServiceCatalog catalog, PastDays past, TimeProvider clock)
{
    /// <param name="Expected">Arrivals of each half hour of the day; after the morning drawn towards what has come so far.</param>
    /// <param name="Came">Arrivals so far, by half hour.</param>
    /// <param name="Needed">Counters for each half hour of the day, for the rota.</param>
    /// <param name="Now">Half hour that runs; null: the day is not today's.</param>
    /// <param name="ServiceSeconds">Mean time of a service that it is reckoned by.</param>
    /// <param name="Error">Null: too few days yet.</param>
    public sealed record View(QueueView Queue, DateOnly Date, DayMarks Marks, IReadOnlyList<double> Expected, IReadOnlyList<int> Came, IReadOnlyList<int> Needed, IReadOnlyList<HalfHourAhead> Ahead, CounterAdvice Advice,
        int? Now, int From, int Until, int ServiceSeconds, int PastDays, ArrivalForecast.Error? Error, QueueNorms Norms)
    {
        public int OpenCounters => Queue.Counters.Count(c => c.State == CounterState.Open);

        public string Version => Versions.Of(string.Join('|', Texts.IsEnglish, Date, Now, OpenCounters, Queue.Waiting.Count, Queue.AtUtc.Ticks / TimeSpan.TicksPerMinute, Came.Sum(), Advice.Kind, string.Join(',', Advice.Which)));
    }

    /// <param name="date">Null: the hall's day.</param>
    /// <exception cref="Refused">hall.not_found</exception>
    public async Task<View> Of(Guid hallId, DateOnly? date = null, CancellationToken ct = default)
    {
        var queue = await new HallQueue(db, catalog, clock).Of(hallId, ct);
        var norms = await QueueNorms.Of(db, ct);
        var (hall, local) = (queue.Hall, LocalTime.At(queue.AtUtc));
        var today = queue.Day?.Date.Day ?? DateOnly.FromDateTime(local);
        var day = date ?? today;
        var peaks = Reception.PastDays.DaysOf(await db.Value(QueueNorms.PeakDays, ct));
        var days = await past.Of(db, hall, new(today), peaks, ct);
        var marks = Reception.PastDays.MarksOf(hall, day, days.Where(d => d.Date < day).Select(d => (DateOnly?)d.Date).Max() is { } last && day <= today ? last : null, peaks);
        var periods = hall.Hours.ParsePeriods();
        var (from, until) = ((int)(periods[0].From.ToTimeSpan().TotalMinutes / 30), (int)Math.Ceiling(periods[^1].Until.ToTimeSpan().TotalMinutes / 30));
        var isToday = day == today;
        var came = isToday ? await Came(hallId, day, ct) : new int[ArrivalForecast.HalfHours];
        int? now = isToday && DateOnly.FromDateTime(local) == today ? (int)(local.TimeOfDay.TotalMinutes / 30) : null;
        var expected = Drawn(ArrivalForecast.Of(days, day, marks), came, now);
        var service = await ServiceSeconds(hallId, today, ct);
        var needed = expected.Select(e => e < 0.05 ? 0 : Outlook.Needed(e * 2, service, 0, 1, norms)).ToList();
        var open = queue.Counters.Count(c => c.State == CounterState.Open);
        var work = queue.Waiting.Sum(t => (double)queue.PaceOf(t.Service).Seconds);
        var ahead = now is { } half && queue.IsOpen ? Outlook.Of(Math.Max(half, from), half < from ? 1 : 1 - local.TimeOfDay.TotalMinutes % 30 / 30, work, expected, service, open, norms, until) : [];
        return new(queue, day, marks, expected, came, needed, ahead, now < from ? new(AdviceKind.NoHistory, 0, []) : Advise(queue, ahead, days.Count), now, from, until, service, days.Count, ArrivalForecast.Measure(days), norms);
    }

    /// <summary>What has come today corrects what is still to come: by half at ten arrivals, by nearly all at a hundred.</summary>
    private static IReadOnlyList<double> Drawn(IReadOnlyList<double> expected, IReadOnlyList<int> came, int? now)
    {
        const double belief = 20;
        if (now is not { } half || half == 0) return expected;
        var (told, seen) = (expected.Take(half).Sum(), came.Take(half).Sum());
        if (told <= 0) return expected;
        var factor = (seen + belief) / (told + belief);
        return [.. expected.Select((e, i) => i >= half ? e * factor : e)];
    }

    private static CounterAdvice Advise(QueueView queue, IReadOnlyList<HalfHourAhead> ahead, int pastDays)
    {
        if (ahead.Count == 0 || pastDays == 0) return new(AdviceKind.NoHistory, 0, []);
        var open = queue.Counters.Count(c => c.State == CounterState.Open);
        var soon = ahead.Take(2).Max(a => a.Needed);
        if (soon > open)
        {
            var wanted = queue.Waiting.Select(t => t.Service).Distinct().ToList();
            var could = queue.Counters.Where(c => c.State != CounterState.Open).OrderByDescending(c => c.State == CounterState.Paused).ThenByDescending(c => wanted.Count(c.Serves)).ThenBy(c => c.Number);
            return new(AdviceKind.Open, soon - open, [.. could.Take(soon - open).Select(c => c.Number)]);
        }

        var most = Math.Max(1, ahead.Max(a => a.Needed));
        if (queue.Waiting.Count > 0 || most >= open - 1) return new(AdviceKind.Enough, 0, []);
        // One is kept as a reserve: arrivals come by chance.
        return new(AdviceKind.Close, open - most - 1, [.. queue.Counters.Where(c => c.State == CounterState.Open && queue.At(c.Id) is null).OrderByDescending(c => c.Number).Take(open - most - 1).Select(c => c.Number)]);
    }

    private async Task<int[]> Came(Guid hallId, DateOnly day, CancellationToken ct)
    {
        var halves = new int[ArrivalForecast.HalfHours];
        var date = new BusinessDate(day);
        foreach (var at in await db.QueueTickets.Where(t => t.HallId == hallId && t.Date == date).Select(t => t.TakenAtUtc).ToListAsync(ct)) halves[Reception.PastDays.HalfHourOf(at)]++;
        return halves;
    }

    /// <summary>Of the last two weeks, calls included; the catalogue's mean when there are no services yet.</summary>
    private async Task<int> ServiceSeconds(Guid hallId, DateOnly today, CancellationToken ct)
    {
        var from = new BusinessDate(today.AddDays(-14));
        var served = await db.TicketPeriods.Where(p => p.HallId == hallId && p.Date >= from && (p.State == TicketState.Serving || p.State == TicketState.Called))
            .GroupBy(_ => 1).Select(g => new { Seconds = g.Sum(p => (long)p.Seconds), Services = g.Count(p => p.State == TicketState.Serving) }).SingleOrDefaultAsync(ct);
        return served is { Services: > 0 } ? (int)Math.Max(1, served.Seconds / served.Services) : (int)(catalog.Services.Select(s => s.Minutes * 60.0).DefaultIfEmpty(300).Average());
    }
}
