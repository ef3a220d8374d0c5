using OpenHall.Customers;

namespace OpenHall.Billing;

/// <param name="Line">Number in the file.</param>
public sealed record LineNote(int Line, string Code, IReadOnlyList<string> Values);

/// <param name="UsedKwh">Energy since the reading before; null: there is none.</param>
public sealed record SampleLine(int Line, string Account, string Meter, DateOnly ReadOn, decimal? BeforeKwh, decimal NowKwh, decimal? UsedKwh);

/// <summary>What a check of a reading file found; kept with the import.</summary>
public sealed class ReadingReport
{
    /// <summary>Mistakes and warnings kept; all are counted.</summary>
    public const int MostNotes = 200;

    /// <summary>Lines shown as a sample.</summary>
    public const int MostSample = 20;

    /// <summary>Lines below the heading.</summary>
    public int Lines { get; set; }
    public int GoodLines { get; set; }
    /// <summary>Lines that say why the meter could not be read.</summary>
    public int UnreadLines { get; set; }
    public int MistakeCount { get; set; }
    public int WarningCount { get; set; }
    public int RolledOver { get; set; }
    public DateOnly? FirstDay { get; set; }
    public DateOnly? LastDay { get; set; }
    public long UsedWh { get; set; }
    public List<LineNote> Mistakes { get; set; } = [];
    public List<LineNote> Warnings { get; set; } = [];
    public List<SampleLine> Sample { get; set; } = [];

    internal void Mistake(int line, ReadingNote note)
    {
        if (++MistakeCount <= MostNotes) Mistakes.Add(new(line, note.Code, note.Values));
    }

    internal void Warning(int line, ReadingNote note)
    {
        if (++WarningCount <= MostNotes) Warnings.Add(new(line, note.Code, note.Values));
    }

    /// <summary>A day of a load curve.</summary>
    internal void GoodDay(IntervalDay day, int multiplier)
    {
        GoodLines++;
        FirstDay = FirstDay is { } first && first < day.Day ? first : day.Day;
        LastDay = LastDay is { } last && last > day.Day ? last : day.Day;
        UsedWh += day.EnergyWh * multiplier;
    }

    internal void Good(int line, string account, MeterReading now, MeterReading? before, SupplyPoint point)
    {
        GoodLines++;
        FirstDay = FirstDay is { } first && first < now.ReadOn ? first : now.ReadOn;
        LastDay = LastDay is { } last && last > now.ReadOn ? last : now.ReadOn;
        long? used = before is null ? null : Registers.Between(before, [now], point.MeterDigits).TotalWh * point.Multiplier;
        UsedWh += used ?? 0;
        if (Sample.Count < MostSample) Sample.Add(new(line, account, now.MeterNumber, now.ReadOn, before?.TotalWh / 1000m, now.TotalWh / 1000m, used / 1000m));
    }
}
