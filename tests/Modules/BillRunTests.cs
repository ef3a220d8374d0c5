using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

public static class BillRunIntents
{
    public static readonly string[] Biller = ["customers.see", "bills.see", "bills.run", "bills.release", "readings.import", "readings.enter"];

    extension(TestHall hall)
    {
        /// <summary>Writes a reading past the import, as a meter would send it.</summary>
        public Task Read(OpenAccount.Opened account, DateOnly on, decimal kwh, decimal? peak = null, decimal? valley = null) => hall.As("x").Do((Work work) => work.Once(new Sent(Guid.CreateVersion7()), async db =>
        {
            var meter = await db.SupplyPoints.Where(p => p.AccountId == account.AccountId).Select(p => p.MeterNumber).SingleAsync();
            await db.InsertMany([new MeterReading
            {
                Bucket = MeterReading.BucketOf(account.AccountId), AccountId = account.AccountId, ReadOn = on, MeterNumber = meter, Kind = ReadingKind.Cycle, Source = ReadingSource.Device,
                TotalWh = (long)(kwh * 1000), PeakWh = (long?)(peak * 1000), ValleyWh = (long?)(valley * 1000), EnteredAtUtc = hall.Clock.UtcNow,
            }]);
            return true;
        }));

        public async Task<Guid> StartRun(int period, string unit = "/") =>
            await hall.As(Biller).Do((StartBillRun start) => start.Handle(new(Guid.CreateVersion7(), period, unit)));

        public Task<BillRunState> Continue(Guid run, int most = int.MaxValue) => hall.As(Biller).Do((BillRunSteps steps) => steps.Continue(run, default, most));

        /// <summary>A whole run: bills made, released, due.</summary>
        public async Task<Guid> Bill(int period)
        {
            var run = await hall.StartRun(period);
            Assert.Equal(BillRunState.Rated, await hall.Continue(run));
            await hall.As(Biller).Do((MoveBillRun move) => move.Handle(new MoveBillRun.Release(Guid.CreateVersion7(), run, null)));
            Assert.Equal(BillRunState.Released, await hall.Continue(run));
            return run;
        }

        public Task<List<CustomerBill>> Bills() => hall.Read(db => db.CustomerBills.OrderBy(b => b.AccountId).ThenBy(b => b.Period).ThenBy(b => b.Issue).ToListAsync());
    }

    [OpenToVisitors("a test")]
    private sealed record Sent(Guid RequestId) : ICommand;
}

public class BillRunTests
{
    private static DateOnly EndOf(int month) => new DateOnly(2026, month, 1).AddMonths(1).AddDays(-1);

    [Theory, BothDatabases]
    public async Task Readings_become_bills_with_lines_that_add_up_and_release_books_them(TestHall hall)
    {
        var account = await hall.OpenAccount(firstWh: 1_000_000);
        await hall.Read(account, EndOf(1), 1_310.5m);
        await hall.Bill(202601);
        var bill = Assert.Single(await hall.Bills());
        // 310.5 kWh at 0.4883 yuan.
        Assert.Equal((310_500, 151_62L, BillState.Issued), (bill.UsageWh, bill.AmountFen, bill.State));
        Assert.Equal(new DateOnly(2026, 4, 15), bill.DueDate);
        var lines = await hall.Read(db => db.BillLines.ToListAsync());
        Assert.Equal(bill.AmountFen, lines.Sum(l => l.AmountFen));
        Assert.Equal(0.4883m, Assert.Single(lines).Price);
        var posted = await hall.Read(db => db.AccountJournalLines.OrderBy(l => l.LineNumber).ToListAsync());
        Assert.Equal([("1122", 151_62L, 0L), ("6001", 0L, 151_62L)], posted.Select(l => (l.Account, l.DebitFen, l.CreditFen)));
        Assert.All(posted, l => Assert.Equal(bill.Number, l.Reference));
    }

