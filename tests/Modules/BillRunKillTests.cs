using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;

namespace OpenHall.Tests.Modules;

/// <summary>A run cut off again and again, each time in the middle of whatever it did, with a new program on the same data after it: in the end everything is as if nothing had happened.</summary>
public class BillRunKillTests
{
    private const int Accounts = 5_000;

    [OpenToVisitors("a test")]
    private sealed record Sent(Guid RequestId) : ICommand;

    [Theory, BothDatabases]
    public async Task Cut_off_at_random_points_of_rating_and_release_it_gives_what_an_undisturbed_run_gives(TestHall hall)
    {
        var first = await Load(hall);
        var chance = new Random(20260331);

        // Accounts 2n and 2n+1 are alike; /a/ is billed undisturbed, /b/ is cut off.
        var calm = await hall.StartRun(202601, "/a/");
        Assert.Equal(BillRunState.Rated, await hall.Continue(calm));
        await Release(hall, calm);
        Assert.Equal(BillRunState.Released, await hall.Continue(calm));
        var broken = await hall.StartRun(202601, "/b/");
        var cuts = await CutOff(hall, broken, chance);
        Assert.Equal(BillRunState.Rated, await hall.Continue(broken));
        await Release(hall, broken);
        cuts += await CutOff(hall, broken, chance);
        Assert.Equal(BillRunState.Released, await hall.Continue(broken));
        Assert.True(cuts > 0, "Nothing was cut off.");

        var bills = (await hall.Bills()).ToDictionary(b => b.AccountId);
        Assert.Equal(Accounts, bills.Count);
        var lines = (await hall.Read(db => db.BillLines.Where(l => l.Bucket >= 0).ToListAsync())).ToLookup(l => l.AccountId);
        var booked = (await hall.Read(db => db.AccountJournalLines.Where(l => l.Bucket >= 0).ToListAsync())).ToLookup(l => l.AccountId);
        for (var id = first; id < first + Accounts; id += 2)
        {
            Assert.Equal(All(id), All(id + 1));
            Assert.Equal(bills[id].AmountFen, lines[id].Sum(l => l.AmountFen));
            if (bills[id].State == BillState.Issued) Assert.Equal(2, booked[id].Count());
        }

        string All(long id) => string.Join('\n', [
            $"{bills[id].Issue} {bills[id].State} {bills[id].FromDay} {bills[id].ToDay} {bills[id].UsageWh} {bills[id].CountedWh} {bills[id].AmountFen} {bills[id].DueDate} {bills[id].IssuedAtUtc is null}",
            .. lines[id].OrderBy(l => l.LineNumber).Select(l => $"{l.LineNumber} {l.SourceId} {l.TierFromWh} {l.TierUpToWh} {l.QuantityMicro} {l.PriceE8} {l.AmountFen} {l.Steps}"),
            .. booked[id].OrderBy(l => l.LineNumber).Select(l => $"{l.Account} {l.DebitFen} {l.CreditFen} {l.BusinessDate}")]);
    }

    private static async Task<int> CutOff(TestHall hall, Guid run, Random chance)
    {
        var cuts = 0;
        for (var i = 0; i < 4; i++)
        {
            using var cut = new CancellationTokenSource(TimeSpan.FromMilliseconds(chance.Next(2, 120)));
            try
            {
                await hall.As(BillRunIntents.Biller).Do((BillRunSteps steps) => steps.Continue(run, cut.Token));
            }
            catch (OperationCanceledException)
            {
                cuts++;
            }

            await hall.Restart();
        }

        return cuts;
    }

    private static Task<DateOnly> Release(TestHall hall, Guid run) => hall.As(BillRunIntents.Biller).Do((MoveBillRun move) => move.Handle(new MoveBillRun.Release(Guid.CreateVersion7(), run, null)));

    private static async Task<long> Load(TestHall hall)
    {
        var rows = Enumerable.Range(0, Accounts).Select(i => new LoadedAccount(CustomerKind.Person, "李" + i, null, "13800138000", null, i % 2 == 0 ? "/a/" : "/b/",
            CustomerIntents.Place($"KR{i:D8}", persons: (short)(i / 2 % 7)), new(2025, 12, 31), 0)).ToList();
        var first = await hall.As("customers.load").Do((LoadCustomers load) => load.Handle(new(Guid.CreateVersion7(), "kill", rows.Count), rows));
        // 0 to 2,499 kWh: none, some, several tiers; a first bill is kept back by no check below 5,000.
        await hall.As("x").Do((Work work) => work.Once(new Sent(Guid.CreateVersion7()), db => db.InsertMany(Enumerable.Range(0, Accounts).Select(i => new MeterReading
        {
            Bucket = MeterReading.BucketOf(first + i), AccountId = first + i, ReadOn = new(2026, 1, 31), MeterNumber = $"KR{i:D8}", Kind = ReadingKind.Cycle, Source = ReadingSource.Device, TotalWh = i / 2 * 1000L, EnteredAtUtc = hall.Clock.UtcNow,
        }))));
        return first;
    }
}
