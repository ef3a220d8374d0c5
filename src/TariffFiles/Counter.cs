using System.Globalization;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>What is not energy: subscriptions, mail items, rides and late fees of a usage file.</summary>
static class Counter
{
    /// <summary>account, tariff, from, to and either use.SERVICE columns (the month's sums) or rows of service, day, quantity.</summary>
    public static List<RatedRow> Months(Tariffs tariffs, List<UsageRecord> records, List<FileFinding> wrong)
    {
        Unknown(records, wrong, ["account", "tariff", "from", "to", "service", "day", "quantity", "status", "members"], "use.", "rolled.", "item.");
        var rows = new List<RatedRow>();
        foreach (var group in records.GroupBy(r => (r.Text("account"), r.Text("tariff"), r.Text("from"), r.Text("to"))))
        {
            var first = group.First();
            if (first.Day("from") is not { } from || first.Day("to") is not { } to) { first.Wrong("usage.no_period", 0); continue; }
            var uses = group.Where(r => r.Has("service")).Select(r => new ServiceUse(r.Text("service")!, r.Day("day") ?? to, r.Number("quantity") ?? 0))
                .Concat(first.Names.Where(n => n.StartsWith("use.", StringComparison.Ordinal) && first.Has(n)).Select(n => new ServiceUse(n[4..], to, first.Number(n) ?? 0)))
                .OrderBy(u => u.Day).ToArray();
            var usage = new TelecomUsage
            {
                From = from,
                To = to,
                Uses = uses,
                Status = first.Word("status", TelecomStatus.Active),
                Members = first.Whole("members") ?? 0,
                RolledOver = first.Names.Where(n => n.StartsWith("rolled.", StringComparison.Ordinal) && first.Has(n)).ToDictionary(n => n[7..], n => first.Number(n) ?? 0),
                Items = [.. first.Names.Where(n => n.StartsWith("item.", StringComparison.Ordinal) && first.Has(n)).Select(n => Item(n, first.Number(n) ?? 0))],
            };
            var code = first.Text("tariff") ?? Only(tariffs.Plans);
            rows.Add(new(first.Text("account") ?? "", from, to, code is not null && tariffs.Plans.TryGetValue(code, out var plan) ? plan.Rate(usage) : RateRun.Unknown(code)));
        }
        return Kept(rows, wrong);
    }

    /// <summary>item.CODE is an amount, item.collected.CODE one collected for others.</summary>
    static TelecomItem Item(string column, decimal yuan)
    {
        var isCollected = column.StartsWith("item.collected.", StringComparison.Ordinal);
        var code = column[(isCollected ? 15 : 5)..];
        return new(code, new(code, code), yuan, IsCollected: isCollected);
    }

    /// <summary>account, tariff, product, grams, origin, destination, cm3, extras (with blanks between), declared, credential.</summary>
    public static List<RatedRow> Mail(Tariffs tariffs, List<UsageRecord> records, List<FileFinding> wrong)
    {
        Unknown(records, wrong, ["account", "tariff", "product", "grams", "origin", "destination", "cm3", "extras", "declared", "credential"]);
        return Kept([.. records.Select(r =>
        {
            var item = new MailItem(r.Text("product") ?? "", r.Whole("grams") ?? 0)
            {
                Origin = r.Text("origin"),
                Destination = r.Text("destination"),
                Cm3 = r.Whole("cm3") ?? 0,
                Extras = r.Text("extras")?.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                DeclaredYuan = r.Number("declared") ?? 0,
                Credential = r.Text("credential"),
            };
            var code = r.Text("tariff") ?? Only(tariffs.Posts);
            return new RatedRow(r.Text("account") ?? "", null, null, code is not null && tariffs.Posts.TryGetValue(code, out var post) ? post.Rate(item) : RateRun.Unknown(code));
        })], wrong);
    }

    /// <summary>account, tariff, km, card, day, spent; without spent it is carried over the rides of the account in the month of day.</summary>
    public static List<RatedRow> Rides(Tariffs tariffs, List<UsageRecord> records, List<FileFinding> wrong)
    {
        Unknown(records, wrong, ["account", "tariff", "km", "card", "day", "spent"]);
        var months = new Dictionary<(string, string, int), decimal>();
        return Kept([.. records.Select(r =>
        {
            var account = r.Text("account") ?? "";
            var day = r.Day("day");
            var code = r.Text("tariff") ?? Only(tariffs.Fares);
            if (code is null || !tariffs.Fares.TryGetValue(code, out var fare)) return new RatedRow(account, day, day, RateRun.Unknown(code));
            var key = (account, code, day is { } d ? d.Year * 12 + d.Month : 0);
            var spent = r.Number("spent") ?? months.GetValueOrDefault(key);
            var ride = fare.Ride(r.Number("km") ?? 0, r.Text("card"), spent);
            months[key] = spent + ride.Counted;
            return new(account, day, day, new(code, ride.Total, 0, ride.Lines, ride.Findings));
        })], wrong);
    }

    /// <summary>account, tariff (rule), due, due_day, as_of, paid ("2025-11-25:200 2025-12-01:100").</summary>
    public static List<RatedRow> LateFees(Tariffs tariffs, List<UsageRecord> records, WorkCalendar? calendar, List<FileFinding> wrong)
    {
        Unknown(records, wrong, ["account", "tariff", "due", "due_day", "as_of", "paid"]);
        var rows = new List<RatedRow>();
        foreach (var r in records)
        {
            if (r.Number("due") is not { } due || r.Day("due_day") is not { } dueDay || r.Day("as_of") is not { } asOf) { r.Wrong("usage.no_period", 0); continue; }
            var code = r.Text("tariff") ?? "";
            if (tariffs.LateFeeOn(code, dueDay) is not { } rule) { rows.Add(new(r.Text("account") ?? "", dueDay, asOf, RateRun.Unknown(code))); continue; }
            var fee = LateFee.Of(rule, Money.OfYuan(due), dueDay, Paid(r), asOf, calendar);
            var lines = fee.Lines.Select(l => new RatedLine(new(LineKind.LateFee, code, rule.Name, 0, Band.Whole, null, "day", rule.Notice, rule.From), null, null, l.Days, l.PerDay, l.Yuan, Money.OfYuan(l.Yuan),
                [new("late_fee.unpaid", l.Unpaid.Yuan, "yuan")])).ToList();
            rows.Add(new(r.Text("account") ?? "", dueDay, asOf, new(code, fee.Total, 0, lines, [])));
        }
        return Kept(rows, wrong);
    }

    static List<(DateOnly, Money)> Paid(UsageRecord record)
    {
        var paid = new List<(DateOnly Day, Money)>();
        foreach (var part in (record.Text("paid") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(':') is [var day, var yuan] && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var when)
                && decimal.TryParse(yuan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) paid.Add((when, Money.OfYuan(amount)));
            else record.Wrong("usage.not_a_span", 0, "paid", part);
        }
        return [.. paid.OrderBy(p => p.Day)];
    }

    static void Unknown(List<UsageRecord> records, List<FileFinding> wrong, string[] known, params string[] prefixes)
    {
        foreach (var name in records.SelectMany(r => r.Names).Distinct())
            if (!known.Contains(name) && !prefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal))) records[0].Wrong("usage.unknown_column", 0, name);
    }

    static string? Only<T>(IReadOnlyDictionary<string, T> all) => all.Count == 1 ? all.Keys.First() : null;

    static List<RatedRow> Kept(List<RatedRow> rows, List<FileFinding> wrong) => wrong.Count > 0 ? [] : rows;
}
