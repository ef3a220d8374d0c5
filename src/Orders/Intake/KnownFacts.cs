using System.Globalization;
using OpenHall.Catalog;
using OpenHall.Customers;
using OpenHall.Rating;

namespace OpenHall.Orders;

/// <summary>What is known of a customer and account, by the names that a service's fields give as their default; and what can be chosen from prices.</summary>
public sealed class KnownFacts(Tariffs tariffs)
{
    public IReadOnlyDictionary<string, string> Of(AccountFile? file, DateOnly today)
    {
        var known = new Dictionary<string, string> { ["today"] = Day(today) };
        if (file is null) return known;
        var point = file.Point;
        (known["supply.tariff"], known["supply.voltage"], known["supply.meter"]) = (point.TariffCode, point.Voltage.ToString(), point.MeterNumber);
        (known["supply.digits"], known["supply.multiplier"], known["supply.persons"]) = (Number(point.MeterDigits), Number(point.Multiplier), Number(point.Persons));
        if (point.ContractKva is { } kva) known["supply.kva"] = Number(kva);
        if (point.FreeQuotaKind is { } quota) known["supply.quota"] = quota;
        return known;
    }

    /// <summary>What a field offers; empty: it is typed.</summary>
    public IReadOnlyList<(string Value, string Text)> Options(FormField field) => field.Kind switch
    {
        FieldKind.Choice => [.. field.Choices.Select(c => (c.Value, c.Name.ToString()))],
        FieldKind.Tariff => [.. tariffs.All.Where(t => t.Code.StartsWith("power.", StringComparison.Ordinal)).OrderBy(t => t.Code, StringComparer.Ordinal).Select(t => (t.Code, TariffNames.Of(t.Tariff.Name)))],
        FieldKind.Quota => [.. tariffs.All.SelectMany(t => SupplyPointFields.QuotasOf(t.Tariff)).GroupBy(q => q.Kind).Select(g => (g.Key, TariffNames.Of(g.First().Name)))],
        _ => [],
    };

    /// <summary>A value as people read it.</summary>
    public string Shown(FormField field, string value) => field.Kind is FieldKind.Tariff ? TariffNames.Of(tariffs, value) : field.Kind is FieldKind.Quota ? Options(field).FirstOrDefault(o => o.Value == value).Text ?? value : field.Shown(value);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
