using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Tests.Modules;

/// <summary>需量、无功、上网 and prices told month by month, from the reading to the bill.</summary>
public class RegisterTests
{
    private const string TwoPart = "power.shanghai.two-part";

    private static Task<OpenAccount.Opened> Factory(TestHall hall, int? kva = 200) =>
        hall.OpenAccount("青石机械厂", "13900000000", new("GS00000001", 6, 20, "江城市东湖区文三路 1 号", TwoPart, Voltage.Kv10, 0, null, false, false, kva));

    private static async Task<ReadingImport> Import(TestHall hall, string lines, bool confirms = true)
    {
        var person = hall.As(BillRunIntents.Biller);
        var id = await person.Do((ImportReadings i) => i.Handle(Guid.CreateVersion7(), "r.csv", Encoding.UTF8.GetBytes("户号,日期,示数,峰,平,谷,需量,无功,上网\r\n" + lines)));
        if (confirms) await person.Do((ImportReadings i) => i.Handle(new ImportReadings.Confirm(Guid.CreateVersion7(), id)));
        return await hall.Read(db => db.Set<ReadingImport>().SingleAsync(i => i.Id == id));
    }

    private static Task<int> Tell(TestHall hall, int period, decimal yuan, string tariff = TwoPart, string charge = "energy") =>
        hall.As(BillRunIntents.Biller).Do((SetGivenPrice set) => set.Handle(new(Guid.CreateVersion7(), tariff, charge, period, yuan, "代理购电公告")));

