using System.Text.Json;
using System.Text.Json.Serialization;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>All that an account's bill rests on.</summary>
/// <param name="Start">Reading at which the last bill ended, or the first of the meter.</param>
/// <param name="Later">Readings after it up to the end of the month, in order of day.</param>
/// <param name="LastPeriod">Month of the last bill; null: this is the first.</param>
/// <param name="YearToDateWh">Counted in earlier bills by the year of their last day.</param>
/// <param name="Issue">0, or the number of bills of this month that were cancelled.</param>
/// <param name="TariffCode">Rated by this tariff; null: by that of the supply point.</param>
/// <param name="Intervals">Days of the load curve, where the tariff takes one.</param>
/// <param name="Prices">Of the month, for tariffs whose prices are told month by month.</param>
/// <param name="LastCountedWh">Energy of the last bill that climbed the tiers: what is given back comes off the tier that it reached.</param>
public sealed record AccountFacts(
    SupplyPoint Point, MeterReading Start, IReadOnlyList<MeterReading> Later, BillingPeriod? LastPeriod, IReadOnlyDictionary<int, long> YearToDateWh, short Issue, string? TariffCode = null,
    long LastCountedWh = 0, IReadOnlyList<IntervalDay>? Intervals = null, GivenPrices? Prices = null);

/// <summary>A bill with its lines, or why there is none.</summary>
/// <param name="LoadKw">Greatest demand of the load curve, else the mean power over the days billed.</param>
/// <param name="IsOtherMeter">Its last reading is of a meter that is not the supply point's.</param>
public sealed record MadeBill(CustomerBill? Bill, IReadOnlyList<BillLine> Lines, Finding? Finding, decimal LoadKw = 0, bool IsOtherMeter = false);

/// <summary>From an account's readings to its bill: energy between the readings, rated by its tariff. No clock, no database.</summary>
public sealed class BillMaker(Tariffs tariffs, LineSources sources, VatTerms vat)
{
    /// <summary>Per cent that a load curve may differ from the register, beside one unit of it.</summary>
    public const int MostApartPercent = 1;

    private const decimal Micro = 1_000_000m;
    private const decimal E8 = 100_000_000m;

    private static readonly JsonSerializerOptions StepJson = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public MadeBill Make(AccountFacts facts, BillingPeriod period, Guid runId, DateOnly plannedDue, DateTime atUtc)
    {
        var point = facts.Point;
        // A final reading ends the account's period on its day, whatever month that bill counts for.
        var isFinal = facts.Later.Count > 0 && facts.Later[^1].Kind == ReadingKind.Final;
        if (facts.Later.Count == 0 || facts.Later[^1].ReadOn < period.FirstDay && !isFinal) return None("reading.missing", period.ToString());
        var end = facts.Later[^1];
        var tariffCode = facts.TariffCode ?? point.TariffCode;
        if (tariffs.Find(tariffCode) is not { } tariff) return None("tariff.unknown", tariffCode);
        var energy = Registers.Between(facts.Start, facts.Later, point.MeterDigits);
        // Below zero only where an estimate was too high: what it asked for too much is given back.
        if (energy.TotalWh < 0 && facts.Start.Kind != ReadingKind.Estimated) return None("usage.negative", Text(energy.TotalWh / 1000m));
        energy *= point.Multiplier;
        var power = Registers.PowerBetween(facts.Start, facts.Later, point.MeterDigits) * point.Multiplier;
        var from = facts.Start.ReadOn.AddDays(1);
        var (curve, unusable) = Curve(facts, tariff, from, end.ReadOn, energy);
        if (unusable is not null) return unusable;
        var usageWh = curve is null ? energy.TotalWh : TotalWh(curve);
        var usage = new Usage
        {
            From = from, To = end.ReadOn, Intervals = curve, Kwh = energy.TotalWh / 1000m, ByBand = energy.HasBands ? energy.KwhByBand : null,
            YearToDateKwh = facts.YearToDateWh.GetValueOrDefault(end.ReadOn.Year) / 1000m,
            MonthToDateKwh = energy.TotalWh < 0 ? facts.LastCountedWh / 1000m : 0,
            // The month counts as one whatever day it was read; a month without a bill adds its limits. On moving in and out the days count.
            Months = facts.LastPeriod is { } last && !isFinal ? period.Count - last.Count : 0,
            YearMonths = YearMonths(tariff, point, end.ReadOn),
            Power = Power(point, power, from, end.ReadOn), FeedInKwh = Math.Max(0, power.FeedInWh ?? 0) / 1000m, Prices = facts.Prices?.Of(tariffCode),
            Household = new(point.Persons, point.FreeQuotaKind, point.IsCombinedMeter, point.ChoosesCombinedPrice),
        };
        var rated = tariff.Rate(usage);
        if (!rated.IsRated) return None(rated.Findings[0].Code, [.. rated.Findings[0].Values]);
        var tax = vat.LineOn(tariffCode, rated.Total, usage.To);

        var bill = new CustomerBill
        {
            Bucket = point.Bucket, AccountId = point.AccountId, Period = period.Number, Issue = facts.Issue, RunId = runId, TariffCode = tariffCode,
            FromDay = usage.From, ToDay = usage.To, FromReadOn = facts.Start.ReadOn, FromRevision = facts.Start.Revision, ToRevision = end.Revision,
            UsageWh = usageWh, IsByIntervals = curve is not null, CountedWh = (long)decimal.Round(rated.CountedKwh * 1000m), YearToDateWh = facts.YearToDateWh.GetValueOrDefault(end.ReadOn.Year),
            AmountFen = rated.Total.Fen + (tax?.Amount.Fen ?? 0), MadeAtUtc = atUtc,
        };
        bill.Plan(plannedDue);
        IEnumerable<RatedLine> lines = tax is { } own ? rated.Lines.Append(own) : rated.Lines;
        var hours = (usage.To.DayNumber - usage.From.DayNumber + 1) * 24;
        return new(bill, [.. lines.Select((line, i) => Line(bill, i + 1, line))], null, curve is not null ? MaxKw(curve) : power.MaxW / 1000m ?? usageWh / 1000m / hours, end.MeterNumber != point.MeterNumber);
    }

