using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenHall.Kernel;

/// <summary>营业日: the day money is booked on. The hall stores it and only 日结 (day-end) moves it on; it is never
/// worked out from a clock, so a payment at 00:20 can still belong to yesterday.</summary>
[JsonConverter(typeof(BusinessDateJson))]
public readonly record struct BusinessDate(DateOnly Day) : IComparable<BusinessDate>
{
    public BusinessDate Next => new(Day.AddDays(1));

    public BusinessDate Previous => new(Day.AddDays(-1));

    public static bool operator <(BusinessDate a, BusinessDate b) => a.Day < b.Day;
    public static bool operator >(BusinessDate a, BusinessDate b) => a.Day > b.Day;
    public static bool operator <=(BusinessDate a, BusinessDate b) => a.Day <= b.Day;
    public static bool operator >=(BusinessDate a, BusinessDate b) => a.Day >= b.Day;

    public int CompareTo(BusinessDate other) => Day.CompareTo(other.Day);

    /// <summary>2026-03-31.</summary>
    public override string ToString() => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A business date is "2026-03-31" in JSON.</summary>
sealed class BusinessDateJson : JsonConverter<BusinessDate>
{
    public override BusinessDate Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new(day) : throw new JsonException("yyyy-MM-dd is wanted");

    public override void Write(Utf8JsonWriter writer, BusinessDate date, JsonSerializerOptions options) => writer.WriteStringValue(date.ToString());
}
