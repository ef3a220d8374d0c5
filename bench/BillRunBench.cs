using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;

namespace OpenHall.Bench;

/// <summary>A bill run over many accounts: read → rate → bills with their lines → written; then released into the books. On PostgreSQL beside <see cref="BillRunFloor"/>.</summary>
static class BillRunBench
{
    [OpenToVisitors("a measurement")]
    private sealed record Read(Guid RequestId) : ICommand;

    public static async Task<int> Run(string[] args)
    {
        var accounts = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 100_000;
        foreach (var database in await BenchHall.Databases())
        {
            await using var hall = await BenchHall.Open(database, 0, 0);
            await Load(hall, accounts);
            var run = await hall.Do((StartBillRun start) => start.Handle(new(Guid.CreateVersion7(), 202601, "/")));
            var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            await hall.Do((BillRunSteps steps) => steps.Continue(run));
            var rating = watch.Elapsed.TotalSeconds;
            Measure.Print($"billrun.{database}.rate", accounts / rating, "bills_per_second");
            await hall.Do((MoveBillRun move) => move.Handle(new MoveBillRun.Release(Guid.CreateVersion7(), run, null)));
            watch.Restart();
            await hall.Do((BillRunSteps steps) => steps.Continue(run));
            var releasing = watch.Elapsed.TotalSeconds;
            Measure.Print($"billrun.{database}.release", accounts / releasing, "bills_per_second");
            Measure.Print($"billrun.{database}.whole", accounts / (rating + releasing), "bills_per_second");
            // Beside neighbours who want the processor too, this says more than the rate; PostgreSQL's own time is not in it.
            Measure.Print($"billrun.{database}.program_time", (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / accounts, "us_per_bill");
            Measure.Print($"billrun.{database}.bills", await hall.Do((HallDb db) => db.CustomerBills.CountAsync()), "bills");
            if (hall.Options.Postgres is null) continue;
            var (rows, floor) = await BillRunFloor.Measure(hall);
            Measure.Print("billrun.floor.rows", rows, "rows");
            Measure.Print("billrun.floor", accounts / floor, "bills_per_second");
            Measure.Print("billrun.to_floor", floor / (rating + releasing), "ratio");
        }

        Measure.Print("billrun.memory", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB");
        return 0;
    }

    private static async Task Load(BenchHall hall, int accounts)
    {
        for (var from = 0; from < accounts; from += LoadCustomers.MostInBatch)
        {
            var rows = Enumerable.Range(from, Math.Min(LoadCustomers.MostInBatch, accounts - from)).Select(i => new LoadedAccount(
                CustomerKind.Person, "王伟", null, "13800138000", null, "/", new($"M{i:D10}", 6, 1, "江城市东湖区文三路1号", "power.beijing.resident", Voltage.V220, (short)(i % 8), null, false, false), new(2025, 12, 31), 0)).ToList();
            var first = await hall.Do((LoadCustomers load) => load.Handle(new(Guid.CreateVersion7(), $"bench {rows[0].SupplyPoint.MeterNumber}", rows.Count), rows));
            await hall.Do((Work work) => work.Once(new Read(Guid.CreateVersion7()), db => db.InsertMany(Enumerable.Range(0, rows.Count).Select(i => new MeterReading
            {
                Bucket = MeterReading.BucketOf(first + i), AccountId = first + i, ReadOn = new(2026, 1, 31), MeterNumber = rows[i].SupplyPoint.MeterNumber!, Kind = ReadingKind.Cycle, Source = ReadingSource.Device,
                TotalWh = i * 37L % 5000 * 1000, EnteredAtUtc = new(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc),
            }))));
        }
    }
}
