namespace OpenHall.Reception;

/// <summary>What makes a day unlike its weekday.</summary>
[Flags]
public enum DayMarks
{
    None = 0,
    /// <summary>The first after a holiday: the hall was shut for two days or more.</summary>
    AfterHoliday = 1,
    /// <summary>A day of the month on which more come: bills are out, or due.</summary>
    Peak = 2,
    /// <summary>Open on a weekday on which the hall is usually shut.</summary>
    MakeUp = 4,
}

/// <param name="Arrivals">Numbers taken in each half hour of the day, 48.</param>
public sealed record PastDay(DateOnly Date, DayMarks Marks, IReadOnlyList<int> Arrivals)
{
    public int Total { get; } = Arrivals.Sum();
}

/// <summary>客流预测: arrivals by half hour from the hall's own days. Pure: a level that forgets, times the weekday's factor, times the factor of each mark, spread by the profile of
/// such days. Factors are drawn towards 1 by one day's weight, so that a single odd day does not rule.</summary>
public static class ArrivalForecast
{
    public const int HalfHours = 48;
    private const double Forgets = 0.975, Pull = 1;
    private static readonly DayMarks[] All = [DayMarks.AfterHoliday, DayMarks.Peak, DayMarks.MakeUp];

    /// <param name="past">Days before <paramref name="day"/>, in any order.</param>
    /// <returns>48 expected arrivals; all 0 without a past.</returns>
    public static IReadOnlyList<double> Of(IReadOnlyCollection<PastDay> past, DateOnly day, DayMarks marks)
    {
        var days = past.Where(d => d.Date < day && d.Total > 0).Select(d => (Day: d, Weight: Math.Pow(Forgets, day.DayNumber - d.Date.DayNumber))).ToList();
        if (days.Count == 0) return new double[HalfHours];
        var level = days.Sum(d => d.Weight * d.Day.Total) / days.Sum(d => d.Weight);
        var ofWeekday = Enum.GetValues<DayOfWeek>().ToDictionary(w => w, w => Factor(days.Where(d => d.Day.Date.DayOfWeek == w && d.Day.Marks == DayMarks.None).Select(d => (d.Weight, d.Day.Total / level))));
        var total = level * ofWeekday[day.DayOfWeek];
        foreach (var mark in All.Where(m => marks.HasFlag(m)))
            total *= Factor(days.Where(d => d.Day.Marks.HasFlag(mark)).Select(d => (d.Weight, d.Day.Total / (level * ofWeekday[d.Day.Date.DayOfWeek]))));
        var profile = new double[HalfHours];
        foreach (var (each, weight) in days)
        {
            var part = weight * (each.Date.DayOfWeek == day.DayOfWeek ? 3 : 1);
            for (var i = 0; i < HalfHours; i++) profile[i] += part * each.Arrivals[i];
        }

        var sum = profile.Sum();
        return [.. profile.Select(p => total * p / sum)];
    }

    /// <param name="Days">Days that were foretold from those before them.</param>
    /// <param name="OfHalfHours">Σ |foretold − came| over half hours ÷ Σ came.</param>
    /// <param name="OfDays">The same over whole days.</param>
    public sealed record Error(int Days, double OfHalfHours, double OfDays);

    /// <summary>How far off it was: each of the last days is foretold from the days before it alone, and compared.</summary>
    /// <param name="last">Days compared.</param>
    /// <returns>Null when there are fewer than eight days.</returns>
    public static Error? Measure(IReadOnlyCollection<PastDay> past, int last = 14)
    {
        const int least = 7;
        var days = past.Where(d => d.Total > 0).OrderBy(d => d.Date).ToList();
        var held = days.Skip(Math.Max(least, days.Count - last)).ToList();
        if (held.Count == 0) return null;
        var (offHalf, offDay, came) = (0.0, 0.0, 0.0);
        foreach (var day in held)
        {
            var told = Of(days, day.Date, day.Marks);
            offHalf += told.Zip(day.Arrivals, (t, a) => Math.Abs(t - a)).Sum();
            offDay += Math.Abs(told.Sum() - day.Total);
            came += day.Total;
        }

        return new(held.Count, offHalf / came, offDay / came);
    }

    private static double Factor(IEnumerable<(double Weight, double Ratio)> seen)
    {
        var (weights, ratios) = (Pull, Pull);
        foreach (var (weight, ratio) in seen) (weights, ratios) = (weights + weight, ratios + weight * ratio);
        return ratios / weights;
    }
}
