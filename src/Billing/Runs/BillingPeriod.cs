using System.Globalization;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Billing month as one number, yyyymm.</summary>
public readonly record struct BillingPeriod(int Number)
{
    public int Year => Number / 100;
    public int Month => Number % 100;
    public DateOnly FirstDay => new(Year, Month, 1);
    public DateOnly LastDay => FirstDay.AddMonths(1).AddDays(-1);
    public bool IsValid => Year is >= 2000 and <= 2100 && Month is >= 1 and <= 12;

    /// <summary>Months since year 0, so that periods can be counted.</summary>
    public int Count => Year * 12 + Month - 1;

    public static BillingPeriod Of(DateOnly day) => new(day.Year * 100 + day.Month);

    public BillingPeriod Plus(int months) => Of(FirstDay.AddMonths(months));

    /// <exception cref="Refused">period.wrong</exception>
    public BillingPeriod Checked()
    {
        Refused.IfField(!IsValid, "Period", "period.wrong");
        return this;
    }

    /// <summary>2026-03, as the month picker of browsers writes it.</summary>
    public static BillingPeriod? Parse(string? text) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Of(day) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}");
}
