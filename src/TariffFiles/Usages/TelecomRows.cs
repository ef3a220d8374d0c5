using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Months of subscriptions: use.SERVICE columns (the month's sums) or rows of service, day, quantity. What rolls over is carried to the next month of the same plan.</summary>
static class TelecomRows
{
    public static readonly string[] Columns = ["service", "day", "quantity", "status", "members", "subscribed", "once"];

    public static readonly string[] Prefixes = ["use.", "rolled.", "item."];

    public static IEnumerable<RatedRow> Rate(UsageContext context, IReadOnlyList<UsageRecord> records)
    {
        var (tariffs, rolled) = (context.Tariffs, context.Rolled);
        var rows = new List<RatedRow>();
        foreach (var group in records.GroupBy(r => (r.Account, r.Text("tariff"), r.Text("from"), r.Text("to"))).OrderBy(g => g.Key.Item3, StringComparer.Ordinal))
        {
            var first = group.First();
            if (!first.Has("account")) { first.Wrong("usage.no_account", 0); continue; }
            if (first.Period() is not { } period) continue;
            var usage = Usage(group, first, period.From, period.To);
            var code = first.Text("tariff") ?? tariffs.OnlyPlan;
            if (code is null || tariffs.PlanOn(code, period.From) is not { } plan) { rows.Add(new(first.Account, period.From, period.To, RateRun.Unknown(code), first.Line)); continue; }
            if (!first.Heading.HasAny("rolled.") && rolled.TryGetValue((first.Account, code), out var before) && before.To.AddDays(1) == period.From) usage = usage with { RolledOver = before.Left };
            var bill = plan.Rate(usage, out var left);
            if (left is { Count: > 0 }) rolled[(first.Account, code)] = (period.To, left);
            else rolled.Remove((first.Account, code));
            rows.Add(new(first.Account, period.From, period.To, bill, first.Line) { RollsOver = left });
        }
        return rows.OrderBy(r => r.Line);
    }

    static TelecomUsage Usage(IEnumerable<UsageRecord> records, UsageRecord first, DateOnly from, DateOnly to)
    {
        var uses = records.Where(r => r.Has("service")).Select(r => new ServiceUse(r.Text("service")!, r.Day("day") ?? to, r.Amount("quantity") ?? r.Wrong("usage.missing", 0m, "quantity")))
            .Concat(first.Under("use.").Select(c => new ServiceUse(c.Name, to, first.Amount(c.Column) ?? 0)));
        return new()
        {
            From = from,
            To = to,
            Uses = uses.OrderBy(u => u.Day).ToArray(),
            Status = first.Word("status", TelecomStatus.Active),
            Members = first.Whole("members") ?? 0,
            Subscribed = first.Day("subscribed"),
            OneOffs = first.Text("once")?.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            RolledOver = first.Heading.HasAny("rolled.") ? first.Under("rolled.").ToDictionary(c => c.Name, c => first.Amount(c.Column) ?? 0) : null,
            Items = first.Heading.HasAny("item.") ? [.. first.Under("item.").Select(c => Item(c.Name, first.Number(c.Column) ?? 0))] : null,
        };
    }

    /// <summary>item.CODE is an amount, item.collected.CODE one collected for others.</summary>
    static TelecomItem Item(string name, decimal yuan)
    {
        const string Collected = "collected.";
        var isCollected = name.StartsWith(Collected, StringComparison.Ordinal);
        var code = isCollected ? name[Collected.Length..] : name;
        return new(code, new(code, code), yuan, IsCollected: isCollected);
    }
}
