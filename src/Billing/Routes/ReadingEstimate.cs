using OpenHall.Customers;

namespace OpenHall.Billing;

/// <summary>估抄: the reading that a meter nobody could read is taken to have, by what it is expected to use. The next true reading settles it.</summary>
static class ReadingEstimate
{
    /// <param name="last">Last reading before the day.</param>
    /// <param name="beforeLast">The one before it; null: there is none. Says how a meter by time of use divides.</param>
    /// <param name="estimatedInARow">Estimates that stand there already, one after the other.</param>
    /// <returns>The reading, or why there is none: <c>billing.no_estimate.*</c>.</returns>
    public static (MeterReading? Reading, string? Why) Of(
        SupplyPoint point, MeterReading? last, MeterReading? beforeLast, ExpectedUse? expected, DateOnly day, int estimatedInARow, ReadingTerms terms, bool needsBands, Guid? by, DateTime atUtc)
    {
        if (last is null) return (null, "no_start");
        if (last.ReadOn >= day) return (null, "read_since");
        if (estimatedInARow >= terms.EstimatesInARow) return (null, "too_many");
        if (expected is not { } use) return (null, "no_basis");
        var turned = use.RegisterWh(day.DayNumber - last.ReadOn.DayNumber, point.Multiplier);
        if (last.TotalWh + turned >= Registers.RangeWh(point.MeterDigits)) return (null, "rolls_over");
        var bands = needsBands ? Bands(last, beforeLast, turned) : [];
        if (bands is null) return (null, "no_bands");
        return (new()
        {
            Bucket = point.Bucket, AccountId = point.AccountId, ReadOn = day, MeterNumber = point.MeterNumber, Kind = ReadingKind.Estimated, Source = ReadingSource.Rule, TotalWh = last.TotalWh + turned,
            SharpWh = Band(0), PeakWh = Band(1), FlatWh = Band(2), ValleyWh = Band(3), DeepValleyWh = Band(4), EnteredBy = by, EnteredAtUtc = atUtc,
        }, null);
        long? Band(int i) => needsBands ? bands[i] : null;
    }

    /// <summary>The bands turn as they did between the last two readings; together they turn as the total does. Null: nothing to go by.</summary>
    private static long?[]? Bands(MeterReading last, MeterReading? before, long turned)
    {
        if (before is null) return null;
        var now = Values(last);
        var was = Values(before);
        var parts = now.Select((v, i) => v is null ? 0 : v.Value - (was[i] ?? 0)).ToArray();
        var all = parts.Sum();
        if (all <= 0 || parts.Any(p => p < 0)) return null;
        var result = new long?[5];
        var (left, rest) = (turned, Array.FindLastIndex(now, v => v is not null));
        for (var i = 0; i < rest; i++)
        {
            if (now[i] is not { } value) continue;
            var part = (long)decimal.Round((decimal)turned * parts[i] / all);
            left -= part;
            result[i] = value + part;
        }

        result[rest] = now[rest] + left;
        return left < 0 ? null : result;
    }

    private static long?[] Values(MeterReading r) => [r.SharpWh, r.PeakWh, r.FlatWh, r.ValleyWh, r.DeepValleyWh];
}
