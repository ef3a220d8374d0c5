using System.Globalization;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Late fees, a row a bill: what was due, when, and what was paid since.</summary>
static class LateFeeRows
{
    public static readonly string[] Columns = ["due", "due_day", "as_of", "paid"];

    static readonly WorkCalendar Weekdays = new([new(TimeOnly.MinValue, TimeOnly.MinValue)], [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday]);

    public static IEnumerable<RatedRow> Rate(UsageContext context, IReadOnlyList<UsageRecord> records)
    {
        foreach (var record in records)
        {
            if (record.Amount("due") is not { } due || record.Day("due_day") is not { } dueDay || record.Day("as_of") is not { } asOf) { record.Wrong("usage.missing", 0, "due, due_day, as_of"); continue; }
            var paid = Paid(record);
            var code = record.Text("tariff") ?? context.Tariffs.OnlyLateFee;
            if (code is null || context.Tariffs.LateFeeOn(code, dueDay) is not { } rule) { yield return new(record.Account, dueDay, asOf, RateRun.Unknown(code), record.Line); continue; }
            var fee = LateFee.Of(rule, Money.OfYuan(due), dueDay, paid, asOf, context.Calendar ?? Weekdays);
            yield return new(record.Account, dueDay, asOf, fee.ToBill(rule), record.Line);
        }
    }

    static List<(DateOnly, Money)> Paid(UsageRecord record)
    {
        var paid = new List<(DateOnly Day, Money)>();
        foreach (var part in (record.Text("paid") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(':') is [var day, var yuan] && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var when)
                && decimal.TryParse(yuan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) paid.Add((when, Money.OfYuan(amount)));
            else record.Wrong("usage.not_a_payment", 0, "paid", part);
        }
        return [.. paid.OrderBy(p => p.Day)];
    }
}
