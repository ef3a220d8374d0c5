using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <param name="From">Half hour of the day, 0 = midnight.</param>
/// <param name="Expected">Arrivals expected in what is left of it.</param>
/// <param name="Wait">Minutes that somebody who comes then would wait with the counters that are open now; null: none is open.</param>
/// <param name="Needed">Counters with which the norm is kept.</param>
public sealed record HalfHourAhead(int From, double Expected, int? Wait, int Needed)
{
    public string Clock => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{From / 2:00}:{From % 2 * 30:00}");
}

/// <summary>等候展望: the work that waits and the work that comes, against what the open counters can do. Pure.</summary>
public static class Outlook
{
    private const int Seconds = 1800;
    /// <summary>A wait longer than this is not told to the minute.</summary>
    public const int MostMinutes = 240;

    /// <param name="firstHalfHour">The one that runs now.</param>
    /// <param name="leftOfFirst">Part of it that is left, 0–1.</param>
    /// <param name="workSeconds">Service time of those who wait now.</param>
    /// <param name="expected">Arrivals of each half hour of the day, 48.</param>
    /// <param name="serviceSeconds">Mean time of a service.</param>
    /// <param name="counters">Open now.</param>
    /// <param name="closesAt">Half hour from which nobody comes any more.</param>
    /// <param name="count">Half hours looked at.</param>
    public static IReadOnlyList<HalfHourAhead> Of(int firstHalfHour, double leftOfFirst, double workSeconds, IReadOnlyList<double> expected, double serviceSeconds, int counters, QueueNorms norms, int closesAt, int count = 5)
    {
        var ahead = new List<HalfHourAhead>();
        var work = workSeconds;
        for (var i = firstHalfHour; i < Math.Min(firstHalfHour + count, Math.Min(closesAt, ArrivalForecast.HalfHours)); i++)
        {
            var part = i == firstHalfHour ? Math.Max(leftOfFirst, 0.01) : 1;
            var arrivals = expected[i] * part;
            var perHour = expected[i] * 2;
            var after = Math.Max(0, work + arrivals * serviceSeconds - counters * Seconds * part);
            int? wait = null;
            if (counters > 0)
            {
                var byChance = ErlangC.MeanWaitSeconds(counters, perHour, serviceSeconds);
                var seconds = (work + after) / 2 / counters + (double.IsFinite(byChance) ? Math.Min(byChance, Seconds) : 0);
                wait = (int)Math.Min(MostMinutes, Math.Ceiling(seconds / 60));
            }

            ahead.Add(new(i, arrivals, wait, Needed(perHour, serviceSeconds, work, part, norms)));
            work = after;
        }

        return ahead;
    }

    /// <summary>Counters for those who come, by Erlang C, and for working off who waits already within the half hour.</summary>
    public static int Needed(double perHour, double serviceSeconds, double workSeconds, double part, QueueNorms norms)
    {
        var forComing = ErlangC.ServersFor(perHour, serviceSeconds, norms.WaitMinutes * 60, norms.WithinPercent / 100.0);
        var forWaiting = workSeconds / (Math.Max(norms.WaitMinutes * 60, Seconds * part)) + perHour / 3600 * serviceSeconds;
        return Math.Max(forComing, (int)Math.Ceiling(forWaiting - 0.05));
    }
}
