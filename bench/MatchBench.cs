using System.Diagnostics;
using System.Globalization;
using System.Text;
using OpenHall.App;
using OpenHall.Reconciliation;
using OpenHall.Tests.Support;

namespace OpenHall.Bench;

/// <summary>Matching a statement with the books: a channel's file by number, a bank's by amount and day with groups and parts; and reading a file.</summary>
static class MatchBench
{
    private static readonly DateOnly First = new(2026, 1, 1);

    public static int Run(string[] args)
    {
        var count = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 1_000_000;
        var chance = new Random(20260331);
        var items = Enumerable.Range(0, count).Select(n => new MatchItem(First.AddDays(n % 90), 100 + chance.Next(2_000_00), $"slip{n:00000000}", $"{n:x32}", n % 5 == 0 ? n % 900 + 1 : 0)).ToArray();
        var order = Enumerable.Range(0, count).ToArray();
        chance.Shuffle(order);
        // One in a thousand is missing, one in a thousand differs.
        var channel = order.Where(n => n % 1000 != 0).Select(n => new MatchLine(items[n].Day, items[n].AmountFen + (n % 1000 == 1 ? 1 : 0), $"channel{n:00000000}", items[n].OrderReference, "")).ToArray();
        var bank = order.Where(n => n % 1000 != 0).Select(n => new MatchLine(items[n].Day.AddDays(n % 3), items[n].AmountFen, $"F{n:00000000}", "", n % 2 == 0 ? $"transfer {items[n].Reference}" : "transfer")).ToArray();
        Time($"match.channel.{count}", () => Matcher.Of(channel, items, new(true, 0, 1)));
        Time($"match.bank.{count}", () => Matcher.Of(bank, items, new(false, 1, 10)));
        Reading();
        return 0;
    }

    private static void Time(string name, Func<Matches> match)
    {
        var watch = Stopwatch.StartNew();
        var found = match();
        Measure.Print(name, watch.Elapsed.TotalSeconds, "seconds");
        Measure.Print(name + ".groups", found.Found.Count, "groups");
        Measure.Print(name + ".differences", found.OpenItems.Count + found.OpenLines.Count + found.Differing.Count, "differences");
    }

    private static void Reading()
    {
        const int lines = 200_000;
        var reader = new StatementReader(StatementLayouts.Read(Packs.Read(TestHall.PacksFolder, "base")));
        var file = new StringBuilder("date,time,reference,amount,balance,description\n");
        long balance = 0;
        for (var n = 0; n < lines; n++)
            file.Append(CultureInfo.InvariantCulture, $"{First.AddDays(n / 3000):yyyy-MM-dd},10:00:00,F{n:00000000},\"{(1000 + n % 7) / 100m:#,##0.00}\",{(balance += 1000 + n % 7) / 100m:0.00},note {n}\n");
        var content = Encoding.UTF8.GetBytes(file.ToString());
        var watch = Stopwatch.StartNew();
        var read = reader.Read(content, new(2026, 12, 31));
        if (read.MistakeCount > 0 || read.Lines.Count != lines) throw new InvalidOperationException("the file was not read whole");
        Measure.Print("match.read", lines / watch.Elapsed.TotalSeconds, "lines_per_second");
    }
}