    private static PowerFacts? Power(SupplyPoint point, PowerRegisters read, DateOnly from, DateOnly to) => point.ContractKva is null && read.IsEmpty ? null : new()
    {
        Capacity = point.ContractKva is { } kva ? [new(from, to, kva)] : [], MaxDemandKw = read.MaxW / 1000m,
        // Reactive energy counts without sign, whichever way it went.
        Kvarh = read.Varh is { } varh ? Math.Abs(varh) / 1000m : null,
    };

    /// <summary>The load curve of the days billed, where the tariff takes one and it has every interval. Registers by band stand in for one that has gaps.</summary>
    private static (IntervalSeries? Curve, MadeBill? Unusable) Curve(AccountFacts facts, CompiledTariff tariff, DateOnly from, DateOnly to, EnergyWh energy)
    {
        if (facts.Intervals is not { Count: > 0 } days || !tariff.TakesIntervals(to)) return (null, null);
        var series = IntervalCurve.Series(days, from, to, facts.Point.Multiplier);
        var gaps = series is null ? 1 : series.Counts.Span.Count(IntervalSeries.Missing);
        if (series is null || gaps > 0) return energy.HasBands ? (null, null) : (null, None("interval.gaps", gaps));
        // The register and the curve are of one meter: far apart, one of them is wrong.
        var apart = Math.Abs(TotalWh(series) - energy.TotalWh);
        return apart > Math.Max(energy.TotalWh / 100 * MostApartPercent, 1000L * facts.Point.Multiplier) ? (null, None("interval.differs", Text(TotalWh(series) / 1000m), Text(energy.TotalWh / 1000m))) : (series, null);
    }

    private static long TotalWh(IntervalSeries curve)
    {
        long sum = 0;
        foreach (var count in curve.Counts.Span) sum += count;
        return (long)(sum * curve.KwhPerCount * 1000m);
    }

    private static decimal MaxKw(IntervalSeries curve)
    {
        long most = 0;
        foreach (var count in curve.Counts.Span) most = Math.Max(most, count);
        return most * curve.KwhPerCount * 60 / curve.Minutes;
    }

    /// <summary>Months of the tier year in which the account takes energy; 0: all.</summary>
    private static decimal YearMonths(CompiledTariff tariff, SupplyPoint point, DateOnly day)
    {
        // Known only when it has ended: earlier bills of the year are not made anew for it.
        var movedOut = point.EndedOn is { } ended && ended <= day ? point.EndedOn : null;
        var isWhole = (point.BeganOn is not { } began || began.Year < day.Year) && (movedOut is null || movedOut.Value.Year > day.Year);
        return isWhole ? 0 : tariff.MonthsOfYear(day.Year, point.BeganOn, movedOut, day);
    }

    private BillLine Line(CustomerBill bill, int number, in RatedLine line) => new()
    {
        Bucket = bill.Bucket, AccountId = bill.AccountId, Period = bill.Period, Issue = bill.Issue, LineNumber = (short)number, SourceId = sources.IdOf(line.Source),
        TierFromWh = Wh(line.From), TierUpToWh = Wh(line.UpTo), QuantityMicro = (long)decimal.Round(line.Quantity * Micro), PriceE8 = (long)decimal.Round(line.Price * E8),
        AmountFen = line.Amount.Fen, Steps = line.Steps.Count == 0 ? null : JsonSerializer.Serialize(line.Steps, StepJson),
    };

    private static long? Wh(decimal? kwh) => kwh is { } value ? (long)decimal.Round(value * 1000m) : null;

    private static string Text(decimal value) => value.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);

    private static MadeBill None(string code, params object[] values) => new(null, [], new("", code, values));
}
