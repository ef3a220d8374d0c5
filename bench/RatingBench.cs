using System.Globalization;
using OpenHall.Kernel;
using OpenHall.Rating;
using OpenHall.TariffFiles;

namespace OpenHall.Bench;

/// <summary>Rating alone, on one core, with the tariffs of the packs. Inputs are seeded, so that two runs do the same work.</summary>
static class RatingBench
{
    const int Batch = 10_000;

    public static int Run(string[] args)
    {
        var seconds = args is [var text, ..] ? double.Parse(text, CultureInfo.InvariantCulture) : 2;
        var tariffs = TariffFile.Load(Directory.GetDirectories(Path.Combine(Root(), "packs")).Select(p => Path.Combine(p, "tariffs")).Where(Directory.Exists), out var findings);
        foreach (var finding in findings) Console.Error.WriteLine(finding);
        if (findings.Count > 0) return 1;
        Floor(seconds);
        Bills("bills.year_tiers", tariffs["power.beijing.resident"], seconds);
        Bills("bills.season_tiers", tariffs["power.guangdong.resident"], seconds);
        Bills("bills.rounded_once", tariffs["power.shenzhen.resident"], seconds);
        Bills("bills.bands_and_tiers", tariffs["power.zhejiang.resident-tou"], seconds, byBand: true);
        Hours(tariffs["power.beijing.commercial-1kv"], "account_years.hourly_bands", null, seconds);
        Hours(tariffs["power.shanghai.two-part"], "account_years.hourly_bands_demand",
            new() { Mode = BasicMode.ActualDemand, Kvarh = 1000, Capacity = [new(new(2025, 1, 1), new(2025, 12, 31), 400)] }, seconds);
        Hours(TariffFile.Parse("bench", TiersHoursDemand, out _)["t"], "account_years.hourly_bands_tiers_demand", null, seconds);
        Months("telecom_months", tariffs.Plans["telecom.ct-5ga-199"], seconds);
        Items("mail_items.letters", tariffs.Posts["post.china"], seconds, "letter");
        Items("mail_items.parcels", tariffs.Posts["post.china"], seconds, "parcel");
        return 0;
    }

    /// <summary>Hours, tiers over the bands and demand by tiers, all in one tariff.</summary>
    const string TiersHoursDemand = """
        tariffs:
          - code: t
            name: { zh: 示例, en: Example }
            versions:
              - from: 2020-01-01
                notice: n
                source: s
                timeOfUse:
                  - { days: [workday], sharp: ["19:00-21:00"], peak: ["08:00-22:00"], rest: valley }
                  - { days: [weekend, holiday], rest: flat }
                energy: { tiers: [{ upTo: 500, prices: { sharp: 1, peak: 0.8, flat: 0.5, valley: 0.3 } }, { upTo: 1200, prices: { sharp: 1.1, peak: 0.9, flat: 0.6, valley: 0.4 } }, { prices: { sharp: 1.3, peak: 1, flat: 0.7, valley: 0.5 } }] }
                demand: [{ code: demand, tiers: [{ upTo: 3, price: 4 }, { price: 6 }] }]
        """;

    /// <summary>What the machine gives at this moment for the least a bill can be: one quantity × price, rounded, in an array of one line and an object around it. Rates are to be read against it.</summary>
    static double Floor(double seconds)
    {
        var random = new Random(5);
        var kwh = new decimal[Batch];
        for (var i = 0; i < Batch; i++) kwh[i] = random.Next(0, 900);
        long sum = 0;
        var source = new LineSource(LineKind.Energy, "energy", null, 1, Band.Whole, null, "kWh", "n", default);
        return Measure.Rate("floor.one_line", seconds, () =>
        {
            foreach (var used in kwh)
            {
                var yuan = used * 0.4883m;
                var lines = new RatedLine[] { new(source, 0, 2880, used, 0.4883m, yuan, Money.OfYuan(yuan), []) };
                sum += new RatedBill("t", lines[0].Amount, used, lines, []).Total.Fen;
            }
            return Batch;
        });
    }

    static void Months(string name, CompiledPlan plan, double seconds)
    {
        var random = new Random(3);
        var months = new TelecomUsage[Batch];
        for (var i = 0; i < Batch; i++)
            months[i] = new()
            {
                From = new(2025, 5, 1), To = new(2025, 5, 31),
                Uses = new ServiceUse[] { new("voice", new(2025, 5, 31), random.Next(0, 1500)), new("data", new(2025, 5, 31), random.Next(0, 200_000)), new("sms", new(2025, 5, 31), random.Next(0, 50)) },
            };
        long sum = 0;
        Measure.Rate(name, seconds, () =>
        {
            foreach (ref readonly var month in months.AsSpan()) sum += plan.Rate(month).Total.Fen;
            return Batch;
        });
        if (sum == 0) throw new InvalidOperationException("nothing was rated");
    }

    static void Items(string name, CompiledPost post, double seconds, string product)
    {
        var random = new Random(4);
        string[] places = ["CN-BJ", "CN-HE", "CN-GD", "CN-XZ", "CN-SC"], extras = ["registration"];
        var items = new MailItem[Batch];
        for (var i = 0; i < Batch; i++)
            items[i] = new(product, random.Next(1, 2000)) { Origin = "CN-BJ", Destination = places[random.Next(places.Length)], Extras = random.Next(2) == 0 ? extras : null };
        long sum = 0;
        Measure.Rate(name, seconds, () =>
        {
            foreach (ref readonly var item in items.AsSpan()) sum += post.Rate(item).Total.Fen;
            return Batch;
        });
        if (sum == 0) throw new InvalidOperationException("nothing was rated");
    }

    static void Bills(string name, CompiledTariff tariff, double seconds, bool byBand = false)
    {
        var random = new Random(1);
        var usages = new Usage[Batch];
        for (var i = 0; i < Batch; i++)
        {
            var month = random.Next(1, 13);
            var kwh = random.Next(0, 900);
            usages[i] = new()
            {
                From = new(2025, month, 1), To = new(2025, month, DateTime.DaysInMonth(2025, month)), Kwh = kwh,
                ByBand = byBand ? new(0, kwh * 0.6m, 0, kwh * 0.4m, 0) : null,
                YearToDateKwh = random.Next(0, 5000), Household = new(random.Next(0, 8)),
            };
        }
        long sum = 0;
        Measure.Rate(name, seconds, () =>
        {
            foreach (ref readonly var usage in usages.AsSpan()) sum += tariff.Rate(usage).Total.Fen;
            return Batch;
        });
        if (sum == 0) throw new InvalidOperationException("nothing was rated");
    }

    static void Hours(CompiledTariff tariff, string name, PowerFacts? power, double seconds)
    {
        var random = new Random(2);
        var counts = new long[365 * 24];
        for (var i = 0; i < counts.Length; i++) counts[i] = random.Next(0, 5000);
        var series = new IntervalSeries(new(2025, 1, 1), 60, counts, 0.001m);
        long sum = 0;
        Measure.Rate(name, seconds, () =>
        {
            for (var month = 1; month <= 12; month++)
                sum += tariff.Rate(new() { From = new(2025, month, 1), To = new(2025, month, DateTime.DaysInMonth(2025, month)), Intervals = series, BasePrice = 0.7m, Power = power }).Total.Fen;
            return 1;
        });
        if (sum == 0) throw new InvalidOperationException("nothing was rated");
    }

    static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "OpenHall.slnx"))) at = Path.GetDirectoryName(at) ?? throw new DirectoryNotFoundException("OpenHall.slnx");
        return at;
    }
}
