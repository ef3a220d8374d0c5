using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>Energy of a period by register, Wh, before or after the multiplier.</summary>
public readonly record struct EnergyWh(long TotalWh, long SharpWh, long PeakWh, long FlatWh, long ValleyWh, long DeepValleyWh, bool HasBands)
{
    public KwhByBand KwhByBand => new(SharpWh / 1000m, PeakWh / 1000m, FlatWh / 1000m, ValleyWh / 1000m, DeepValleyWh / 1000m);

    public static EnergyWh operator +(EnergyWh a, EnergyWh b) => new(
        a.TotalWh + b.TotalWh, a.SharpWh + b.SharpWh, a.PeakWh + b.PeakWh, a.FlatWh + b.FlatWh, a.ValleyWh + b.ValleyWh, a.DeepValleyWh + b.DeepValleyWh, a.HasBands || b.HasBands);

    public static EnergyWh operator *(EnergyWh e, int times) =>
        new(e.TotalWh * times, e.SharpWh * times, e.PeakWh * times, e.FlatWh * times, e.ValleyWh * times, e.DeepValleyWh * times, e.HasBands);
}

/// <summary>What the other registers of a period say, before or after the multiplier. Null: the meter has no such register, or its first value begins it.</summary>
public readonly record struct PowerRegisters(long? MaxW, long? Varh, long? FeedInWh)
{
    public bool IsEmpty => MaxW is null && Varh is null && FeedInWh is null;

    public static PowerRegisters operator *(PowerRegisters r, int times) => new(r.MaxW * times, r.Varh * times, r.FeedInWh * times);
}

/// <summary>From readings to energy: differences of a register, its passing of the last digit, a new meter inside the period.</summary>
public static class Registers
{
    /// <summary>A register that passed its last digit began in the last and ended in the first tenth of its range.</summary>
    private const int TenthOfRange = 10;

    /// <summary>Value at which a register of so many digits begins again, Wh.</summary>
    public static long RangeWh(short digits)
    {
        var range = 1000L;
        for (var i = 0; i < digits; i++) range *= 10;
        return range;
    }

    /// <summary>A fall that the meter's digits explain.</summary>
    public static bool IsRollOver(long beforeWh, long nowWh, short digits) =>
        nowWh < beforeWh && beforeWh >= RangeWh(digits) / TenthOfRange * (TenthOfRange - 1) && nowWh < RangeWh(digits) / TenthOfRange;

    /// <summary>Energy from the first reading to the last, in register units (before the multiplier).</summary>
    public static EnergyWh Between(MeterReading start, IReadOnlyList<MeterReading> later, short digits)
    {
        var energy = default(EnergyWh);
        var before = start;
        foreach (var now in later)
        {
            // The first value of a new meter begins a span of its own.
            if (now.Kind != ReadingKind.First) energy += Span(before, now, digits);
            before = now;
        }

        return energy;
    }

    /// <summary>Greatest demand, reactive energy and energy given to the grid, in register units (before the multiplier).</summary>
    public static PowerRegisters PowerBetween(MeterReading start, IReadOnlyList<MeterReading> later, short digits)
    {
        var (max, varh, fedIn) = ((long?)null, (long?)null, (long?)null);
        var before = start;
        foreach (var now in later)
        {
            if (now.Kind != ReadingKind.First)
            {
                if (now.DemandW is { } demand) max = Math.Max(max ?? 0, demand);
                varh = Added(varh, before.ReactiveVarh, now.ReactiveVarh);
                fedIn = Added(fedIn, before.FeedInWh, now.FeedInWh);
            }

            before = now;
        }

        return new(max, varh, fedIn);

        // A register that was not read before has no beginning: what it counted since is not known.
        long? Added(long? sum, long? from, long? to) => from is not { } began || to is not { } ended ? sum : (sum ?? 0) + ended - began + (IsRollOver(began, ended, digits) ? RangeWh(digits) : 0);
    }

    private static EnergyWh Span(MeterReading before, MeterReading now, short digits)
    {
        var hasBands = now.SharpWh is not null || now.PeakWh is not null || now.FlatWh is not null || now.ValleyWh is not null || now.DeepValleyWh is not null;
        return new(
            Turned(before.TotalWh, now.TotalWh), Turned(before.SharpWh, now.SharpWh), Turned(before.PeakWh, now.PeakWh), Turned(before.FlatWh, now.FlatWh),
            Turned(before.ValleyWh, now.ValleyWh), Turned(before.DeepValleyWh, now.DeepValleyWh), hasBands);

        long Turned(long? from, long? to) => (to ?? 0) - (from ?? 0) + (IsRollOver(from ?? 0, to ?? 0, digits) ? RangeWh(digits) : 0);
    }
}
