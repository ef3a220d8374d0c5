using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <param name="Account">Account, item or card as written.</param>
/// <param name="From">First day of the period, or null.</param>
/// <param name="To">Last day of the period, or null.</param>
/// <param name="Bill">What came out.</param>
public sealed record RatedRow(string Account, DateOnly? From, DateOnly? To, RatedBill Bill);

/// <summary>Rates rows of a usage file one by one and writes what came out.</summary>
public static class RateRun
{
    /// <summary>Reads a usage file whole and rates it: what it holds (energy, calls, mail, rides, late fees) shows in its columns.</summary>
    /// <param name="tariffs">Tariffs to rate by.</param>
    /// <param name="path">Usage file, .csv or .json.</param>
    /// <param name="accountsPath">For load curves: facts of the accounts, or null.</param>
    /// <param name="calendar">For load curves and late fees: work days and holidays, or null.</param>
    /// <param name="findings">Everything wrong in the files; nothing is rated then.</param>
    public static IReadOnlyList<RatedRow> Run(Tariffs tariffs, string path, string? accountsPath, WorkCalendar? calendar, out IReadOnlyList<FileFinding> findings)
    {
        var wrong = new List<FileFinding>();
        var records = UsageFile.Records(path, wrong);
        findings = wrong;
        if (wrong.Count > 0 || records.Count == 0) return [];
        var first = records[0];
        if (first.Names.Contains("product")) return Counter.Mail(tariffs, records, wrong);
        if (first.Names.Contains("km")) return Counter.Rides(tariffs, records, wrong);
        if (first.Names.Contains("due")) return Counter.LateFees(tariffs, records, calendar, wrong);
        if (first.Names.Contains("service") || first.Names.Any(n => n.StartsWith("use.", StringComparison.Ordinal))) return Counter.Months(tariffs, records, wrong);
        var rows = UsageFile.Read(path, accountsPath, calendar, out findings);
        return findings.Count > 0 ? [] : Rate(tariffs, rows);
    }

    /// <summary>Rates energy in the order of the periods of each account, so that yearly tiers are carried; the result keeps the file's order.</summary>
    /// <returns>One bill a row; a row whose tariff is unknown has a finding.</returns>
    public static IReadOnlyList<RatedRow> Rate(Tariffs tariffs, IReadOnlyList<UsageRow> rows)
    {
        var only = tariffs.All.Count() == 1 ? tariffs.All.First().Code : null;
        var counted = new Dictionary<(string Account, string Tariff, int Year), decimal>();
        var bills = new RatedRow[rows.Count];
        foreach (var i in Enumerable.Range(0, rows.Count).OrderBy(i => rows[i].Usage.To))
        {
            var row = rows[i];
            var code = row.Tariff ?? only;
            if (code is null || tariffs.Find(code) is not { } tariff)
            {
                bills[i] = new(row.Account, row.Usage.From, row.Usage.To, Unknown(code));
                continue;
            }
            var year = tariff.TierYearOf(row.Usage);
            var usage = row.CarriesYear ? row.Usage with { YearToDateKwh = counted.GetValueOrDefault((row.Account, code, year)) } : row.Usage;
            var bill = tariff.Rate(usage);
            counted[(row.Account, code, usage.To.Year)] = (year == usage.To.Year ? usage.YearToDateKwh : 0) + bill.CountedKwh;
            bills[i] = new(row.Account, usage.From, usage.To, bill);
        }
        return bills;
    }

    internal static RatedBill Unknown(string? code) =>
        new(code ?? "", default, 0, [], [new("tariff", code is null ? "usage.tariff_missing" : "usage.tariff_unknown", code ?? "")]);

