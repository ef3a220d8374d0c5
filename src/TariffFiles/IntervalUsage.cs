using System.Globalization;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Load curves: account, time (start of the interval, local), kwh. Each account is billed by calendar month.</summary>
static class IntervalUsage
{
    const decimal KwhPerCount = 0.0001m;

    public static List<UsageRow> Rows(List<UsageRecord> records, List<UsageRecord> accounts, WorkCalendar? calendar)
    {
        var facts = accounts.Where(a => a.Has("account")).GroupBy(a => a.Text("account")!).ToDictionary(g => g.Key, g => g.ToList());
        var rows = new List<UsageRow>();
        foreach (var account in records.GroupBy(r => r.Text("account") ?? ""))
        {
            var points = new List<(DateTime Time, decimal Kwh, UsageRecord Record)>();
            foreach (var record in account)
                if (Time(record) is { } time && record.Number("kwh") is { } kwh) points.Add((time, kwh, record));
            if (points.Count < 2) { account.First().Wrong("usage.intervals_too_few", 0); continue; }
            points.Sort((a, b) => a.Time.CompareTo(b.Time));
            var minutes = (int)(points[1].Time - points[0].Time).TotalMinutes;
            if (minutes is not (15 or 30 or 60)) { points[0].Record.Wrong("usage.interval_length", 0, minutes); continue; }
            var first = DateOnly.FromDateTime(points[0].Time);
            var last = DateOnly.FromDateTime(points[^1].Time);
            var counts = new long[(last.DayNumber - first.DayNumber + 1) * (1440 / minutes)];
            Array.Fill(counts, IntervalSeries.Missing);
            foreach (var (time, kwh, record) in points)
            {
                var at = (time - first.ToDateTime(TimeOnly.MinValue)).TotalMinutes / minutes;
                if (at != Math.Floor(at)) record.Wrong("usage.interval_length", 0, minutes);
                else if (counts[(int)at] != IntervalSeries.Missing) record.Wrong("usage.interval_twice", 0, time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
                else counts[(int)at] = (long)(kwh / KwhPerCount);
            }
            var series = new IntervalSeries(first, minutes, counts, KwhPerCount, calendar);
            Months(account.Key, account.First(), facts.GetValueOrDefault(account.Key), series, rows);
        }
        return rows;
    }

    /// <summary>A bill for each calendar month the curve touches; facts of the month when the accounts file has periods, else of the account.</summary>
    static void Months(string account, UsageRecord record, List<UsageRecord>? facts, IntervalSeries series, List<UsageRow> rows)
    {
        for (var from = series.First; from <= series.Last;)
        {
            var to = new DateOnly(from.Year, from.Month, DateTime.DaysInMonth(from.Year, from.Month));
            if (to > series.Last) to = series.Last;
            var own = facts?.FirstOrDefault(f => f.Day("from") is not { } start || start <= from && (f.Day("to") ?? DateOnly.MaxValue) >= to);
            var usage = new Usage { From = from, To = to, Intervals = series };
            rows.Add(new(account, own?.Text("tariff") ?? record.Text("tariff"), own is null ? usage : own.Facts(usage), own?.Has("ytd") != true, record.Line));
            from = to.AddDays(1);
        }
    }

    static DateTime? Time(UsageRecord record)
    {
        var text = record.Text("time");
        if (DateTime.TryParseExact(text, ["yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        return record.Wrong<DateTime?>("usage.not_a_time", null, "time", text ?? "");
    }
}
