using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>Checks a file of load curves whole: every line, every interval once, nothing that contradicts what is kept. The country keeps one time without summer time: each day has all its intervals once.</summary>
public sealed class IntervalFileCheck(TimeProvider clock)
{
    /// <summary>Days of meters in one file.</summary>
    public const int MostDays = 50_000;

    private const int BatchAccounts = 500;

    private sealed record DayOfMeter(int Line, string Account, string Meter, DateOnly Day, long[] Values);

    /// <summary>The file's heading is one of intervals.</summary>
    public static bool IsIntervals(SheetFile file) => file.Lines().FirstOrDefault() is { } heading && IntervalColumns.Of(heading) is not null;

    /// <param name="write">Takes the days when nothing is wrong; null: only a check.</param>
    /// <exception cref="Refused">file.not_a_table: the file breaks off in the middle.</exception>
    public async Task<ReadingReport> Check(HallDb db, Current current, SheetFile file, Guid importId, Func<IReadOnlyList<IntervalDay>, Task>? write = null, Action<long>? progress = null, CancellationToken ct = default)
    {
        var report = new ReadingReport();
        var (days, minutes) = Read(file, report, progress);
        if (report.Lines == 0 && report.MistakeCount == 0) report.Mistake(1, new("file.no_lines"));
        var good = new List<IntervalDay>(days.Count);
        foreach (var batch in days.GroupBy(d => d.Account).Chunk(BatchAccounts)) await Batch(db, current, batch, minutes, importId, report, good, ct);
        if (write is not null && report.MistakeCount == 0) await write([.. good.OrderBy(d => d.Bucket).ThenBy(d => d.AccountId).ThenBy(d => d.Day)]);
        return report;
    }

    private static (IReadOnlyCollection<DayOfMeter> Days, int Minutes) Read(SheetFile file, ReadingReport report, Action<long>? progress)
    {
        var columns = IntervalColumns.Of(file.Lines().First())!;
        var minutes = columns.Minutes > 0 ? columns.Minutes : LengthOf(file, columns);
        var days = new Dictionary<(string Account, DateOnly Day), DayOfMeter>();
        foreach (var line in file.Lines().Skip(1))
        {
            if (++report.Lines > SheetFile.MostLines)
            {
                report.Mistake(line.Line, new("file.too_many_lines", ReadingCheck.Number(SheetFile.MostLines)));
                break;
            }

            if (report.Lines % 5_000 == 0) progress?.Invoke(report.Lines);
            var (read, wrong) = columns.Read(line);
            if (read is null) { report.Mistake(line.Line, wrong!); continue; }
            if (!days.TryGetValue((read.Account, read.Day), out var day))
            {
                if (days.Count == MostDays) { report.Mistake(line.Line, new("interval.too_many_days", ReadingCheck.Number(MostDays))); break; }
                var values = new long[1440 / minutes];
                Array.Fill(values, IntervalSeries.Missing);
                days[(read.Account, read.Day)] = day = new(line.Line, read.Account, read.Meter, read.Day, values);
            }
            else if (columns.Minutes > 0)
            {
                report.Mistake(line.Line, new("reading.line_twice", read.Account, ReadingCheck.Day(read.Day), ReadingCheck.Number(day.Line)));
                continue;
            }

            foreach (var value in read.Values)
            {
                if ((columns.Minutes > 0 ? value.Slot : columns.SlotOf(value.Slot, minutes)) is not { } slot) report.Mistake(line.Line, new("interval.off_grid", IntervalColumns.Clock(value.Slot), ReadingCheck.Number(minutes)));
                else if (value.Wh is { } wh && day.Values[slot / minutes] != IntervalSeries.Missing) report.Mistake(line.Line, new("interval.twice", read.Account, ReadingCheck.Day(read.Day), IntervalColumns.Clock(slot)));
                else if (value.Wh is not null) day.Values[slot / minutes] = value.Wh.Value;
            }
        }

        return (days.Values, minutes);
    }

    /// <summary>15, 30 or 60, by the edges that the lines' times stand on.</summary>
    private static int LengthOf(SheetFile file, IntervalColumns columns)
    {
        var minutes = 60;
        foreach (var line in file.Lines().Skip(1))
        {
            if (columns.Read(line).Line is not { } read) continue;
            var edge = columns.EdgeOf(read.Values[0].Slot);
            if (edge is 15 or 45) return 15;
            if (edge == 30) minutes = 30;
        }

        return minutes;
    }

