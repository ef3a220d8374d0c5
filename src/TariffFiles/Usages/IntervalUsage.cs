using System.Globalization;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Load curves: account, time (start of the interval, local) or time_end, kwh, feed_in. Each account is billed by calendar month, or from its cycle_day on.</summary>
static class IntervalUsage
{
    /// <summary>Finer than any meter or model writes; sums stay exact.</summary>
    const decimal KwhPerCount = 0.000000001m;

    public static readonly string[] Columns = ["time", "time_end", "kwh", "feed_in"];

    public static readonly string[] FactColumns = ["account", "tariff", "from", "to", "cycle_day", "multiplier", "kvarh", "max_kw", "generation", "feed_in", .. UsageFacts.CurveColumns];

    /// <param name="records">Rows of one or more accounts.</param>
    /// <param name="facts">Rows of the accounts file, by account.</param>
    /// <param name="calendar">Work days and holidays, or null.</param>
    public static List<EnergyRow> Rows(IReadOnlyList<UsageRecord> records, ILookup<string, UsageRecord> facts, WorkCalendar? calendar)
    {
        var rows = new List<EnergyRow>();
        var endings = records[0].HasColumn("time_end");
        foreach (var account in records.GroupBy(r => r.Account))
        {
            var points = new List<(DateTime Time, UsageRecord Record)>();
            foreach (var record in account)
            {
                if (!record.Has("account")) record.Wrong("usage.no_account", 0);
                if (!record.Has("kwh")) record.Wrong("usage.no_energy", 0);
                else if (Time(record, endings ? "time_end" : "time") is { } time) points.Add((time, record));
            }
            if (points.Count < 2) { account.First().Wrong("usage.intervals_too_few", 0); continue; }
            points.Sort((a, b) => a.Time.CompareTo(b.Time));
            var minutes = (int)(points[1].Time - points[0].Time).TotalMinutes;
            if (minutes is not (15 or 30 or 60)) { points[0].Record.Wrong("usage.interval_length", 0, minutes); continue; }
            if (endings) points = [.. points.Select(p => (p.Time.AddMinutes(-minutes), p.Record))];
            var first = DateOnly.FromDateTime(points[0].Time);
            var counts = new long[(DateOnly.FromDateTime(points[^1].Time).DayNumber - first.DayNumber + 1) * (1440 / minutes)];
            var fed = records[0].HasColumn("feed_in") ? new long[counts.Length] : null;
            Fill(points, first, minutes, counts, fed);
            var series = new IntervalSeries(first, minutes, counts, KwhPerCount * (facts[account.Key].FirstOrDefault()?.Amount("multiplier") ?? 1), calendar);
            Periods(account.First(), [.. facts[account.Key]], series, fed is null ? null : series with { Counts = fed }, rows);
        }
        return rows;
    }

    static void Fill(List<(DateTime Time, UsageRecord Record)> points, DateOnly first, int minutes, long[] counts, long[]? fed)
    {
        Array.Fill(counts, IntervalSeries.Missing);
        var begin = first.ToDateTime(TimeOnly.MinValue);
        foreach (var (time, record) in points)
        {
            var (at, off) = Math.DivRem((time - begin).Ticks, TimeSpan.TicksPerMinute * minutes);
            if (off != 0) record.Wrong("usage.interval_length", 0, minutes);
            else if (counts[at] != IntervalSeries.Missing) record.Wrong("usage.interval_twice", 0, time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
            else counts[at] = Count(record, "kwh");
            if (fed is not null && off == 0) fed[at] = Count(record, "feed_in");
        }
    }

    static long Count(UsageRecord record, string column) => record.Number(column) is not { } kwh ? 0
        : Math.Abs(kwh) < 1_000_000_000 ? (long)decimal.Round(kwh / KwhPerCount, MidpointRounding.AwayFromZero) : record.Wrong("usage.not_a_number", 0L, column, kwh);

    /// <summary>A bill for each month (or cycle) that the curve touches; facts of the accounts file whose days hold it, else those without days.</summary>
    static void Periods(UsageRecord record, List<UsageRecord> facts, IntervalSeries series, IntervalSeries? fed, List<EnergyRow> rows)
    {
        var day = facts.FirstOrDefault()?.Whole("cycle_day") ?? 1;
        if (day is < 1 or > 28) { facts[0].Wrong("usage.cycle_day", 0, day); return; }
        for (var from = series.First; from <= series.Last;)
        {
            var next = new DateOnly(from.Year, from.Month, day);
            if (next <= from) next = next.AddMonths(1);
            var to = next.AddDays(-1) < series.Last ? next.AddDays(-1) : series.Last;
            var own = facts.FirstOrDefault(f => f.Day("from") is not { } start || start <= from && (f.Day("to") ?? DateOnly.MaxValue) >= to) ?? record;
            var isFacts = own != record;
            rows.Add(new(own, from, to, isFacts ? new() { Kvarh = own.Number("kvarh"), MaxKw = own.Amount("max_kw"), Generation = own.Amount("generation") ?? 0, FeedIn = own.Amount("feed_in") ?? 0 } : new())
            {
                Curve = series,
                FeedInCurve = fed,
                Tariff = own.Text("tariff") ?? record.Text("tariff"),
            });
            from = to.AddDays(1);
        }
    }

    static DateTime? Time(UsageRecord record, string column)
    {
        var text = record.Text(column) ?? "";
        if (text.Length >= 16 && UsageRecord.TryDay(text.AsSpan(0, 10), out var day) && text[10] is ' ' or 'T'
            && text[13] == ':' && int.TryParse(text.AsSpan(11, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && int.TryParse(text.AsSpan(14, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
            && (hour < 24 && minute < 60 || hour == 24 && minute == 0) && (text.Length == 16 || text[16..] is ":00"))
            return day.ToDateTime(TimeOnly.MinValue).AddMinutes(hour * 60 + minute);
        return record.Wrong<DateTime?>("usage.not_a_time", null, column, text);
    }
}
