using System.Globalization;

namespace OpenHall.Tests.Pages;

/// <summary>Goals of speed are for a quiet machine. Where others work at the same time they are widened, so that a test fails for a slow page and
/// never for a busy machine.</summary>
public static class Slack
{
    private const double OnBusyMachines = 12;

    /// <summary>How many times its goal something may take; <c>OPENHALL_TEST_SLACK=1</c> asks for the goals themselves.</summary>
    public static double Factor { get; } =
        double.TryParse(Environment.GetEnvironmentVariable("OPENHALL_TEST_SLACK"), CultureInfo.InvariantCulture, out var factor) ? factor : OnBusyMachines;

    /// <summary>Asserts on the middle of several tries and writes it down.</summary>
    public static void Holds(string what, double goalMs, IEnumerable<double> triesMs)
    {
        var sorted = triesMs.Order().ToList();
        var median = sorted[sorted.Count / 2];
        var line = string.Create(CultureInfo.InvariantCulture, $"{what}: {median:0.0} ms in the middle of {sorted.Count} ({sorted[0]:0.0}–{sorted[^1]:0.0}); goal {goalMs:0} ms");
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        Assert.True(median <= goalMs * Factor, line);
    }
}
