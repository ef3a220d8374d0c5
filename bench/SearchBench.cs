using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Customers;

namespace OpenHall.Bench;

/// <summary>Search as you type: what the server needs for each keystroke of names, pinyin initials, telephone, meter and account numbers and addresses.</summary>
static class SearchBench
{
    private const int Searches = 2_000;
    private const string Surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";
    private const string Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文建国红玉兰";
    private static readonly string[] Streets = ["文三路", "解放路", "中山北路", "延安路", "天目山路", "凤起路", "庆春路", "体育场路", "环城西路", "古墩路"];

    public static async Task<int> Run(string[] args)
    {
        var customers = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 1_000_000;
        foreach (var database in await BenchHall.Databases())
        {
            await using var hall = await BenchHall.Open(database, 0, 0);
            var watch = Stopwatch.StartNew();
            await Load(hall, customers);
            Measure.Print($"search.{database}.load", customers / watch.Elapsed.TotalSeconds, "customers_per_second");
            await Time(hall, database, customers);
        }

        return 0;
    }

    private static async Task Load(BenchHall hall, int customers)
    {
        var chance = new Random(1);
        for (var from = 0; from < customers; from += LoadCustomers.MostInBatch)
        {
            var rows = Enumerable.Range(from, Math.Min(LoadCustomers.MostInBatch, customers - from)).Select(i => Made(chance, i)).ToList();
            await As(hall, (LoadCustomers load) => load.Handle(new(Guid.CreateVersion7(), $"bench {from}", rows.Count), rows));
        }
    }

    private static LoadedAccount Made(Random chance, int i) => new(
        CustomerKind.Person, Name(chance), null, string.Create(CultureInfo.InvariantCulture, $"13{i % 10}{i:00000000}"), null, "/zj/",
        new SupplyPointFields(string.Create(CultureInfo.InvariantCulture, $"M{i:0000000000}"), 6, 1, Address(chance), "power.zhejiang.resident", default, 3, null, false, false), new DateOnly(2020, 1, 1), 0);

    private static string Name(Random chance) => $"{Surnames[chance.Next(Surnames.Length)]}{Given[chance.Next(Given.Length)]}{(chance.Next(10) < 7 ? Given[chance.Next(Given.Length)] : "")}";

    private static string Address(Random chance) => string.Create(CultureInfo.InvariantCulture, $"杭州市西湖区{Streets[chance.Next(Streets.Length)]}{chance.Next(1, 400)}号{chance.Next(1, 20)}幢{chance.Next(101, 2800)}室");

    private static async Task Time(BenchHall hall, string database, int customers)
    {
        var chance = new Random(2);
        var times = new Times();
        var found = 0L;
        for (var n = -200; n < Searches; n++)
        {
            var whole = ((n + 200) % 5) switch
            {
                0 => Name(chance),
                1 => string.Create(CultureInfo.InvariantCulture, $"13{chance.Next(10)}{chance.Next(customers):00000000}"),
                2 => string.Create(CultureInfo.InvariantCulture, $"M{chance.Next(customers):0000000000}"),
                3 => new string([.. Enumerable.Range(0, 3).Select(_ => "wlzcyhxsgm"[chance.Next(10)])]),
                _ => $"{Streets[chance.Next(Streets.Length)]}{chance.Next(1, 400)}号",
            };
            // As typed: every beginning is asked for.
            var typed = whole[..chance.Next(1, whole.Length + 1)];
            var began = Stopwatch.GetTimestamp();
            found += await As(hall, async (FindAccounts find) => (await find.Find(typed)).Count);
            if (n >= 0) times.Add(Stopwatch.GetElapsedTime(began));
        }

        if (found == 0) throw new InvalidOperationException("nothing was found");
        Measure.Print($"search.{database}.p50", times.Percentile(0.5), "ms");
        Measure.Print($"search.{database}.p99", times.Percentile(0.99), "ms");
        Measure.Print($"search.{database}.max", times.Percentile(1), "ms");
    }

    private static async Task<T> As<THandler, T>(BenchHall hall, Func<THandler, Task<T>> act) where THandler : notnull
    {
        await using var scope = hall.App.Services.CreateAsyncScope();
        var user = new StaffUser { UserName = "bench", DisplayName = "bench", UnitPath = "/zj/", Posts = "", Scope = DataScope.All };
        scope.ServiceProvider.GetRequiredService<Current>().Become(user, new HashSet<string> { "customers.load", "customers.see", "customers.find" });
        return await act(scope.ServiceProvider.GetRequiredService<THandler>());
    }
}
