using System.Diagnostics;
using System.Globalization;
using OpenHall.Stock;

namespace OpenHall.Bench;

/// <summary>Pool of numbers: numbers put in a second, and the time of a search by end, kind of end, beginning, and without a four.</summary>
static class NumbersBench
{
    private const int Searches = 1_000;

    public static async Task<int> Run(string[] args)
    {
        var count = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 1_000_000;
        foreach (var database in await BenchHall.Databases())
        {
            await using var hall = await BenchHall.Open(database, 0, 0);
            var lines = Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"199{(long)i * 7919 % 100_000_000:00000000}")).Distinct().ToList();
            var watch = Stopwatch.StartNew();
            await hall.Do((ImportNumbers import) => import.Handle(new(Guid.CreateVersion7(), lines, "/zj/")));
            Measure.Print($"numbers.{database}.import", lines.Count / watch.Elapsed.TotalSeconds, "numbers_per_second");
            await Time(hall, database);
        }

        return 0;
    }

    private static async Task Time(BenchHall hall, string database)
    {
        var chance = new Random(2);
        var times = new Times();
        for (var n = -100; n < Searches; n++)
        {
            var asked = ((n + 100) % 5) switch
            {
                0 => new FindNumbers.Asked(Tail: "888"),
                1 => new(Tail: chance.Next(10_000).ToString("0000", CultureInfo.InvariantCulture), WithoutFour: true),
                2 => new(Kind: (TailKind)chance.Next(1, 7), WithoutFour: true),
                3 => new(Head: string.Create(CultureInfo.InvariantCulture, $"199{chance.Next(1000):000}"), WithoutFour: true),
                _ => new(Tail: chance.Next(100).ToString("00", CultureInfo.InvariantCulture), Kind: TailKind.Aabb),
            };
            var began = Stopwatch.GetTimestamp();
            await hall.Do((FindNumbers find) => find.Find(asked));
            if (n >= 0) times.Add(Stopwatch.GetElapsedTime(began));
        }

        Measure.Print($"numbers.{database}.p50", times.Percentile(0.5), "ms");
        Measure.Print($"numbers.{database}.p99", times.Percentile(0.99), "ms");
    }
}
