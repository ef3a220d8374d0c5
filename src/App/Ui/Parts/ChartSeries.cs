namespace OpenHall.App;

/// <param name="Values">One for each label; null: not known.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<decimal?> Values);
