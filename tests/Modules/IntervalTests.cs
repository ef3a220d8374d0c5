using System.Globalization;
using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Tests.Modules;

public class IntervalTests
{
    private static readonly string Quarters = string.Join(',', Enumerable.Range(0, 96).Select(i => $"{i / 4:00}:{i % 4 * 15:00}"));

    /// <summary>A day of 15 minutes: the same in each interval from 06:00 to 22:00, and another in the night.</summary>
    private static string Day(string account, DateOnly day, decimal byDay, decimal byNight, Func<int, bool>? isMissing = null) =>
        $"{account},{day:yyyy-MM-dd}," + string.Join(',', Enumerable.Range(0, 96).Select(i => isMissing?.Invoke(i) == true ? "" : (i is >= 24 and < 88 ? byDay : byNight).ToString(CultureInfo.InvariantCulture)));

    private static byte[] Wide(params string[] lines) => Encoding.UTF8.GetBytes($"户号,日期,{Quarters}\r\n" + string.Join("\r\n", lines));

    private static async Task<ReadingImport> Checked(TestHall hall, byte[] content)
    {
        var id = await hall.As(BillRunIntents.Biller).Do((ImportReadings import) => import.Handle(Guid.CreateVersion7(), "curve.csv", content));
        return await hall.Read(db => db.ReadingImports.SingleAsync(i => i.Id == id));
    }

    private static async Task<int> Import(TestHall hall, byte[] content)
    {
        var import = await Checked(hall, content);
        Assert.Empty(import.Report.Mistakes);
        return await hall.As(BillRunIntents.Biller).Do((ImportReadings i) => i.Handle(new ImportReadings.Confirm(Guid.CreateVersion7(), import.Id)));
    }

    private static IEnumerable<DateOnly> January => Enumerable.Range(1, 31).Select(d => new DateOnly(2026, 1, d));

    [Theory, BothDatabases]
    public async Task A_curve_is_kept_to_the_watt_hour_one_row_a_day_and_the_bill_divides_it_by_hours(TestHall hall)
    {
        var account = await hall.OpenAccount(place: CustomerIntents.Place(tariff: "power.shanghai.resident-tou", multiplier: 2));
        // 64 intervals of 0.025 by day, 32 of 0.0125 → 0.012 by night, before the multiplier of 2.
        Assert.Equal(31, await Import(hall, Wide([.. January.Select(d => Day(account.AccountNumber, d, 0.025m, 0.012m))])));
        var rows = await hall.Read(db => db.IntervalDays.ToListAsync());
        Assert.Equal(31, rows.Count);
        Assert.All(rows, r => Assert.Equal((1_984L, (short)0, 96), (r.EnergyWh, r.Missing, r.Packed.Length)));
        Assert.Equal([12L, 25L, 12L], new[] { 0, 24, 88 }.Select(i => rows[0].Values()[i]));
        await hall.Read(account, new(2026, 1, 31), 61.5m);
        await hall.Bill(202601);
        var bill = Assert.Single(await hall.Bills());
        // 31 days × 1.984 × 2 = 123.008 kWh: 99.2 by day at 0.617, 23.808 by night at 0.307.
        Assert.Equal((123_008L, true, 61_21L + 7_31L), (bill.UsageWh, bill.IsByIntervals, bill.AmountFen));
        var lines = await hall.Read(db => db.BillLines.OrderBy(l => l.LineNumber).ToListAsync());
        Assert.Equal([99.2m, 23.808m], lines.Select(l => l.Quantity));
        Assert.Empty((await hall.As("bills.see", "customers.see").Do((RebillPreview preview) => preview.Of(bill.Number, false))).Preview);
    }

    [Theory, BothDatabases]
    public async Task Gaps_are_found_filled_by_a_later_file_and_never_overwritten(TestHall hall)
    {
        var account = await hall.OpenAccount(place: CustomerIntents.Place(tariff: "power.shanghai.resident-tou"));
        var days = January.Where(d => d.Day != 20).Select(d => Day(account.AccountNumber, d, 0.025m, 0.012m, d.Day == 7 ? i => i is 40 or 41 : null)).ToArray();
        var import = await Checked(hall, Wide(days));
        Assert.Equal([("interval.gaps", "2026-01-07"), ("interval.days_missing", "2026-01-20")], import.Report.Warnings.Select(w => (w.Code, w.Values[1])));
        await hall.As(BillRunIntents.Biller).Do((ImportReadings i) => i.Handle(new ImportReadings.Confirm(Guid.CreateVersion7(), import.Id)));
        await hall.Read(account, new(2026, 1, 31), 61.504m);
        var run = await hall.Bill(202601);
        var finding = Assert.Single(await hall.Read(db => db.BillRunFindings.Where(f => f.RunId == run).ToListAsync()));
        Assert.Equal(("interval.gaps", "98"), (finding.Code, finding.Details));

        var wrong = await Checked(hall, Wide(Day(account.AccountNumber, new(2026, 1, 7), 0.026m, 0.012m)));
        Assert.Equal("interval.contradicts", Assert.Single(wrong.Report.Mistakes).Code);
        Assert.Equal(2, await Import(hall, Wide(Day(account.AccountNumber, new(2026, 1, 7), 0.025m, 0.012m), Day(account.AccountNumber, new(2026, 1, 20), 0.025m, 0.012m), Day(account.AccountNumber, new(2026, 1, 21), 0.025m, 0.012m))));
        await hall.Bill(202601);
        Assert.Equal(61_504L, Assert.Single(await hall.Bills()).UsageWh);
    }

