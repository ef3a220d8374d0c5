using OpenHall.Kernel;
using OpenHall.TariffFiles;

namespace OpenHall.Tests.Kernels;

/// <summary>The examples of docs/rating: tariff, usage and the bills that come out, each told in the head of its tariff.</summary>
public class RateExampleTests
{
    static readonly string Folder = Path.Combine(PackTariffs.Root, "docs/rating");

    public static TheoryData<string> Names => [.. Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    static RateRun Open(string name)
    {
        string Of(string file) => Path.Combine(Folder, name, file);
        var tariffs = TariffFile.Load([Of("tariff.yaml")], out var wrong);
        Assert.Empty(wrong);
        WorkCalendar? calendar = null;
        if (File.Exists(Of("holidays.csv")))
        {
            calendar = HolidayFile.Read(Of("holidays.csv"), out var wrongDays);
            Assert.Empty(wrongDays);
        }
        var run = new RateRun(tariffs, Of("usage.csv"), File.Exists(Of("accounts.csv")) ? Of("accounts.csv") : null, calendar);
        Assert.Empty(run.Check());
        return run;
    }

    [Theory, MemberData(nameof(Names))]
    public void An_example_gives_the_bills_beside_it(string name)
    {
        var output = new StringWriter();
        BillCsv.Write(Open(name), output);
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, name, "bills.csv")), output.ToString());
    }

    [Theory, MemberData(nameof(Names))]
    public void Lines_of_an_example_add_up_and_json_says_the_same(string name)
    {
        using var stream = new MemoryStream();
        BillJson.Write(Open(name), stream);
        using var json = System.Text.Json.JsonDocument.Parse(stream.ToArray());
        var csv = File.ReadAllLines(Path.Combine(Folder, name, "bills.csv")).Skip(1).Select(l => l.Split(',')).ToList();
        Assert.Equal(csv.Count, json.RootElement.GetArrayLength());
        foreach (var (bill, row) in json.RootElement.EnumerateArray().Zip(csv))
        {
            var total = bill.GetProperty("total").GetDecimal();
            Assert.Equal((row[0], row[4]), (bill.GetProperty("account").GetString(), total.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)));
            Assert.Equal(total, bill.GetProperty("lines").EnumerateArray().Sum(l => l.GetProperty("amount").GetDecimal()));
        }
    }
}
