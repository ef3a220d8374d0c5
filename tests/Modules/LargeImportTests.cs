using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenHall.Billing;
using OpenHall.Customers;

namespace OpenHall.Tests.Modules;

/// <summary>Measures memory and processor of the whole process, so nothing else runs beside it.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;

[Collection("alone")]
public class LargeImportTests
{
    [Theory, BothDatabases]
    public async Task Two_hundred_thousand_lines_are_checked_and_imported_within_bounds(TestHall hall)
    {
        const int accounts = 20_000;
        var biller = hall.As(BillRunIntents.Biller);
        var rows = Enumerable.Range(0, accounts).Select(i => new LoadedAccount(CustomerKind.Person, "赵" + i, null, "13800138000", null, "/", CustomerIntents.Place($"TH{i:D8}"), new(2025, 3, 1), 0)).ToList();
        var first = await hall.As("customers.load").Do((LoadCustomers load) => load.Handle(new(Guid.CreateVersion7(), "th", rows.Count), rows));
        var text = new StringBuilder("户号,抄表日期,示数\n");
        for (var month = 3; month <= 12; month++)
        {
            for (var i = 0; i < accounts; i++) text.Append(CultureInfo.InvariantCulture, $"{AccountNumber.Of(first + i)},2025-{month:00}-28,{month * 100}\n");
        }

        var content = Encoding.UTF8.GetBytes(text.ToString());
        var before = GC.GetTotalMemory(true);
        // Time of the processor, not of the wall: other programs share the machine. A line that costs a query of its own would take minutes.
        var busy = Environment.CpuUsage.TotalTime;
        var id = await Upload(content);
        Assert.Equal(200_000, await biller.Do((ImportReadings import) => import.Handle(new ImportReadings.Confirm(Guid.CreateVersion7(), id))));
        busy = Environment.CpuUsage.TotalTime - busy;
        Assert.True(busy < TimeSpan.FromSeconds(120), $"took {busy} of the processor");
        Assert.True(GC.GetTotalMemory(true) - before < 64_000_000, "memory grew");
        Assert.Equal(200_000, await hall.Read(db => db.MeterReadings.CountAsync(r => r.Source == ReadingSource.Import)));
        text.Append(AccountNumber.Of(first)).Append(",2026-01-28,1\n");
        Assert.Equal(ReadingImportState.Wrong, await StateOf(await Upload(Encoding.UTF8.GetBytes(text.ToString()))));

        Task<Guid> Upload(byte[] file) => biller.Do((ImportReadings import) => import.Handle(Guid.CreateVersion7(), "readings.csv", file));
        Task<ReadingImportState> StateOf(Guid import) => hall.Read(db => db.ReadingImports.Where(i => i.Id == import).Select(i => i.State).SingleAsync());
    }
}
