using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Bills as a JSON list, with all their lines and steps.</summary>
public static class BillJson
{
    /// <summary>Rows between two writings to the stream.</summary>
    const int FlushEvery = 200;

    public static void Write(RateRun run, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartArray();
        var rows = 0;
        foreach (var row in run.Rows())
        {
            Write(json, row);
            if (++rows % FlushEvery == 0) json.Flush();
        }
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, RatedRow row)
    {
        var bill = row.Bill;
        json.WriteStartObject();
        json.WriteString("account", row.Account);
        json.WriteString("from", Day(row.From));
        json.WriteString("to", Day(row.To));
        json.WriteString("tariff", bill.Tariff);
        json.WriteNumber("total", bill.Total.Yuan);
        json.WriteNumber("countedKwh", bill.CountedKwh);
        if (!bill.IsRated) json.WriteString("error", BillCsv.Error(bill));
        json.WriteStartArray("lines");
        foreach (var line in bill.Lines) Write(json, line);
        json.WriteEndArray();
        if (row.Cancels is { Count: > 0 } cancels) Replaced(json, Rebill.Of(cancels, bill));
        if (row.RollsOver is { Count: > 0 } left)
        {
            json.WriteStartObject("rollsOver");
            foreach (var (code, quantity) in left) json.WriteNumber(code, quantity);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static void Replaced(Utf8JsonWriter json, Rebill rebill)
    {
        json.WriteNumber("replaced", rebill.Billed.Yuan);
        json.WriteNumber("difference", rebill.Amount.Yuan);
        json.WriteStartArray("differences");
        foreach (var line in rebill.Lines)
        {
            json.WriteStartObject();
            Source(json, line.Source);
            json.WriteNumber("quantity", line.Quantity);
            json.WriteNumber("amount", line.Amount.Yuan);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Source(Utf8JsonWriter json, LineSource source)
    {
        json.WriteString("kind", YamlEntry.WordOf(source.Kind));
        json.WriteString("charge", source.Charge);
        if (source.Name is { } name) { json.WriteString("nameZh", name.Zh); json.WriteString("nameEn", name.En); }
        if (source.Tier > 0) json.WriteNumber("tier", source.Tier);
        if (source.Band != Band.Whole) json.WriteString("band", YamlEntry.WordOf(source.Band));
        if (source.Season is { } season) json.WriteString("season", season.Zh);
    }

    static void Write(Utf8JsonWriter json, RatedLine line)
    {
        json.WriteStartObject();
        Source(json, line.Source);
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

    static string Day(DateOnly? day) => day is null ? "" : day.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
