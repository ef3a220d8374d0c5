using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using OpenHall.Host;
using OpenHall.Tests.Support;

namespace OpenHall.Bench;

/// <summary>Memory of the program, as a process of its own, while clerks search, open pages and take payments.</summary>
static class MemoryBench
{
    private const int Accounts = 2_000;

    public static async Task<int> Run(string[] args)
    {
        var clerks = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 50;
        var seconds = args is [_, var long_, ..] ? double.Parse(long_, CultureInfo.InvariantCulture) : 30;
        var folder = Directory.CreateTempSubdirectory("openhall-bench-").FullName;
        try
        {
            await using (var app = HallApp.Build(new HallOptions { DataFolder = folder, PacksFolder = TestHall.PacksFolder, Port = 0, RunsBackground = false }, TimeProvider.System))
            {
                await HallApp.Prepare(app);
                await PayingHall.Make(app.Services, clerks, Accounts);
            }

            using var hall = await RunningHall.Start(folder, null);
            Measure.Print("memory.started", ResidentMb(hall.ProcessId), "MB");
            var watch = Stopwatch.StartNew();
            var done = 0;
            var working = Task.WhenAll(Enumerable.Range(1, clerks).Select(n => Task.Run(async () =>
            {
                using var clerk = await ClerkConnection.Open(hall.Address, PayingHall.StaffNumber(n));
                while (watch.Elapsed.TotalSeconds < seconds)
                {
                    await Serve(clerk.Http, n);
                    Interlocked.Increment(ref done);
                    // A quick clerk's customer every two seconds.
                    await Task.Delay(TimeSpan.FromSeconds(2));
                }
            })));
            var peak = 0.0;
            while (await Task.WhenAny(working, Task.Delay(500)) != working) peak = Math.Max(peak, ResidentMb(hall.ProcessId));
            await working;
            Measure.Print("memory.customers_served", done, "customers");
            Measure.Print($"memory.{clerks}_clerks.peak", peak, "MB");
            await hall.Kill();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static async Task Serve(HttpClient http, int clerk)
    {
        var account = PayingHall.FirstAccount + Random.Shared.Next(Accounts);
        foreach (var address in new[] { "/", $"/api/v1/payments/due/{account}" })
        {
            using var page = await http.GetAsync(address);
            await page.Content.ReadAsByteArrayAsync();
        }

        using var paid = await http.PostAsJsonAsync("/api/v1/payments", new { RequestId = Guid.CreateVersion7(), AccountId = account, Bills = Array.Empty<string>(), AmountFen = 100 + clerk * 10, Tenders = new[] { new { Kind = "Cash", GivenFen = 100 + clerk * 10 } } });
        if (!paid.IsSuccessStatusCode) throw new InvalidOperationException(await paid.Content.ReadAsStringAsync());
    }

    private static double ResidentMb(int process) =>
        double.Parse(File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS", StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
