using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>Checks a reading file whole: every line by itself, against its neighbours, and against the database.</summary>
public sealed class ReadingFileCheck(Tariffs tariffs, TimeProvider clock)
{
    /// <summary>Lines looked up in the database at once.</summary>
    private const int BatchLines = 2_000;

    private readonly record struct Known(MeterReading Reading, int Line);

    private sealed class Seen
    {
        public Dictionary<long, Known> Last { get; } = [];
    }

    /// <param name="write">Takes each batch of good readings; null: only a check. Nothing is given to it after the first mistake.</param>
    /// <param name="progress">Hears how many lines are done.</param>
    /// <exception cref="Refused">file.not_a_table: the file breaks off in the middle.</exception>
    public async Task<ReadingReport> Check(
        HallDb db, Current current, SheetFile file, Guid importId, Func<IReadOnlyList<MeterReading>, Task>? write = null, Action<long>? progress = null, CancellationToken ct = default)
    {
        var report = new ReadingReport();
        var seen = new Seen();
        ReadingColumns? columns = null;
        var batch = new List<ReadingLine>(BatchLines);
        foreach (var line in file.Lines())
        {
            if (columns is null)
            {
                (columns, var wrong) = ReadingColumns.Of(line);
                if (columns is not null) continue;
                report.Mistake(line.Line, wrong!);
                return report;
            }

            report.Lines++;
            if (report.Lines > SheetFile.MostLines)
            {
                report.Mistake(line.Line, new("file.too_many_lines", ReadingCheck.Number(SheetFile.MostLines)));
                return report;
            }

            if (columns.IsUnread(line))
            {
                report.UnreadLines++;
                continue;
            }

            var (read, mistake) = columns.Read(line);
            if (read is null) report.Mistake(line.Line, mistake!);
            else batch.Add(read);
            if (batch.Count < BatchLines) continue;
            await Batch(db, current, batch, seen, importId, report, write, ct);
            batch.Clear();
            progress?.Invoke(report.Lines);
        }

        if (report.Lines == 0 && report.MistakeCount == 0) report.Mistake(1, new("file.no_lines"));
        await Batch(db, current, batch, seen, importId, report, write, ct);
        progress?.Invoke(report.Lines);
        return report;
    }

    private async Task Batch(HallDb db, Current current, List<ReadingLine> batch, Seen seen, Guid importId, ReadingReport report, Func<IReadOnlyList<MeterReading>, Task>? write, CancellationToken ct)
    {
        if (batch.Count == 0) return;
        var numbers = batch.Select(l => l.Account).Distinct().ToList();
        var accounts = await (
            from a in db.BillingAccounts.SeenBy(current)
            join p in db.SupplyPoints on a.Id equals p.AccountId
            where numbers.Contains(a.Number)
            select new { a.Number, a.State, Point = p }).ToDictionaryAsync(a => a.Number, ct);
        var latest = await LatestReadings.Of(db, [.. accounts.Values.Select(a => a.Point.AccountId)], ct);
        var at = clock.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(Shown.Local(at));
        var good = new List<MeterReading>(batch.Count);
        foreach (var line in batch)
        {
            if (!accounts.TryGetValue(line.Account, out var account)) { report.Mistake(line.Line, new("reading.account_unknown", line.Account)); continue; }
            if (account.State == AccountState.Closed) { report.Mistake(line.Line, new("reading.account_closed", line.Account)); continue; }
            var point = account.Point;
            if (point.EndedOn < line.ReadOn) { report.Mistake(line.Line, new("supply.ended", Shown.Text(point.EndedOn))); continue; }
            if (line.Meter.Length > 0 && line.Meter != point.MeterNumber) { report.Mistake(line.Line, new("reading.meter_unknown", line.Meter, line.Account)); continue; }
            var reading = ReadingOf(line, point, importId, current, at);
            var stored = latest.GetValueOrDefault(point.AccountId) ?? [];
            var before = stored.LastOrDefault();
            var beforeThat = stored.Count > 1 ? stored[^2] : null;
            if (seen.Last.TryGetValue(point.AccountId, out var inFile))
            {
                if (inFile.Reading.ReadOn == reading.ReadOn) { report.Mistake(line.Line, new("reading.line_twice", line.Account, ReadingCheck.Day(line.ReadOn), ReadingCheck.Number(inFile.Line))); continue; }
                (beforeThat, before) = (before, inFile.Reading);
            }

            var (wrong, strange, hasRolledOver) = ReadingCheck.Of(reading, before, beforeThat, point, tariffs.NeedsBands(point.TariffCode), today);
            if (wrong is not null) { report.Mistake(line.Line, wrong); continue; }
            if (strange is not null) report.Warning(line.Line, strange);
            if (hasRolledOver) report.RolledOver++;
            reading = ReadingOf(line, point, importId, current, at, hasRolledOver);
            seen.Last[point.AccountId] = new(reading, line.Line);
            good.Add(reading);
            report.Good(line.Line, line.Account, reading, before, point);
        }

        if (write is not null && report.MistakeCount == 0) await write(good);
    }

    private static MeterReading ReadingOf(ReadingLine line, SupplyPoint point, Guid importId, Current current, DateTime at, bool hasRolledOver = false) => new()
    {
        Bucket = point.Bucket, AccountId = point.AccountId, ReadOn = line.ReadOn, MeterNumber = point.MeterNumber, Kind = line.Kind, Source = ReadingSource.Import, TotalWh = line.TotalWh,
        SharpWh = line.SharpWh, PeakWh = line.PeakWh, FlatWh = line.FlatWh, ValleyWh = line.ValleyWh, DeepValleyWh = line.DeepValleyWh,
        DemandW = line.DemandW, ReactiveVarh = line.ReactiveVarh, FeedInWh = line.FeedInWh, HasRolledOver = hasRolledOver,
        ImportId = importId, EnteredBy = current.UserId, EnteredAtUtc = at,
    };
}
