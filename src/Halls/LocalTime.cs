using System.Globalization;

namespace OpenHall.Halls;

/// <summary>Times of the halls' clock (China Standard Time, UTC+8) as people read them.</summary>
public static class LocalTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateTime At(DateTime utc) => DateTime.SpecifyKind(utc + Offset, DateTimeKind.Unspecified);

    /// <summary>The instant at which a day begins.</summary>
    public static DateTime UtcOf(DateOnly day) => DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue) - Offset, DateTimeKind.Utc);

    /// <summary>14:05.</summary>
    public static string Of(DateTime utc) => At(utc).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>2026-11-23 14:05.</summary>
    public static string DayAndTime(DateTime utc) => At(utc).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