    private async Task Batch(HallDb db, Current current, IGrouping<string, DayOfMeter>[] batch, int minutes, Guid importId, ReadingReport report, List<IntervalDay> good, CancellationToken ct)
    {
        var numbers = batch.Select(g => g.Key).ToList();
        var accounts = await (from a in db.BillingAccounts.SeenBy(current) join p in db.SupplyPoints on a.Id equals p.AccountId where numbers.Contains(a.Number) select new { a.Number, a.State, Point = p }).ToDictionaryAsync(a => a.Number, ct);
        var all = batch.SelectMany(g => g).ToList();
        var stored = await IntervalCurve.Of(db, [.. accounts.Values.Select(a => a.Point.AccountId)], all.Min(d => d.Day), all.Max(d => d.Day), ct);
        var at = clock.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(Shown.Local(at));
        foreach (var meter in batch)
        {
            if (!accounts.TryGetValue(meter.Key, out var account)) { report.Mistake(meter.First().Line, new("reading.account_unknown", meter.Key)); continue; }
            if (account.State == AccountState.Closed) { report.Mistake(meter.First().Line, new("reading.account_closed", meter.Key)); continue; }
            var kept = (stored.GetValueOrDefault(account.Point.AccountId) ?? []).ToDictionary(d => d.Day);
            DateOnly? before = null;
            foreach (var day in meter.OrderBy(d => d.Day))
            {
                if (Wrong(day, account.Point, kept.GetValueOrDefault(day.Day), minutes, today) is { } wrong) { report.Mistake(day.Line, wrong); continue; }
                if (before is { } last && day.Day > last.AddDays(1)) report.Warning(day.Line, new("interval.days_missing", meter.Key, ReadingCheck.Day(last.AddDays(1)), ReadingCheck.Day(day.Day.AddDays(-1))));
                before = day.Day;
                var values = kept.TryGetValue(day.Day, out var there) ? Filled(there.Values(), day.Values) : day.Values;
                if (there is not null && values.AsSpan().SequenceEqual(there.Values())) { report.Warning(day.Line, new("interval.same", meter.Key, ReadingCheck.Day(day.Day))); continue; }
                var row = IntervalDay.Of(account.Point.AccountId, day.Day, (short)((there?.Revision ?? -1) + 1), account.Point.MeterNumber, minutes, values, importId, at);
                if (row.Missing > 0) report.Warning(day.Line, new("interval.gaps", meter.Key, ReadingCheck.Day(day.Day), ReadingCheck.Number(row.Missing)));
                good.Add(row);
                report.GoodDay(row, account.Point.Multiplier);
            }
        }
    }

    private static ReadingNote? Wrong(DayOfMeter day, SupplyPoint point, IntervalDay? kept, int minutes, DateOnly today)
    {
        if (day.Meter.Length > 0 && day.Meter != point.MeterNumber) return new("reading.meter_unknown", day.Meter, day.Account);
        if (day.Day >= today) return new("interval.day_not_over", ReadingCheck.Day(day.Day));
        if (day.Day < today.AddDays(-ReadingCheck.MostDaysBack)) return new("reading.too_old", ReadingCheck.Day(day.Day), ReadingCheck.Number(ReadingCheck.MostDaysBack));
        if (point.EndedOn < day.Day) return new("supply.ended", Shown.Text(point.EndedOn));
        if (kept is null) return null;
        if (kept.Minutes != minutes) return new("interval.other_length", day.Account, ReadingCheck.Day(day.Day), ReadingCheck.Number(kept.Minutes));
        var values = kept.Values();
        for (var i = 0; i < values.Length; i++)
            if (values[i] != IntervalSeries.Missing && day.Values[i] != IntervalSeries.Missing && values[i] != day.Values[i]) return new("interval.contradicts", day.Account, ReadingCheck.Day(day.Day), IntervalColumns.Clock(i * minutes));
        return null;
    }

    private static long[] Filled(long[] kept, long[] now) => [.. kept.Select((v, i) => v == IntervalSeries.Missing ? now[i] : v)];
}
