using System.Globalization;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>The instalments of a bill as one short text, a sum a day in order of days.</summary>
static class PaidDays
{
    public static IReadOnlyList<(DateOnly Day, Money Amount)> Parse(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => (
            DateOnly.ParseExact(part.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            new Money(long.Parse(part.AsSpan(11), CultureInfo.InvariantCulture))))];

    public static string Add(string text, DateOnly day, Money amount, string billNumber)
    {
        var days = Parse(text).ToDictionary(d => d.Day, d => d.Amount);
        days[day] = days.GetValueOrDefault(day) + amount;
        Refused.If(days.Count > CustomerBill.MostInstalments, "bill.too_many_instalments", billNumber, CustomerBill.MostInstalments);
        return Write(days);
    }

    public static string TakeBack(string text, DateOnly day, Money amount, string billNumber)
    {
        var days = Parse(text).ToDictionary(d => d.Day, d => d.Amount);
        Refused.If(days.GetValueOrDefault(day) < amount, "bill.not_paid_so", billNumber);
        days[day] -= amount;
        if (days[day] == Money.Zero) days.Remove(day);
        return Write(days);
    }

    /// <summary>Takes off the latest days, as far as there is something.</summary>
    public static string TakeLatest(string text, Money amount)
    {
        if (amount == Money.Zero || text.Length == 0) return text;
        var days = Parse(text).ToDictionary(d => d.Day, d => d.Amount);
        foreach (var day in days.Keys.OrderDescending().ToList())
        {
            var taken = new Money(Math.Min(amount.Fen, days[day].Fen));
            days[day] -= taken;
            amount -= taken;
            if (days[day] == Money.Zero) days.Remove(day);
        }

        return Write(days);
    }

    private static string Write(Dictionary<DateOnly, Money> days) =>
        string.Join(' ', days.OrderBy(d => d.Key).Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Key:yyyy-MM-dd}:{d.Value.Fen}")));
}
