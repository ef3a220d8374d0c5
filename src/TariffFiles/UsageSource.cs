using System.Text.Json;

namespace OpenHall.TariffFiles;

/// <summary>Names of a usage file's columns and their places.</summary>
sealed class UsageHeading
{
    readonly Dictionary<string, int> places = [];

    public UsageHeading(IEnumerable<string> written)
    {
        List<string> names = [.. written.Select(Plain)];
        Names = names;
        for (var i = 0; i < names.Count; i++) places.TryAdd(names[i], i);
        HasBands = names.Any(n => UsageFacts.IsBand(n));
        HasCorrections = names.Any(n => UsageFacts.Corrections.Contains(n) || n.StartsWith("added.", StringComparison.Ordinal));
        HasPower = names.Any(UsageFacts.PowerColumns.Contains);
        HasHousehold = names.Any(UsageFacts.HouseholdColumns.Contains);
    }

    /// <summary>Whether any column of a group stands in the file, so that a million rows need not look for each.</summary>
    public bool HasBands { get; }

    public bool HasCorrections { get; }

    public bool HasPower { get; }

    public bool HasHousehold { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>kWh is kwh; what stands after a point is a code of the tariff and kept.</summary>
    static string Plain(string name)
    {
        var point = name.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? name.Trim().ToLowerInvariant() : name[..point].Trim().ToLowerInvariant() + name[point..].TrimEnd();
    }

    public int Place(string name) => places.TryGetValue(name, out var place) ? place : -1;

    public bool Has(string name) => places.ContainsKey(name);

    public bool HasAny(string prefix) => Names.Any(n => n.StartsWith(prefix, StringComparison.Ordinal));
}

/// <summary>Records of a usage file, read anew each time they are asked for: a CSV is never held whole.</summary>
sealed class UsageSource(string path)
{
    /// <summary>Records in the file's order; what is wrong with the file or a record goes to <paramref name="wrong"/>.</summary>
    public IEnumerable<UsageRecord> Read(Findings wrong) =>
        path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Json(wrong) : Csv(wrong);

    IEnumerable<UsageRecord> Csv(Findings wrong)
    {
        StreamReader reader;
        try
        {
            reader = new(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            wrong.Add(0, "file.not_readable", e.Message);
            yield break;
        }
        using (reader)
        {
            UsageHeading? heading = null;
            foreach (var (line, fields) in CsvText.Read(reader))
            {
                if (heading is null)
                {
                    heading = new(fields);
                    foreach (var twice in heading.Names.Where(n => n.Length > 0).GroupBy(n => n).Where(g => g.Count() > 1)) wrong.Add(line, "usage.column_twice", twice.Key);
                    continue;
                }
                if (fields.Length != heading.Names.Count) wrong.Add(line, "usage.field_count", fields.Length, heading.Names.Count);
                else yield return new(heading, line, fields, wrong);
            }
            if (heading is null) wrong.Add(1, "usage.no_heading");
        }
    }

    /// <summary>A list of objects with the columns' names as keys; the line is the place in the list.</summary>
    IEnumerable<UsageRecord> Json(Findings wrong)
    {
        List<Dictionary<string, string>> items;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            items = [.. document.RootElement.EnumerateArray().Select(item => item.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null)
                .ToDictionary(p => p.Name, p => p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText()))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or ArgumentException)
        {
            wrong.Add(e is JsonException { LineNumber: { } at } ? (int)at + 1 : 0, "file.not_readable", e.Message);
            yield break;
        }
        var written = items.SelectMany(i => i.Keys).Distinct().ToList();
        var heading = new UsageHeading(written);
        for (var i = 0; i < items.Count; i++) yield return new(heading, i + 1, [.. written.Select(n => items[i].GetValueOrDefault(n, ""))], wrong);
    }
}

/// <summary>What is wrong in one file, up to a number that a person can still work through.</summary>
sealed class Findings(string file)
{
    const int Most = 1000;

    readonly HashSet<(int, string, string)> told = [];

    public List<FileFinding> All { get; } = [];

    public bool IsFull => All.Count >= Most;

    /// <summary>Keeps a finding, once however often its field is read.</summary>
    public void Add(int line, string code, params IReadOnlyList<object> values)
    {
        if (!IsFull && told.Add((line, code, values.Count == 0 ? "" : $"{values[0]}"))) All.Add(new(file, line, code, values));
    }

    public void Clear()
    {
        All.Clear();
        told.Clear();
    }
}
