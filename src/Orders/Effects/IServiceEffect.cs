using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>A mechanism that a service's data names: what an order does to accounts, meters and prices. Found by this interface; runs in the order's transaction.</summary>
public interface IServiceEffect
{
    /// <summary><c>noun.verb</c>, as packs write it.</summary>
    string Name { get; }

    /// <summary>Codes of the fields it reads: a service that names it has them.</summary>
    IReadOnlyList<string> Needs { get; }

    /// <returns>What stood there before, as JSON, for <see cref="Undo"/>; null: it can't be taken back.</returns>
    Task<string?> Apply(HallDb db, ServiceOrder order, OrderData data, CancellationToken ct);

    /// <exception cref="Refused">order.not_reversible, or why not now</exception>
    Task Undo(HallDb db, ServiceOrder order, string before, CancellationToken ct) => throw new Refused("order.not_reversible", order.Number);
}

/// <summary>What was filled in of an order, read by field.</summary>
public sealed record OrderData(IReadOnlyDictionary<string, string> Fields)
{
    public string? Text(string field) => Fields.GetValueOrDefault(field) is { Length: > 0 } text ? text : null;

    public decimal Number(string field, decimal orElse = 0) => Text(field) is { } text ? decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : orElse;

    public int Whole(string field, int orElse = 0) => (int)Number(field, orElse);

    /// <summary>kWh of a register as Wh, with at most three decimals.</summary>
    public long Wh(string field) => (long)(Number(field) * 1000m);

    public DateOnly Day(string field, DateOnly orElse) => Text(field) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : orElse;
}

/// <summary>All mechanisms by name, and the check at start that every service of the packs names ones that exist and has the fields they read.</summary>
public sealed class ServiceEffects(IEnumerable<IServiceEffect> effects)
{
    private readonly Dictionary<string, IServiceEffect> _all = effects.ToDictionary(e => e.Name);

    public IServiceEffect this[string name] => _all.TryGetValue(name, out var effect) ? effect : throw new KeyNotFoundException($"There is no service effect '{name}'.");

    public void Check(BusinessServices services)
    {
        foreach (var (service, version) in services.All.SelectMany(s => s.Versions.Select(v => (s, v))))
        {
            foreach (var (name, at, known) in version.Effects())
            {
                if (!_all.TryGetValue(name, out var effect))
                {
                    at.Error($"{service.Code}: there is no effect '{name}'; it is one of {string.Join(", ", _all.Keys.Order(StringComparer.Ordinal))}");
                    continue;
                }

                foreach (var missing in effect.Needs.Where(n => known.All(f => f.Code != n))) at.Error($"{service.Code}: effect '{name}' reads the field '{missing}', which is not filled in by then");
            }
        }
    }
}

/// <summary>Marks that the services were checked against the mechanisms.</summary>
sealed record CheckedServices;
