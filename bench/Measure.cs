using System.Diagnostics;
using System.Globalization;

namespace OpenHall.Bench;

/// <summary>Counts how often something is done a second, after warming up, and what it allocates.</summary>
static class Measure
{
    /// <param name="name">First word of the line.</param>
    /// <param name="seconds">How long to measure; half of it first to warm up.</param>
    /// <param name="batch">Does some units of work and says how many.</param>
    public static double Rate(string name, double seconds, Func<int> batch)
    {
        Loop(batch, seconds / 2);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var before = Environment.CpuUsage.TotalTime;
        var (done, took) = Loop(batch, seconds);
        var cpu = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Print($"{name}", done / took, "per_second");
        Print($"{name}.by_processor_time", done / cpu, "per_cpu_second");
        Print($"{name}.allocated", (double)allocated / done, "bytes_each");
        return done / took;
    }

    public static void Print(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.###} {unit}"));

    static (long Done, double Seconds) Loop(Func<int> batch, double seconds)
    {
        var watch = Stopwatch.StartNew();
        long done = 0;
        do done += batch(); while (watch.Elapsed.TotalSeconds < seconds);
        return (done, watch.Elapsed.TotalSeconds);
    }
}