    [Theory, BothDatabases]
    public async Task A_two_part_bill_is_by_band_capacity_and_power_factor_at_the_price_of_the_month(TestHall hall)
    {
        var account = await Factory(hall);
        await Import(hall, $"{account.AccountNumber},2026-01-31,200,60,80,60,6.5,100,\r\n{account.AccountNumber},2026-02-28,400,120,180,100,7,280,");
        // Nobody has told the price of the months yet: a finding, no bill.
        var run = await hall.Bill(202601);
        Assert.Equal("usage.base_price_missing", (await hall.Read(db => db.BillRunFindings.SingleAsync(f => f.RunId == run))).Code);
        await Tell(hall, 202601, 0.60m);
        await Tell(hall, 202602, 0.65m);
        await hall.Bill(202601);
        await hall.Bill(202602);
        var bills = await hall.Bills();
        Assert.Equal([(202601, 4_000_000L), (202602, 4_000_000L)], bills.Select(b => (b.Period, b.UsageWh)));
        // January has no power factor: the register's first value begins it.
        var tariff = ((Tariffs)hall.Services.GetService(typeof(Tariffs))!).Find(TwoPart)!;
        var usage = new Usage
        {
            From = new(2026, 2, 1), To = new(2026, 2, 28), Months = 1, ByBand = new KwhByBand(0, 1200, 2000, 800, 0),
            Prices = new Dictionary<string, BandPrices> { ["energy"] = new(0.65m) },
            Power = new() { Capacity = [new(new(2026, 2, 1), new(2026, 2, 28), 200)], MaxDemandKw = 140, Kvarh = 3600 },
        };
        var wanted = tariff.Rate(usage);
        Assert.Equal(wanted.Total.Fen, bills[1].AmountFen);
        Assert.Equal(wanted.Lines.Count, await hall.Read(db => db.BillLines.CountAsync(l => l.Bucket >= 0 && l.Period == 202602)));
        // tan φ 0.9: cos φ 0.74, far below 0.90.
        var penalty = Assert.Single(wanted.Lines, l => l.Source.Kind == LineKind.PowerFactor);
        Assert.True(penalty.Amount > Money.Zero);
        await hall.HasStaff("B001", "billing", null);
        using var browser = await hall.SignedIn("B001");
        var text = WebUtility.HtmlDecode(await browser.Text("/bill/" + bills[1].Number));
        foreach (var word in new[] { "无功", "3,600 kvarh", "最大需量", "140 kW", "峰" }) Assert.Contains(word, text, StringComparison.Ordinal);
        Assert.Contains("代理购电公告", WebUtility.HtmlDecode(await browser.Text("/given-prices?month=2026-02")), StringComparison.Ordinal);
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task A_corrected_price_of_the_month_bills_anew_and_strange_prices_are_refused(TestHall hall)
    {
        var refused = await Assert.ThrowsAsync<Refused>(() => hall.As(BillRunIntents.Biller).Do((SetGivenPrice set) => set.Handle(new(Guid.CreateVersion7(), "power.beijing.resident", "energy", 202613, 0, " "))));
        Assert.Equal([("What", "given.charge_unknown"), ("Month", "period.wrong"), ("Yuan", "given.price_wrong"), ("Notice", "given.notice_missing")], refused.All.Select(r => (r.Field!, r.Code)));
        await Tell(hall, 202601, 0.60m);
        await Tell(hall, 202601, 0.61m);
        Assert.Equal(0.61m, (await hall.Read(db => db.GivenPrices.SingleAsync())).Yuan);
        Assert.Equal("permission.missing", (await Assert.ThrowsAsync<Refused>(() => hall.As("bills.see").Do((SetGivenPrice set) => set.Handle(new(Guid.CreateVersion7(), TwoPart, "energy", 202601, 1, "x"))))).Code);
        var account = await Factory(hall);
        await Import(hall, $"{account.AccountNumber},2026-01-31,200,60,80,60,6.5,100,");
        await hall.Bill(202601);
        var bill = Assert.Single(await hall.Bills());
        await Tell(hall, 202601, 0.70m);
        // 0.09 yuan more, by the factors of winter.
        var view = await hall.As("bills.see", "customers.see").Do((RebillPreview rebill) => rebill.Of(bill.Number, false));
        Assert.Equal(new Money((long)(9 * (1200 * 1.8m + 1600 + 1200 * 0.4m))), view.Difference);
    }

    [Theory, BothDatabases]
    public async Task Entered_by_hand_a_register_does_not_run_backwards_and_may_be_left_out(TestHall hall)
    {
        var account = await Factory(hall);
        Task<int> Enter(DateOnly on, decimal kwh, decimal? kvarh, decimal? demand = null, decimal? fedIn = null) => hall.As("readings.enter").Do((EnterReading enter) =>
            enter.Handle(new(Guid.CreateVersion7(), account.AccountNumber, on, kwh, null, kwh, 0, 0, null, ReadingKind.Cycle, "核对", demand, kvarh, fedIn)));
        await Enter(new(2026, 1, 31), 1000, 500, 6.5m, 20);
        Assert.Equal("reading.backwards", (await Assert.ThrowsAsync<Refused>(() => Enter(new(2026, 2, 28), 2000, 400))).Code);
        Assert.Equal("reading.value_wrong", (await Assert.ThrowsAsync<Refused>(() => Enter(new(2026, 2, 28), 2000, 600, -1))).Code);
        await Enter(new(2026, 2, 28), 2000, null, 3);
        var readings = await hall.Read(db => db.MeterReadings.Where(r => r.Bucket >= 0).OrderBy(r => r.ReadOn).ToListAsync());
        Assert.Equal([(null, null, null), (6500L, 500_000L, 20_000L), (3000L, null, null)], readings.Select(r => (r.DemandW, r.ReactiveVarh, r.FeedInWh)));
        Assert.Equal("reading.value_wrong", (await Import(hall, $"{account.AccountNumber},2026-03-30,3000,3000,0,0,viele,,", confirms: false)).Report.Mistakes.Single().Code);
    }

    [Fact]
    public void Energy_fed_in_counts_from_the_registers_first_value_over_its_last_digit_and_the_greatest_demand_is_kept()
    {
        MeterReading Of(int day, long? demand, long? varh, long? fedIn, ReadingKind kind = ReadingKind.Cycle) => new() { MeterNumber = "M", ReadOn = new(2026, 1, day), Kind = kind, DemandW = demand, ReactiveVarh = varh, FeedInWh = fedIn };
        var range = Registers.RangeWh(4);
        var power = Registers.PowerBetween(Of(1, null, null, range - 1000), [Of(10, 9000, 5000, 500), Of(20, 4000, 8000, 900), Of(21, null, 0, null, ReadingKind.First), Of(31, 2000, 1000, null)], 4);
        Assert.Equal(new PowerRegisters(9000, 4000, 1900), power);
        Assert.True(Registers.PowerBetween(Of(1, null, null, null), [Of(31, null, null, null)], 4).IsEmpty);
    }
}
