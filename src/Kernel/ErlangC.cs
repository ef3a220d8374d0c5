namespace OpenHall.Kernel;

/// <summary>Erlang C: one line, several counters, arrivals by chance, nobody leaves. How many wait, how long, and how many counters a norm takes.</summary>
/// <remarks>Source: A. K. Erlang 1917; M/M/c in any text on queues. Erlang B, from which C follows, is checked in the tests against the table printed in T. S. Rappaport, Wireless Communications, table 3.4.</remarks>
public static class ErlangC
{
    /// <summary>Most counters that are looked at.</summary>
    public const int MostServers = 200;

    /// <summary>Part of the visitors who have to wait.</summary>
    /// <param name="servers">Counters, 1 or more.</param>
    /// <param name="erlangs">Offered load: arrivals a second × seconds of a service, 0 or more.</param>
    /// <returns>0 to 1; 1 when the load is not less than the counters: the line grows without end.</returns>
    public static double WaitProbability(int servers, double erlangs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(servers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(erlangs);
        if (erlangs >= servers) return 1;
        var (blocked, used) = (BlockProbability(servers, erlangs), erlangs / servers);
        return blocked / (1 - used * (1 - blocked));
    }

    /// <summary>Erlang B: part that finds every server busy where nobody waits. By its recursion, which neither overflows nor loses digits.</summary>
    /// <param name="erlangs">Offered load, 0 or more; may be above the servers.</param>
    public static double BlockProbability(int servers, double erlangs)
    {
        var blocked = 1.0;
        for (var n = 1; n <= servers; n++) blocked = erlangs * blocked / (n + erlangs * blocked);
        return blocked;
    }

    /// <summary>Mean wait of all visitors in seconds; infinite when the load is not less than the counters.</summary>
    public static double MeanWaitSeconds(int servers, double arrivalsPerHour, double serviceSeconds)
    {
        var load = arrivalsPerHour / 3600 * serviceSeconds;
        return load >= servers ? double.PositiveInfinity : WaitProbability(servers, load) * serviceSeconds / (servers - load);
    }

    /// <summary>Part of the visitors who wait no longer than <paramref name="seconds"/>.</summary>
    public static double PartWithin(int servers, double arrivalsPerHour, double serviceSeconds, double seconds)
    {
        if (serviceSeconds <= 0) return 1;
        var load = arrivalsPerHour / 3600 * serviceSeconds;
        return load >= servers ? 0 : 1 - WaitProbability(servers, load) * Math.Exp(-(servers - load) * seconds / serviceSeconds);
    }

    /// <summary>Fewest counters with which the part <paramref name="part"/> of the visitors waits no longer than <paramref name="withinSeconds"/>.</summary>
    /// <returns>0 when nobody comes; at most <see cref="MostServers"/>.</returns>
    public static int ServersFor(double arrivalsPerHour, double serviceSeconds, double withinSeconds, double part)
    {
        if (arrivalsPerHour <= 0 || serviceSeconds <= 0) return 0;
        var servers = Math.Max(1, (int)Math.Min(MostServers, arrivalsPerHour / 3600 * serviceSeconds));
        while (servers < MostServers && PartWithin(servers, arrivalsPerHour, serviceSeconds, withinSeconds) < part) servers++;
        return servers;
    }
}