    [Theory, BothDatabases]
    public async Task Each_mistake_of_a_file_stands_at_its_line_and_nothing_is_written(TestHall hall)
    {
        var account = await hall.OpenAccount();
        var a = account.AccountNumber;
        var import = await Checked(hall, Encoding.UTF8.GetBytes("户号,时间,电量\r\n" + string.Join("\r\n",
            $"{a},2026-03-01 00:00,1", $"{a},2026-03-01 00:30,1.5", $"{a},2026-03-01 00:30,1.5", $"{a},2026-03-01 00:40,1", $"{a},2026-03-01 25:00,1", $"{a},2026-03-01 01:00,1.2345", $"999,2026-03-01 01:00,1", $"{a},2026-03-31 00:00,1")));
        Assert.Equal(ReadingImportState.Wrong, import.State);
        Assert.Equal([(4, "interval.twice"), (5, "interval.off_grid"), (6, "interval.time_wrong"), (7, "interval.value_wrong"), (8, "reading.account_unknown"), (9, "interval.day_not_over")], import.Report.Mistakes.OrderBy(m => m.Line).Select(m => (m.Line, m.Code)));
        Assert.False(await hall.Read(db => db.IntervalDays.AnyAsync(d => d.Bucket >= 0)));
    }

    [Theory, BothDatabases]
    public async Task Lines_by_time_and_a_line_a_day_give_the_same_curve_named_by_beginning_or_end(TestHall hall)
    {
        var (one, two, three) = (await hall.OpenAccount(), await hall.OpenAccount(), await hall.OpenAccount());
        var day = new DateOnly(2026, 3, 1);
        await Import(hall, Encoding.UTF8.GetBytes("account,time,kwh\n" + string.Join('\n', Enumerable.Range(0, 24).Select(h => $"{one.AccountNumber},2026-03-01 {h:00}:00,{h}"))));
        await Import(hall, Encoding.UTF8.GetBytes("account,time_end,kwh\n" + string.Join('\n', Enumerable.Range(0, 24).Select(h => $"{two.AccountNumber},{day.ToDateTime(new()).AddHours(h + 1):yyyy-MM-dd HH:mm},{h}"))));
        await Import(hall, Encoding.UTF8.GetBytes("account,date," + string.Join(',', Enumerable.Range(1, 24).Select(h => $"{h:00}:00")) + $"\n{three.AccountNumber},2026-03-01," + string.Join(',', Enumerable.Range(0, 24))));
        var rows = await hall.Read(db => db.IntervalDays.OrderBy(d => d.AccountId).ToListAsync());
        Assert.Equal(3, rows.Count);
        Assert.All(rows, r => Assert.Equal((day, (short)60, 276_000L), (r.Day, r.Minutes, r.EnergyWh)));
        Assert.All(rows, r => Assert.Equal(Enumerable.Range(0, 24).Select(h => h * 1000L), r.Values()));
        var (_, days) = await hall.As("bills.see", "customers.see").Do((LoadCurves curves) => curves.Of(one.AccountNumber, day, day));
        Assert.Equal((23m, 276m, 0), (days[0].MaxKw, days[0].Total, days[0].Missing));
    }

    [Fact]
    public void Any_curve_unpacks_to_what_was_packed()
    {
        Check.Sample(Gen.Int[0, 2].SelectMany(n => Gen.Long[-1, IntervalDay.MostWh].Array[1440 / (15 << n)].Select(v => (n, v))), x =>
        {
            var values = x.v.Select(v => v < 0 ? IntervalSeries.Missing : v).ToArray();
            var day = IntervalDay.Of(100_000_001, new(2026, 1, 1), 0, "M", 15 << x.n, values, null, default);
            Assert.Equal(values, day.Values());
            Assert.Equal(values.Count(v => v == IntervalSeries.Missing), day.Missing);
        });
    }

