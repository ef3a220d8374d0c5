using System.Globalization;

namespace OpenHall.Kernel;

/// <summary>An amount of something in its unit: 12.5 kWh, 3 kg. Only equal units add up; nothing is converted silently.</summary>
/// <param name="Value">Exact decimal; may be negative (a settled estimate).</param>
/// <param name="Unit">Unit sign as printed: kWh, kvarh, kW, kVA, m³, min, MB, g, km, 件.</param>
public readonly record struct Quantity(decimal Value, string Unit)
{
    /// <exception cref="InvalidOperationException">The units differ: a bug of the caller.</exception>
    public static Quantity operator +(Quantity a, Quantity b) => new(a.Value + b.Value, Same(a, b));

    /// <exception cref="InvalidOperationException">The units differ: a bug of the caller.</exception>
    public static Quantity operator -(Quantity a, Quantity b) => new(a.Value - b.Value, Same(a, b));

    public static Quantity operator -(Quantity a) => new(-a.Value, a.Unit);

    public static Quantity operator *(Quantity a, decimal factor) => new(a.Value * factor, a.Unit);

    /// <summary>Number without trailing zeros and the unit: 12.5 kWh.</summary>
    public override string ToString() => $"{Value.ToString("0.############", CultureInfo.InvariantCulture)} {Unit}";

    static string Same(Quantity a, Quantity b) =>
        a.Unit == b.Unit ? a.Unit : throw new InvalidOperationException($"{a.Unit} and {b.Unit} do not add up");
}