    [Theory, BothDatabases]
    public async Task Yearly_tiers_are_carried_over_the_months_and_begin_anew_in_the_next_year(TestHall hall)
    {
        hall.Clock.SetTo(new DateTime(2026, 12, 31, 12, 0, 0, DateTimeKind.Utc));
        var account = await hall.OpenAccount(on: new(2025, 11, 30));
        await hall.Read(account, new(2025, 12, 31), 700);
        await hall.Bill(202512);
        decimal register = 700;
        for (var month = 1; month <= 12; month++)
        {
            register += 500;
            await hall.Read(account, EndOf(month), register);
            await hall.Bill(202600 + month);
        }

        var bills = await hall.Bills();
        Assert.Equal(0, bills[0].YearToDateWh);
        Assert.Equal(0, bills[1].YearToDateWh);
        Assert.Equal(5_500_000, bills[^1].YearToDateWh);
        // 6,000 kWh of 2026: 2,880 at 0.4883, 1,920 at 0.5383, 1,200 at 0.7883, each month's lines rounded.
        var year = bills.Skip(1).Sum(b => b.AmountFen) / 100m;
        Assert.InRange(year, 2880 * 0.4883m + 1920 * 0.5383m + 1200 * 0.7883m - 0.1m, 2880 * 0.4883m + 1920 * 0.5383m + 1200 * 0.7883m + 0.1m);
        var june = await hall.Read(db => db.BillLines.Where(l => l.Period == 202606).OrderBy(l => l.LineNumber).ToListAsync());
        Assert.Equal([380m, 120m], june.Select(l => l.Quantity));
        Assert.Equal([0.4883m, 0.5383m], june.Select(l => l.Price));
    }

    [Theory, BothDatabases]
    public async Task Free_quota_larger_household_and_multiplier_change_the_bill(TestHall hall)
    {
        var poor = await hall.OpenAccount(place: CustomerIntents.Place(quota: "low-income"));
        var large = await hall.OpenAccount(place: CustomerIntents.Place(persons: 6));
        var works = await hall.OpenAccount(place: CustomerIntents.Place(multiplier: 10));
        await hall.Read(poor, EndOf(1), 115);
        await hall.Read(large, EndOf(1), 4_000);
        await hall.Read(works, EndOf(1), 10);
        await hall.Bill(202601);
        var bills = (await hall.Bills()).ToDictionary(b => b.AccountId);
        Assert.Equal(48_83, bills[poor.AccountId].AmountFen);
        Assert.Equal(1953_20, bills[large.AccountId].AmountFen);
        Assert.Equal(100_000, bills[works.AccountId].UsageWh);
    }

    [Theory, BothDatabases]
    public async Task Bad_meters_are_findings_and_the_run_finishes(TestHall hall)
    {
        var good = await hall.OpenAccount();
        var unread = await hall.OpenAccount();
        var tou = await hall.OpenAccount(place: CustomerIntents.Place(tariff: "power.zhejiang.resident-tou"));
        var back = await hall.OpenAccount(firstWh: 500_000);
        await hall.Read(good, EndOf(1), 100);
        await hall.Read(tou, EndOf(1), 100);
        await hall.Read(back, EndOf(1), 400);
        var run = await hall.Bill(202601);
        Assert.Equal(good.AccountId, Assert.Single(await hall.Bills()).AccountId);
        var findings = await hall.Read(db => db.BillRunFindings.Where(f => f.RunId == run).OrderBy(f => f.AccountId).ToListAsync());
        Assert.Equal([(unread.AccountId, "reading.missing"), (tou.AccountId, "usage.bands_missing"), (back.AccountId, "usage.negative")], findings.Select(f => (f.AccountId, f.Code)));
        // Read later: the next run of the same month makes only what is missing.
        await hall.Read(unread, EndOf(1), 50);
        await hall.Bill(202601);
        Assert.Equal(2, (await hall.Bills()).Count);
    }

    [Theory, BothDatabases]
    public async Task A_register_that_passes_its_last_digit_is_billed_for_what_it_turned(TestHall hall)
    {
        var account = await hall.OpenAccount(firstWh: 99_950_000, place: CustomerIntents.Place(digits: 5));
        await hall.Read(account, EndOf(1), 150);
        await hall.Bill(202601);
        Assert.Equal(200_000, Assert.Single(await hall.Bills()).UsageWh);
    }

    [Theory, BothDatabases]
    public async Task A_month_without_a_bill_gives_its_monthly_limits_to_the_next(TestHall hall)
    {
        var account = await hall.OpenAccount(place: CustomerIntents.Place(tariff: "power.guangdong.resident"));
        await hall.Read(account, EndOf(1), 200);
        await hall.Bill(202601);
        await hall.Read(account, EndOf(3), 600);
        await hall.Bill(202603);
        // February and March: 400 kWh inside two limits of 200.
        Assert.Equal(235_60, (await hall.Bills())[1].AmountFen);
    }

