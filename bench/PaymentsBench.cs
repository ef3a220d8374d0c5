using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using OpenHall.Tests.Support;

namespace OpenHall.Bench;

/// <summary>Payments over HTTP by 1, 8 and 32 clerks, beside a floor: a bare endpoint that inserts the same rows in one transaction each, in the
/// same run, on the same database with every commit on the disk.</summary>
static class PaymentsBench
{
    private const int Accounts = 2_000;
    private const long PaymentFen = 1_00;

    public static async Task<int> Run(string[] args)
    {
        var seconds = args is [var text, ..] ? double.Parse(text, CultureInfo.InvariantCulture) : 6;
        int[] callers = args is [_, var list, ..] ? [.. list.Split(',').Select(c => int.Parse(c, CultureInfo.InvariantCulture))] : [1, 8, 32];
        foreach (var database in await BenchHall.Databases())
        {
            await using var hall = await BenchHall.Open(database, callers.Max(), Accounts);
            var clerks = new List<ClerkConnection>();
            for (var n = 1; n <= callers.Max(); n++) clerks.Add(await ClerkConnection.Open(hall.Address, PayingHall.StaffNumber(n)));
            await Pay(clerks[0].Http, 0);
            await using var floor = await FloorProgram.Start(hall, () => Pay(clerks[0].Http, 1));
            using var bare = new HttpClient { BaseAddress = floor.Address };
            foreach (var count in callers)
            {
                var turn = 0;
                Task PayOne(int caller) => Pay(clerks[caller].Http, Interlocked.Increment(ref turn));
                Task InsertOne(int caller) => Insert(bare);
                await Rate(count, seconds / 3, PayOne);
                await Rate(count, seconds / 3, InsertOne);
                // Floor and hall take turns, so that what else the machine does hits both.
                var (paid, inserted) = (0.0, 0.0);
                for (var round = 0; round < 3; round++)
                {
                    paid += await Rate(count, seconds / 3, PayOne) / 3;
                    inserted += await Rate(count, seconds / 3, InsertOne) / 3;
                }

                Measure.Print($"payments.{database}.{count}", paid, "per_second");
                Measure.Print($"floor.{database}.{count}", inserted, "per_second");
                Measure.Print($"payments_to_floor.{database}.{count}", paid / inserted, "ratio");
            }

            clerks.ForEach(c => c.Dispose());
        }

        return 0;
    }

    private static async Task Pay(HttpClient clerk, int turn)
    {
        using var answer = await clerk.PostAsJsonAsync("/api/v1/payments", new
        {
            RequestId = Guid.CreateVersion7(), AccountId = PayingHall.FirstAccount + turn % Accounts, Bills = Array.Empty<string>(), AmountFen = PaymentFen,
            Tenders = new[] { new { Kind = "Cash", GivenFen = PaymentFen } },
        });
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    private static async Task Insert(HttpClient bare)
    {
        using var answer = await bare.PostAsJsonAsync("/", new { RequestId = Guid.CreateVersion7(), AmountFen = PaymentFen });
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<double> Rate(int callers, double seconds, Func<int, Task> once)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var done = 0;
            for (; watch.Elapsed.TotalSeconds < seconds; done++) await once(caller);
            return done;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }
}