    /// <summary>One record per bill: account, from, to, tariff, total, counted_kwh, error, then quantity, price and amount of every kind of line that occurs.</summary>
    public static void WriteCsv(IReadOnlyList<RatedRow> bills, TextWriter output)
    {
        var keys = bills.SelectMany(b => b.Bill.Lines.Select(l => Key(l.Source))).Distinct().ToList();
        output.WriteLine(CsvText.Line([.. "account,from,to,tariff,total,counted_kwh,error".Split(','), .. keys.SelectMany(k => (string[])[$"{k}.quantity", $"{k}.price", $"{k}.amount"])]));
        foreach (var row in bills)
        {
            var bill = row.Bill;
            var byKey = bill.Lines.GroupBy(l => Key(l.Source)).ToDictionary(g => g.Key, g => g.ToList());
            output.WriteLine(CsvText.Line([row.Account, Day(row.From), Day(row.To), bill.Tariff, Number(bill.Total.Yuan, "0.00"), Number(bill.CountedKwh), Errors(bill),
                .. keys.SelectMany(k => byKey.TryGetValue(k, out var lines)
                    ? (string[])[Number(lines.Sum(l => l.Quantity)), string.Join(' ', lines.Select(l => Number(l.Price)).Distinct()), Number(lines.Sum(l => l.Amount.Yuan), "0.00")] : ["", "", ""])]));
        }
    }

    /// <summary>A list of bills with all their lines and steps.</summary>
    public static void WriteJson(IReadOnlyList<RatedRow> bills, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartArray();
        foreach (var row in bills)
        {
            var bill = row.Bill;
            json.WriteStartObject();
            json.WriteString("account", row.Account);
            json.WriteString("from", Day(row.From));
            json.WriteString("to", Day(row.To));
            json.WriteString("tariff", bill.Tariff);
            json.WriteNumber("total", bill.Total.Yuan);
            json.WriteNumber("countedKwh", bill.CountedKwh);
            if (!bill.IsRated) json.WriteString("error", Errors(bill));
            json.WriteStartArray("lines");
            foreach (var line in bill.Lines) Write(json, line);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, RatedLine line)
    {
        json.WriteStartObject();
        json.WriteString("kind", YamlEntry.WordOf(line.Source.Kind));
        json.WriteString("charge", line.Source.Charge);
        if (line.Source.Name is { } name) { json.WriteString("nameZh", name.Zh); json.WriteString("nameEn", name.En); }
        if (line.Source.Tier > 0) json.WriteNumber("tier", line.Source.Tier);
        if (line.Source.Band != Band.Whole) json.WriteString("band", YamlEntry.WordOf(line.Source.Band));
        if (line.Source.Season is { } season) json.WriteString("season", season.Zh);
        if (line.From is { } from) json.WriteNumber("from", from);
        if (line.UpTo is { } upTo) json.WriteNumber("upTo", upTo);
        json.WriteNumber("quantity", line.Quantity);
        json.WriteString("unit", line.Source.Unit);
        json.WriteNumber("price", line.Price);
        json.WriteNumber("yuan", line.Yuan);
        json.WriteNumber("amount", line.Amount.Yuan);
        json.WriteString("notice", line.Source.Notice);
        json.WriteString("versionFrom", Day(line.Source.VersionFrom));
        if (line.Steps.Count > 0)
        {
            json.WriteStartArray("steps");
            foreach (var step in line.Steps)
            {
                json.WriteStartObject();
                json.WriteString("key", step.Key);
                json.WriteNumber("value", step.Value);
                json.WriteString("unit", step.Unit);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>energy.tier-1.peak, transmission, basic.demand, power-factor.</summary>
    static string Key(LineSource source)
    {
        var key = new StringBuilder(source.Charge);
        if (source.Kind is not (LineKind.Energy or LineKind.Component or LineKind.Fixed or LineKind.Minimum or LineKind.PowerFactor)) key.Append('.').Append(YamlEntry.WordOf(source.Kind));
        if (source.Tier > 0) key.Append(".tier-").Append(source.Tier);
        if (source.Band != Band.Whole) key.Append('.').Append(YamlEntry.WordOf(source.Band));
        return key.ToString();
    }

    static string Errors(RatedBill bill) => string.Join("; ", bill.Findings.Select(f => FindingTexts.Of(f.Code, f.Values, chinese: false)));

    static string Day(DateOnly? day) => day is null ? "" : day.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Number(decimal value, string format = "0.############") => value.ToString(format, CultureInfo.InvariantCulture);
}