    [Theory, BothDatabases]
    public async Task A_run_killed_in_the_middle_and_resumed_gives_the_bills_of_an_undisturbed_one(TestHall hall)
    {
        var rows = Enumerable.Range(0, 6_000).Select(i => new LoadedAccount(CustomerKind.Person, "李" + i, null, "13800138000", null, i % 2 == 0 ? "/a/" : "/b/",
            CustomerIntents.Place($"CR{i:D8}", persons: (short)(i % 7)), new(2025, 12, 31), 0)).ToList();
        var first = await hall.As("customers.load").Do((LoadCustomers load) => load.Handle(new(Guid.CreateVersion7(), "crash", rows.Count), rows));
        await hall.As("x").Do((Work work) => work.Once(new Many(Guid.CreateVersion7()), db => db.InsertMany(Enumerable.Range(0, rows.Count).Select(i => new MeterReading
        {
            Bucket = MeterReading.BucketOf(first + i), AccountId = first + i, ReadOn = EndOf(1), MeterNumber = "M", Kind = ReadingKind.Cycle, Source = ReadingSource.Device, TotalWh = i / 2 * 1000L, EnteredAtUtc = hall.Clock.UtcNow,
        }))));

        // Accounts 2n and 2n+1 have the same usage; unit /a/ is billed undisturbed, /b/ is stopped in the middle of a transaction.
        var calm = await hall.StartRun(202601, "/a/");
        Assert.Equal(BillRunState.Rated, await hall.Continue(calm));
        var broken = await hall.StartRun(202601, "/b/");
        Assert.Equal(BillRunState.Rating, await hall.Continue(broken, most: 1));
        using var kill = new CancellationTokenSource();
        kill.CancelAfter(15);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hall.As(BillRunIntents.Biller).Do((BillRunSteps steps) => steps.Continue(broken, kill.Token)));
        var both = await Task.WhenAll(hall.Continue(broken), hall.Continue(broken));
        Assert.All(both, state => Assert.Equal(BillRunState.Rated, state));

        var bills = await hall.Bills();
        Assert.Equal(6_000, bills.Count);
        var persons = rows.Select(r => r.SupplyPoint.Persons).ToList();
        foreach (var bill in bills) Assert.Equal((bill.AccountId - first) / 2 * 1000, bill.UsageWh);
        var lines = (await hall.Read(db => db.BillLines.ToListAsync())).ToLookup(l => l.AccountId);
        Assert.All(bills, b => Assert.Equal(b.AmountFen, lines[b.AccountId].Sum(l => l.AmountFen)));
        foreach (var pair in bills.GroupBy(b => (b.UsageWh, IsLarge: persons[(int)(b.AccountId - first)] >= 6)))
            Assert.Single(pair.Select(b => string.Join(';', lines[b.AccountId].OrderBy(l => l.LineNumber).Select(l => (l.SourceId, l.QuantityMicro, l.PriceE8, l.AmountFen)))).Distinct());
    }

    [OpenToVisitors("a test")]
    private sealed record Many(Guid RequestId) : ICommand;

    [Theory, BothDatabases]
    public async Task Two_runs_of_a_month_at_once_are_refused_and_a_dropped_one_makes_way(TestHall hall)
    {
        var account = await hall.OpenAccount();
        await hall.Read(account, EndOf(1), 100);
        var run = await hall.StartRun(202601);
        Assert.Equal("run.already_there", (await Assert.ThrowsAsync<Refused>(() => hall.StartRun(202601))).Code);
        await hall.Continue(run);
        await hall.As(BillRunIntents.Biller).Do((MoveBillRun move) => move.Handle(new MoveBillRun.Command(Guid.CreateVersion7(), run, BillRunState.Dropped)));
        Assert.Equal(BillState.Cancelled, Assert.Single(await hall.Bills()).State);
        await hall.Bill(202601);
        var bills = await hall.Bills();
        Assert.Equal([(0, BillState.Cancelled), (1, BillState.Issued)], bills.Select(b => ((int)b.Issue, b.State)));
    }

    [Theory, BothDatabases]
    public async Task A_paused_run_stands_still_until_it_is_resumed(TestHall hall)
    {
        var account = await hall.OpenAccount();
        await hall.Read(account, EndOf(1), 100);
        var run = await hall.StartRun(202601);
        var biller = hall.As(BillRunIntents.Biller);
        await biller.Do((MoveBillRun move) => move.Handle(new MoveBillRun.Command(Guid.CreateVersion7(), run, BillRunState.RatingPaused)));
        Assert.Equal(BillRunState.RatingPaused, await hall.Continue(run));
        Assert.Empty(await hall.Bills());
        await biller.Do((MoveBillRun move) => move.Handle(new MoveBillRun.Command(Guid.CreateVersion7(), run, BillRunState.Rating)));
        Assert.Equal(BillRunState.Rated, await hall.Continue(run));
        Assert.Single(await hall.Bills());
    }
}
