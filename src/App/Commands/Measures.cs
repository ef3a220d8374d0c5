using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OpenHall.App;

/// <summary>What is counted and timed of the commands.</summary>
public static class Measures
{
    public const string Name = "OpenHall";

    public static readonly ActivitySource Traces = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Commands = Meter.CreateHistogram<double>("openhall.command.duration", "s", "Commands by operation and outcome",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    private static readonly Counter<long> Statements = Meter.CreateCounter<long>("openhall.statements", description: "Statements written by hand");

    internal static void ByHand(int statements) => Statements.Add(statements);

    /// <param name="outcome">done, repeated, refused, failed</param>
    public static void Command(string operation, string outcome, TimeSpan took) =>
        Commands.Record(took.TotalSeconds, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("outcome", outcome));
}
