namespace OpenHall.Kernel;

/// <summary>营业日: the day money is booked on. The hall stores it and only 日结 (day-end) moves it on; it is never
/// worked out from a clock, so a payment at 00:20 can still belong to yesterday.</summary>
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
    public override string ToString() => Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
