using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Runtime;
using OpenHall.Tests.Support;

namespace OpenHall.Bench;

/// <summary>Payments over HTTP by 1, 8 and 32 clerks, beside a floor: a bare endpoint that inserts the same rows in one transaction each, in the
/// same run, on the same database with every commit on the disk.</summary>
static class PaymentsBench
{
    private const int Accounts = 2_000;
    private const long PaymentFen = 1_00;
    /// <summary>Before anything is measured the program works until it hardly compiles any more: a hall's is warm after its first morning. At most so long.</summary>
    private static readonly TimeSpan WarmWithin = TimeSpan.FromSeconds(90);
    /// <summary>Share of the processor time that compiling may still take.</summary>
    private const double StillCompiling = 0.02;

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
            await CountStatements(hall, database, () => Pay(clerks[0].Http, 2));
            await using var floor = await FloorProgram.Start(hall, () => Pay(clerks[0].Http, 1));
            using var bare = new HttpClient { BaseAddress = floor.Address };
            var turn = 0;
            Task PayOne(int caller) => Pay(clerks[caller].Http, Interlocked.Increment(ref turn));
            Task InsertOne(int caller) => Insert(bare);
            Measure.Print($"warm.{database}", await Warm(callers.Max(), PayOne, InsertOne), "seconds");
            foreach (var count in callers)
            {
                // Floor and hall take turns, so that what else the machine does hits both.
                var (paid, inserted, paidCpu, insertedCpu) = (0.0, 0.0, 0.0, 0.0);
                for (var round = 0; round < 3; round++)
                {
                    var (pays, payCpu) = await Rate(count, seconds / 3, PayOne);
                    var (inserts, insertCpu) = await Rate(count, seconds / 3, InsertOne);
                    (paid, inserted, paidCpu, insertedCpu) = (paid + pays / 3, inserted + inserts / 3, paidCpu + payCpu / 3, insertedCpu + insertCpu / 3);
                }

                Measure.Print($"payments.{database}.{count}", paid, "per_second");
                Measure.Print($"floor.{database}.{count}", inserted, "per_second");
                Measure.Print($"payments_to_floor.{database}.{count}", paid / inserted, "ratio");
                // Caller and server together; on a busy machine this says more than the rates.
                Measure.Print($"payments.{database}.{count}.cpu", paidCpu, "ms_each");
                Measure.Print($"floor.{database}.{count}.cpu", insertedCpu, "ms_each");
            }

            clerks.ForEach(c => c.Dispose());
        }

        return 0;
    }

    /// <summary>Statements sent for one payment, sign-in and permissions included, and how long they and the command took.</summary>
    private static async Task CountStatements(BenchHall hall, string database, Func<Task> pay)
    {
        for (var n = 0; n < 50; n++) await pay();
        hall.Statements.Clear();
        var began = Stopwatch.GetTimestamp();
        await pay();
        Measure.Print($"payments.{database}.alone", Stopwatch.GetElapsedTime(began).TotalMilliseconds, "ms");
        Measure.Print($"payments.{database}.statements", hall.Statements.Count, "statements_each");
        if (Environment.GetEnvironmentVariable("BENCH_STATEMENTS") is not null) foreach (var line in hall.Statements) Console.Error.WriteLine(line);
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

    private static async Task<double> Warm(int callers, params Func<int, Task>[] works)
    {
        var watch = Stopwatch.StartNew();
        var quiet = 0;
        while (quiet < 3 && watch.Elapsed < WarmWithin)
        {
            var (compiling, all) = (JitInfo.GetCompilationTime(), Environment.CpuUsage.TotalTime);
            foreach (var work in works) await Rate(callers, 1, work);
            quiet = (JitInfo.GetCompilationTime() - compiling) / (Environment.CpuUsage.TotalTime - all) < StillCompiling ? quiet + 1 : 0;
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<(double PerSecond, double CpuMsEach)> Rate(int callers, double seconds, Func<int, Task> once)
    {
        var watch = Stopwatch.StartNew();
        var cpu = Environment.CpuUsage.TotalTime;
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var done = 0;
            for (; watch.Elapsed.TotalSeconds < seconds; done++) await once(caller);
            return done;
        })));
        return (counts.Sum() / watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / Math.Max(1, counts.Sum()));
    }
}
