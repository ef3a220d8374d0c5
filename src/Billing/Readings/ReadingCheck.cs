using OpenHall.Customers;

namespace OpenHall.Billing;

/// <summary>Something about a reading: wrong, so that it isn't taken, or only strange, so that somebody looks.</summary>
/// <param name="Code">Its sentence is <c>billing.mistake.*</c>.</param>
public sealed record ReadingNote(string Code, params IReadOnlyList<string> Values);

/// <summary>Whether a reading can follow the ones before it.</summary>
static class ReadingCheck
{
    /// <summary>Days that a reading may lie back.</summary>
    public const int MostDaysBack = 400;

    /// <summary>Times the usage of the period before, from which on somebody has to look.</summary>
    public const int StrangeRise = 5;

    /// <summary>Usage below which a rise is not strange, Wh a day.</summary>
    public const long StrangeFromWhPerDay = 20_000;

    /// <param name="needsBands">The tariff is by time of use.</param>
    /// <param name="before">Last reading; null: there is none.</param>
    /// <param name="beforeThat">The one before it.</param>
    /// <returns>What is wrong, or null; what is strange, or null; whether the register passed its last digit.</returns>
    public static (ReadingNote? Wrong, ReadingNote? Strange, bool HasRolledOver) Of(
        MeterReading now, MeterReading? before, MeterReading? beforeThat, SupplyPoint point, bool needsBands, DateOnly today)
    {
        if (now.ReadOn > today) return (new("reading.in_future", Day(now.ReadOn)), null, false);
        if (now.ReadOn < today.AddDays(-MostDaysBack)) return (new("reading.too_old", Day(now.ReadOn), Number(MostDaysBack)), null, false);
        if (Values(now).Concat(Others(now).Select(v => v ?? 0)).Any(v => v >= Registers.RangeWh(point.MeterDigits))) return (new("reading.too_many_digits", Number(point.MeterDigits)), null, false);
        if (needsBands && now.PeakWh is null && now.FlatWh is null && now.ValleyWh is null && now.SharpWh is null) return (new("reading.bands_missing"), null, false);
        if (before is null) return (null, null, false);
        if (now.ReadOn == before.ReadOn) return (new("reading.there_already", Day(now.ReadOn), Kwh(before.TotalWh)), null, false);
        if (now.ReadOn < before.ReadOn) return (new("reading.older_than_last", Day(now.ReadOn), Day(before.ReadOn)), null, false);
        var pairs = Pairs(before, now);
        // Below an estimate, but not below what was read before it: the estimate was too high, and this reading settles it.
        if (before.Kind == ReadingKind.Estimated && now.TotalWh < before.TotalWh && (beforeThat is null || beforeThat.Kind == ReadingKind.Estimated || !Falls(beforeThat, now, point.MeterDigits))) return (null, null, false);
        var fell = pairs.FindIndex(p => p.Second < p.First && !Registers.IsRollOver(p.First, p.Second, point.MeterDigits));
        if (fell >= 0) return (new("reading.backwards", Kwh(pairs[fell].Second), Kwh(pairs[fell].First), Day(before.ReadOn)), null, false);
        return (null, Strange(now, before, beforeThat, point), now.TotalWh < before.TotalWh);
    }

    private static bool Falls(MeterReading before, MeterReading now, short digits) => Pairs(before, now).Any(p => p.Second < p.First && !Registers.IsRollOver(p.First, p.Second, digits));

    private static ReadingNote? Strange(MeterReading now, MeterReading before, MeterReading? beforeThat, SupplyPoint point)
    {
        var used = Registers.Between(before, [now], point.MeterDigits).TotalWh * point.Multiplier;
        if (used == 0) return new("reading.zero");
        if (beforeThat is null || before.Kind == ReadingKind.First) return null;
        var usedBefore = Registers.Between(beforeThat, [before], point.MeterDigits).TotalWh * point.Multiplier;
        var perDay = used / (now.ReadOn.DayNumber - before.ReadOn.DayNumber);
        var perDayBefore = usedBefore / Math.Max(1, before.ReadOn.DayNumber - beforeThat.ReadOn.DayNumber);
        return perDay >= StrangeFromWhPerDay && perDay > perDayBefore * StrangeRise ? new("reading.rise", Kwh(used), Kwh(usedBefore)) : null;
    }

    private static IEnumerable<long> Values(MeterReading r) => [r.TotalWh, r.SharpWh ?? 0, r.PeakWh ?? 0, r.FlatWh ?? 0, r.ValleyWh ?? 0, r.DeepValleyWh ?? 0];

    /// <summary>Registers that not every round reads; demand begins anew with each.</summary>
    private static IEnumerable<long?> Others(MeterReading r) => [r.ReactiveVarh, r.FeedInWh, r.DemandW];

    private static List<(long First, long Second)> Pairs(MeterReading before, MeterReading now) =>
        [.. Values(before).Zip(Values(now)), .. Others(before).Zip(Others(now)).Take(2).Where(p => p.First is not null && p.Second is not null).Select(p => (p.First!.Value, p.Second!.Value))];

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    internal static string Kwh(long wh) => (wh / 1000m).ToString("#,##0.###", System.Globalization.CultureInfo.InvariantCulture);
    internal static string Number(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
