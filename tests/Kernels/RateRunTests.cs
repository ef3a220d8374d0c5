using CsCheck;
using OpenHall.Rating;
using OpenHall.TariffFiles;

namespace OpenHall.Tests.Kernels;

public sealed class RateRunTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rate").FullName;

    int files;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    RateRun Open(string name, string text, string? accounts = null)
    {
        var run = new RateRun(PackTariffs.All, Write(name, text), accounts);
        Assert.Empty(run.Check());
        return run;
    }

    string[] Csv(string name, string text)
    {
        var output = new StringWriter();
        BillCsv.Write(Open(name, text), output);
        return output.ToString().TrimEnd().Split('\n');
    }

    [Fact]
    public void Registers_are_rated_and_the_year_is_carried()
    {
        Assert.Equal(
        [
            "account,from,to,tariff,total,counted_kwh,error,energy.tier-1.quantity,energy.tier-1.price,energy.tier-1.amount,energy.tier-2.quantity,energy.tier-2.price,energy.tier-2.amount",
            "A1,2025-01-01,2025-06-30,power.beijing.resident,1367.24,2800,,2800,0.4883,1367.24,,,",
            "A1,2025-07-01,2025-07-31,power.beijing.resident,103.66,200,,80,0.4883,39.06,120,0.5383,64.60",
            "A2,2025-07-01,2025-07-31,power.nowhere,0.00,0,there is no tariff power.nowhere,,,,,,",
        ], Csv("u.csv", """
            account,tariff,from,to,kwh,persons
            A1,power.beijing.resident,2025-01-01,2025-06-30,2800,
            A1,power.beijing.resident,2025-07-01,2025-07-31,200,2
            A2,power.nowhere,2025-07-01,2025-07-31,200,
            """));
    }

    [Fact]
    public void Readings_of_a_replaced_meter_are_added()
    {
        // old meter 99,950 → 00,030 of five digits: 80; new meter 0 → 20: 20
        var run = Open("r.csv", """
            account,tariff,from,to,register,start,end,digits,multiplier
            A1,power.beijing.resident,2025-01-01,2025-01-31,total,99950,30,5,1
            A1,power.beijing.resident,2025-01-01,2025-01-31,total,0,20,5,1
            """);
        Assert.Equal(100m, Assert.Single(run.Rows()).Bill.CountedKwh);
    }

    [Fact]
    public void A_load_curve_becomes_a_bill_for_each_month()
    {
        var lines = Enumerable.Range(0, 59 * 24).Select(h => $"A1,{new DateTime(2025, 1, 1).AddHours(h):yyyy-MM-dd HH:mm},1");
        var accounts = Write("a.csv", "account,tariff,base_price\nA1,power.beijing.commercial-1kv,1");
        var bills = Open("i.csv", "account,time,kwh\n" + string.Join('\n', lines), accounts).Rows().ToList();
        // January: sharp 18–21 is 3 hours, peak 3 + 5 − 3 = 5, flat 8, valley 8: ×31
        Assert.Equal("Energy Sharp 93×2.16=200.88 + Energy Peak 155×1.8=279.00 + Energy Flat 248×1=248.00 + Energy Valley 248×0.3=74.40 = 802.28", bills[0].Bill.Show());
        // February: peak 8, flat 8, valley 8: ×28
        Assert.Equal("Energy Peak 224×1.8=403.20 + Energy Flat 224×1=224.00 + Energy Valley 224×0.3=67.20 = 694.40", bills[1].Bill.Show());
    }

    [Fact]
    public void Every_mistake_is_told_with_its_line()
    {
        var findings = new RateRun(PackTariffs.All, Write("w.csv", """
            account,from,to,kwh,colour
            A1,2025-01-01,2025-01-31,abc,
            ,2025-01-01,2025-01-31,1,
            A1,2025-01-01,1 Feb,1,
            A1,2025-01-01
            """)).Check();
        Assert.Equal([(2, "usage.unknown_column"), (2, "usage.not_a_number"), (3, "usage.no_account"), (4, "usage.not_a_date"), (4, "usage.no_period"), (5, "usage.field_count")],
            findings.Select(f => (f.Line, f.Code)));
    }

    [Fact]
    public void Json_gives_every_line_with_its_notice()
    {
        var run = Open("u.json", """[{ "account": "A1", "tariff": "power.beijing.resident", "from": "2025-11-01", "to": "2025-11-30", "kwh": 200, "ytd": 2800 }]""");
        using var output = new MemoryStream();
        BillJson.Write(run, output);
        using var json = System.Text.Json.JsonDocument.Parse(output.ToArray());
        var line = json.RootElement[0].GetProperty("lines")[1];
        Assert.Equal((2880m, 4800m, 120m, 64.60m), (line.GetProperty("from").GetDecimal(), line.GetProperty("upTo").GetDecimal(), line.GetProperty("quantity").GetDecimal(), line.GetProperty("amount").GetDecimal()));
    }

    string[] Run(string name, string text) => [.. Open(name, text).Rows().Select(r => $"{r.Account}: {r.Bill.Show()}")];

    [Fact]
    public void Months_of_a_plan_are_rated() =>
        // 120 GB and 50 MB: 1.50; 1,003 min: 0.45
        Assert.Equal(["A1: MonthlyFee 1×199=199.00 + Allowance 122880×0=0.00 + Allowance 1000×0=0.00 + Overage 3×0.15=0.45 + Overage 50×0.03=1.50 = 200.95"],
            Run("t.csv", "account,tariff,from,to,use.voice,use.data\nA1,telecom.ct-5ga-199,2025-05-01,2025-05-31,1003,122930"));

    [Fact]
    public void Letters_of_a_heading_may_be_large_and_numbers_written_by_machines() =>
        Assert.Equal(["A1: Energy1 100×0.4883=48.83 = 48.83"], Run("u.csv", "\uFEFFAccount,Tariff,From,To,kWh,Combined\r\nA1,power.beijing.resident,2025-01-01,2025-01-31,1.0E+02,False\r\n"));

    [Fact]
    public void A_month_without_use_is_still_one_of_a_plan() =>
        Assert.Equal(["A1: MonthlyFee 1×199=199.00 = 199.00"], Run("t.csv", "account,tariff,from,to,members\nA1,telecom.ct-5ga-199,2025-05-01,2025-05-31,1"));

    [Fact]
    public void Mail_is_rated() =>
        Assert.Equal(["1: Postage 21×2.4=2.40 + Extra 1×3=3.00 = 5.40", "2: Postage 20×0.8=0.80 = 0.80"],
            Run("m.csv", "account,product,grams,origin,destination,extras\n1,letter,21,010,021,registration\n2,letter,20,010,010,"));

    [Fact]
    public void Rides_carry_the_months_spending() =>
        // 98 + 4 = 102: the third ride at 80 %
        Assert.Equal(["C1: Fare 1×4=4.00 = 4.00", "C1: Fare 1×4=4.00 + Discount 4×-0.2=-0.80 = 3.20", "C1: Fare 1×4=4.00 = 4.00"],
            Run("f.csv", "account,tariff,km,card,day,spent\nC1,citycard.beijing.metro,10,card,2025-05-30,98\nC1,citycard.beijing.metro,10,card,2025-05-31,\nC1,citycard.beijing.metro,10,card,2025-06-01,"));

    [Fact]
    public void Late_fees_are_rated() =>
        // 41 days × 2 ‰ and 10 days × 3 ‰ of 1,000
        Assert.Equal(["A1: LateFee 41×0.002=82.00 + LateFee 10×0.003=30.00 = 112.00"],
            Run("l.csv", "account,tariff,due,due_day,as_of\nA1,power.late-fee.other,1000,2025-11-20,2026-01-10"));

    [Fact]
    public void A_formula_in_a_file_is_made_harmless() => Assert.Equal("'=1+1,-5.5,\"a,b\"", CsvText.Line(["=1+1", "-5.5", "a,b"]));

    [Fact]
    public void The_order_of_the_rows_does_not_matter()
    {
        // yearly tiers, a ratchet: together, month by month, and shuffled
        File.WriteAllText(Path.Combine(folder, "t.yaml"), OwnTariff.Text("energy: { cycle: year, tiers: [{ upTo: 900, price: 1 }, { price: 2 }] }\ndemand: [{ code: d, price: 3, ratchetShare: 0.8, ratchetMonths: 3 }]"));
        var tariffs = TariffFile.Load([Path.Combine(folder, "t.yaml")], out _);
        Gen.Select(Gen.Int[1, 400], Gen.Int[1, 50]).Array[40].Select(Gen.Shuffle(Enumerable.Range(0, 40).ToArray())).Sample((use, shuffled) =>
        {
            var rows = Enumerable.Range(0, 40).Select(i => $"A{i / 10},2025-{i % 10 + 1:00}-01,2025-{i % 10 + 1:00}-28,{use[i].Item1},{use[i].Item2}").ToList();
            string[] Bills(IEnumerable<int> order)
            {
                var run = new RateRun(tariffs, Write($"o{Interlocked.Increment(ref files)}.csv", "account,from,to,kwh,max_kw\n" + string.Join('\n', order.Select(i => rows[i]))));
                Assert.Empty(run.Check());
                return [.. run.Rows().Select(r => $"{r.Account} {r.From} {r.Bill.Show()}").Order(StringComparer.Ordinal)];
            }
            var together = Bills(Enumerable.Range(0, 40));
            Assert.Equal(together, Bills(Enumerable.Range(0, 40).OrderBy(i => i % 10)));
            Assert.Equal(together, Bills(shuffled));
        }, iter: 20);
    }

    [Fact]
    public void A_large_file_is_not_held()
    {
        // 60,000 rows; what lives while they are rated stays small
        var path = Path.Combine(folder, "large.csv");
        using (var file = new StreamWriter(path))
        {
            file.WriteLine("account,tariff,from,to,kwh");
            for (var i = 0; i < 60_000; i++) file.WriteLine($"A{i},power.beijing.resident,2025-07-01,2025-07-31,{i % 900}");
        }
        var run = new RateRun(PackTariffs.All, path);
        Assert.Empty(run.Check());
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long rows = 0, most = 0;
        foreach (var row in run.Rows())
            if (++rows % 20_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        Assert.Equal(60_000, rows);
        Assert.InRange(most, long.MinValue, 15_000_000);
    }

    [Theory]
    [InlineData("account,from,to,kwh\nA,2025-01-31,2025-01-01,5", 2, "usage.period_reversed")]
    [InlineData("account,from,to,kwh\nA,2025-01-01,2025-01-31,", 2, "usage.no_energy")]
    [InlineData("account,from,to,kwh\nA,2025-02-30,2025-03-31,1", 2, "usage.not_a_date")]
    [InlineData("account,from,to,kwh,persons\nA,2025-01-01,2025-01-31,1,2025-01-01/2025-01-20:4 2025-01-15/2025-01-31:5", 2, "usage.spans_overlap")]
    [InlineData("account,from,to,kwh,parent\nA,2025-01-01,2025-01-31,1,B", 2, "usage.parent_unknown")]
    [InlineData("account,from,to,kwh,kwh\nA,2025-01-01,2025-01-31,1,2", 1, "usage.column_twice")]
    [InlineData("account,from,to,peak,added\nA,2025-01-01,2025-01-31,1,2", 2, "usage.added_needs_bands")]
    [InlineData("account,from,to,kwh,part.a\nA,2025-01-01,2025-01-31,1,20 %", 2, "usage.not_a_part")]
    [InlineData("account,from,to,register,start,end\nA,2025-01-01,2025-01-31,noon,1,2", 2, "usage.unknown_register")]
    [InlineData("account,from,to,register,start,end\nA,2025-01-01,2025-01-31,total,1,", 2, "usage.no_reading")]
    [InlineData("account,from,to,register,start,end,read\nA,2025-01-01,2025-01-31,total,1,2,guessed", 2, "usage.not_one_of")]
    [InlineData("account,time,kwh\nA,2025-01-01 00:00,1", 2, "usage.intervals_too_few")]
    [InlineData("account,time,kwh\nA,2025-01-01 00:00,1\nA,2025-01-01 00:20,1", 2, "usage.interval_length")]
    [InlineData("account,time,kwh\nA,2025-01-01 00:00,1\nA,2025-01-01 01:00,1\nA,2025-01-01 01:00,1", 4, "usage.interval_twice")]
    [InlineData("account,time,kwh\nA,1 January,1\nA,2025-01-01 01:00,1", 2, "usage.not_a_time")]
    [InlineData("account,km\nA,-1", 2, "usage.negative")]
    [InlineData("account,event\nA,sell", 2, "usage.not_one_of")]
    [InlineData("account,event\nA,top-up", 2, "usage.missing")]
    [InlineData("account,sku,quantity\nA,rice,1", 2, "usage.missing")]
    [InlineData("account,due,due_day,as_of,paid\nA,5,2025-01-01,2025-01-02,2025-01-01=3", 2, "usage.not_a_payment")]
    [InlineData("account,from,to,use.voice\nA,2025-01-01,2025-01-31,-5", 2, "usage.negative")]
    [InlineData("", 1, "usage.no_heading")]
    public void A_mistake_is_told_with_its_line(string text, int line, string code)
    {
        var finding = new RateRun(PackTariffs.All, Write("x.csv", text)).Check().First();
        Assert.Equal((line, code), (finding.Line, finding.Code));
        Assert.DoesNotContain("{", finding.ToString());
    }

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Assert.Equal("file.not_readable", Assert.Single(new RateRun(PackTariffs.All, Path.Combine(folder, "none.csv")).Check()).Code);

    [Fact]
    public void Facts_of_a_curve_hold_by_cycle_and_multiplier()
    {
        // 1 kWh an hour × 40, from the 20th to the 19th: 12 days of January, then a cycle of 31
        var lines = Enumerable.Range(0, 43 * 24).Select(h => $"A1,{new DateTime(2025, 1, 8).AddHours(h):yyyy-MM-dd HH:mm},1");
        var bills = Open("i.csv", "account,time,kwh\n" + string.Join('\n', lines), Write("a.csv", "account,tariff,cycle_day,multiplier\nA1,power.beijing.resident,20,40")).Rows().ToList();
        Assert.Equal([("01-08", "01-19", 12 * 960m), ("01-20", "02-19", 31 * 960m)], bills.Select(b => ($"{b.From:MM-dd}", $"{b.To:MM-dd}", b.Bill.CountedKwh)));
        // corrections of registers are no facts of a curve: refused, not passed over
        Assert.Equal("usage.unknown_column", new RateRun(PackTariffs.All, Path.Combine(folder, "i.csv"), Write("b.csv", "account,tariff,tr_iron_kw\nA1,power.beijing.resident,1")).Check().First().Code);
    }

    [Fact]
    public void Small_quantities_of_a_curve_are_kept()
    {
        // 24 × 0.123456789 = 2.962962936; six decimals were not enough for a foreign model's load
        var lines = Enumerable.Range(0, 24).Select(h => $"A1,2025-01-01 {h:00}:00,0.123456789");
        Assert.Equal(2.962962936m, Assert.Single(Open("i.csv", "account,time,kwh\n" + string.Join('\n', lines), Write("a.csv", "account,tariff\nA1,power.beijing.resident")).Rows()).Bill.CountedKwh);
    }
}
