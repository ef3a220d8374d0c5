using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Halls;

/// <summary>Hall, business date and counter in the top bar, by one read.</summary>
public sealed class HallInBar(HallDb db, Current current) : IShellFact
{
    public async Task Fill(ShellFacts facts)
    {
        if (current.HallId is not { } hallId) return;
        var (days, counters) = (db.BusinessDays, db.Counters);
        var found = await db.Halls.Where(h => h.Id == hallId).Select(h => new
        {
            h.NameZh,
            h.NameEn,
            // The latest day that was begun: between closing and the next opening it is the closed one.
            Date = days.Where(d => d.HallId == hallId && d.State != BusinessDayState.Preparing).OrderByDescending(d => d.Date).Select(d => d.Date).FirstOrDefault(),
            Number = counters.Where(c => c.HallId == hallId && c.ClerkId == current.UserId && c.State != CounterState.Closed).Select(c => (int?)c.Number).FirstOrDefault(),
            Counter = counters.Where(c => c.HallId == hallId && c.ClerkId == current.UserId && c.State != CounterState.Closed).Select(c => c.Name).FirstOrDefault(),
        }).SingleOrDefaultAsync();
        if (found is null) return;
        facts.HallName = new LocalText(found.NameZh, found.NameEn).ToString();
        if (found.Date.Day != default) facts.BusinessDate = found.Date.ToString();
        facts.CounterLabel = found is { Number: { } number, Counter: { } name } ? Counter.LabelOf(number, name) : null;
    }
}