    [Theory, BothDatabases]
    public async Task A_curve_far_from_the_register_is_a_finding(TestHall hall)
    {
        var account = await hall.OpenAccount(place: CustomerIntents.Place(tariff: "power.shanghai.resident-tou"));
        await Import(hall, Wide([.. January.Select(d => Day(account.AccountNumber, d, 0.025m, 0.012m))]));
        await hall.Read(account, new(2026, 1, 31), 70);
        var run = await hall.Bill(202601);
        var finding = await hall.Read(db => db.BillRunFindings.SingleAsync(f => f.RunId == run));
        Assert.Equal(("interval.differs", "61.504|70"), (finding.Code, finding.Details));
    }

    [Theory, BothDatabases]
    public async Task Over_capacity_another_meter_and_less_than_nothing_are_kept_back(TestHall hall)
    {
        var small = await hall.OpenAccount(place: CustomerIntents.Place() with { ContractKva = 1 });
        var peak = await hall.OpenAccount(place: CustomerIntents.Place(tariff: "power.shanghai.resident-tou") with { ContractKva = 8 });
        var replaced = await hall.OpenAccount();
        await Import(hall, Wide([.. January.Select(d => Day(peak.AccountNumber, d, d.Day == 9 ? 2.2m : 0.025m, 0.012m))]));
        await hall.Read(small, new(2026, 1, 31), 800);
        await hall.Read(peak, new(2026, 1, 31), 200.704m);
        await hall.Read(replaced, new(2026, 1, 31), 100);
        await hall.As(CustomerIntents.Clerk).Do((ChangeSupplyPoint change) => change.Handle(new(Guid.CreateVersion7(), replaced.AccountNumber, CustomerIntents.Place("NEW00001"))));
        await hall.Bill(202601);
        var held = await hall.Read(db => db.HeldBills.OrderBy(h => h.AccountId).Select(h => new { h.AccountId, h.Codes }).ToListAsync());
        // 800 kWh in 744 hours are above 1.05 kVA; 2.2 kWh in a quarter of an hour are 8.8 kW.
        Assert.Equal([(small.AccountId, "capacity"), (peak.AccountId, "capacity"), (replaced.AccountId, "meter")], held.Select(h => (h.AccountId, h.Codes)));
    }

    [Theory, BothDatabases]
    public async Task A_bill_shows_its_net_and_tax_by_the_rate_of_its_last_day(TestHall hall)
    {
        var account = await hall.OpenAccount();
        await hall.Read(account, new(2026, 1, 31), 231.416m);
        await hall.Bill(202601);
        var bill = Assert.Single(await hall.Bills());
        var vat = ((VatTerms)hall.Services.GetService(typeof(VatTerms))!).Of(bill, null);
        // ¥113.00 with 13 %: 100.00 and 13.00.
        Assert.Equal((113_00L, (0.13m, new Money(100_00), new Money(13_00))), (bill.AmountFen, vat));
    }

    [Fact]
    public async Task Where_prices_are_without_tax_it_is_a_line_of_its_own_and_all_adds_up()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        var folder = Directory.CreateTempSubdirectory("openhall-vat-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "power"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "power", "billing.yaml"), "vat: { name: [增值税, VAT], notice: N1, rates: [{ from: 2019-04-01, rate: 0.13 }, { from: 2018-05-01, rate: 0.16 }], pricesWithoutTax: [.beijing.] }\n");
            var packs = Packs.Read(folder.FullName, "power");
            var terms = VatTerms.Read(packs);
            packs.ThrowIfWrong();
            Assert.Equal([null, 0.16m, 0.13m], new[] { new DateOnly(2018, 4, 30), new(2019, 3, 31), new(2019, 4, 1) }.Select(terms.RateOn));
            var point = SupplyPoint.At(100_000_001, "M1", "x", "power.beijing.resident");
            MeterReading Read(DateOnly on, ReadingKind kind, long wh) => new() { AccountId = point.AccountId, Bucket = point.Bucket, ReadOn = on, MeterNumber = "M1", Kind = kind, TotalWh = wh };
            var maker = new BillMaker((Tariffs)hall.Services.GetService(typeof(Tariffs))!, new LineSources(), terms);
            var made = maker.Make(new(point, Read(new(2025, 12, 31), ReadingKind.First, 0), [Read(new(2026, 1, 31), ReadingKind.Cycle, 310_500)], null, new Dictionary<int, long>(), 0), new(202601), Guid.Empty, new(2026, 2, 15), default);
            // 151.62 without tax, 19.7106 of tax.
            Assert.Equal([151_62L, 19_71L], made.Lines.Select(l => l.AmountFen));
            Assert.Equal((171_33L, (0.13m, new Money(151_62), new Money(19_71))), (made.Bill!.AmountFen, terms.Of(made.Bill, made.Lines[^1].Amount)));
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
