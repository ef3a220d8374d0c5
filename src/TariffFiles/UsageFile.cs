using System.Text.Json;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <param name="Account">Account as written.</param>
/// <param name="Tariff">Code, or null: the only tariff there is.</param>
/// <param name="Usage">What is rated.</param>
/// <param name="CarriesYear">The year to date was not given: it follows from earlier rows of the account.</param>
/// <param name="Line">Line of the file.</param>
public sealed record UsageRow(string Account, string? Tariff, Usage Usage, bool CarriesYear, int Line);

/// <summary>Usage for the rate command: registers, readings or intervals, as CSV or JSON. docs/rating.md describes the columns.</summary>
public static class UsageFile
{
    static readonly HashSet<string> Known =
    [
        "account", "tariff", "from", "to", "kwh", "sharp", "peak", "flat", "valley", "deep-valley", "ytd", "mtd", "months", "persons", "free_quota", "combined",
        "chooses_combined", "larger_months", "base_price", "capacity_kva", "demand_mode", "contract_kw", "max_kw", "feed_in", "highest_kw_before", "year_months", "kvarh", "pf_standard",
        "register", "start", "end", "multiplier", "digits", "reversed", "time", "minutes",
    ];

    /// <summary>Reads a file whole before anything is rated.</summary>
    /// <param name="path">A .csv or .json file.</param>
    /// <param name="accountsPath">For intervals: the facts of each account, or null.</param>
    /// <param name="calendar">Work days and holidays for intervals, or null.</param>
    /// <param name="findings">Everything wrong at once, with its line.</param>
    public static IReadOnlyList<UsageRow> Read(string path, string? accountsPath, WorkCalendar? calendar, out IReadOnlyList<FileFinding> findings)
    {
        var wrong = new List<FileFinding>();
        findings = wrong;
        var records = Records(path, wrong);
        if (records.Count == 0) return [];
        foreach (var name in records.SelectMany(r => r.Names).Distinct())
            if (!Known.Contains(name) && !name.StartsWith("price.", StringComparison.Ordinal)) wrong.Add(new(path, records[0].Line, "usage.unknown_column", name));
        var first = records[0];
        if (first.Has("time")) return IntervalUsage.Rows(records, accountsPath is null ? [] : Records(accountsPath, wrong), calendar);
        return first.Has("start") && first.Has("end") ? Readings(records) : [.. records.Select(Registers).OfType<UsageRow>()];
    }

    internal static List<UsageRecord> Records(string path, List<FileFinding> wrong)
    {
        try
        {
            return path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Json(path, wrong) : Csv(path, wrong);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            wrong.Add(new(path, e is JsonException { LineNumber: { } at } ? (int)at + 1 : 0, "file.not_readable", e.Message));
            return [];
        }
    }

    static List<UsageRecord> Csv(string path, List<FileFinding> wrong)
    {
        using var reader = new StreamReader(path);
        IReadOnlyList<string>? header = null;
        var records = new List<UsageRecord>();
        foreach (var (line, fields) in CsvText.Read(reader))
        {
            if (header is null) { header = [.. fields.Select(f => f.Trim())]; continue; }
            if (fields.Count != header.Count) { wrong.Add(new(path, line, "usage.field_count", fields.Count, header.Count)); continue; }
            records.Add(new(path, line, Enumerable.Range(0, fields.Count).GroupBy(i => header[i]).ToDictionary(g => g.Key, g => fields[g.First()].Trim()), wrong));
        }
        return records;
    }

    /// <summary>A list of objects with the columns' names as keys; the line is the place in the list.</summary>
    static List<UsageRecord> Json(string path, List<FileFinding> wrong)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.EnumerateArray().Select((item, i) => new UsageRecord(path, i + 1,
            item.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null).ToDictionary(p => p.Name, p => p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText()), wrong))];
    }

    static UsageRow? Registers(UsageRecord record)
    {
        var byBand = record.Has("sharp") || record.Has("peak") || record.Has("flat") || record.Has("valley") || record.Has("deep-valley");
        if (!byBand && !record.Has("kwh")) return record.Wrong<UsageRow?>("usage.no_energy", null);
        return Row(record, usage => usage with
        {
            Kwh = record.Number("kwh") ?? 0,
            ByBand = byBand ? new(record.Number("sharp") ?? 0, record.Number("peak") ?? 0, record.Number("flat") ?? 0, record.Number("valley") ?? 0, record.Number("deep-valley") ?? 0) : null,
        });
    }

    internal static UsageRow? Row(UsageRecord record, Func<Usage, Usage> energy)
    {
        if (record.Text("account") is not { } account) return record.Wrong<UsageRow?>("usage.no_account", null);
        if (record.Day("from") is not { } from || record.Day("to") is not { } to) return record.Wrong<UsageRow?>("usage.no_period", null);
        var usage = energy(new() { From = from, To = to });
        return new(account, record.Text("tariff"), record.Facts(usage), !record.Has("ytd"), record.Line);
    }

    /// <summary>Rows of one account and period are registers of the same bill; two of one register are a replaced meter.</summary>
    static List<UsageRow> Readings(List<UsageRecord> records)
    {
        var rows = new List<UsageRow>();
        foreach (var group in records.GroupBy(r => (r.Text("account"), r.Text("from"), r.Text("to"))))
        {
            var sums = new Dictionary<string, decimal>();
            foreach (var record in group)
            {
                var span = new RegisterSpan(record.Number("start") ?? 0, record.Number("end") ?? 0, record.Number("multiplier") ?? 1, record.Whole("digits") ?? 0) { IsReversed = record.Flag("reversed") };
                var register = record.Text("register") ?? "total";
                var isDemand = register == "demand";
                var value = isDemand ? span.End * span.Multiplier : Metering.Energy(span);
                if (register is not ("total" or "sharp" or "peak" or "flat" or "valley" or "deep-valley" or "reactive" or "demand")) record.Wrong("usage.unknown_register", 0, register);
                sums[register] = isDemand ? Math.Max(value, sums.GetValueOrDefault(register)) : sums.GetValueOrDefault(register) + value;
            }
            decimal Of(string register) => sums.GetValueOrDefault(register);
            var byBand = sums.Keys.Any(k => k is "sharp" or "peak" or "flat" or "valley" or "deep-valley");
            var row = Row(group.First(), usage => usage with
            {
                Kwh = Of("total"),
                ByBand = byBand ? new(Of("sharp"), Of("peak"), Of("flat"), Of("valley"), Of("deep-valley")) : null,
                Power = sums.ContainsKey("reactive") || sums.ContainsKey("demand")
                    ? new() { MaxDemandKw = sums.TryGetValue("demand", out var kw) ? kw : null, Kvarh = sums.TryGetValue("reactive", out var kvarh) ? kvarh : null } : null,
            });
            if (row is not null) rows.Add(row);
        }
        return rows;
    }
}
