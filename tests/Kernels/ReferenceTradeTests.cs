using System.Globalization;
using System.Text.Json;
using OpenHall.Rating;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

/// <summary>Commercial supply, postage and fares of Reference/*.json against the packs.</summary>
public class ReferenceTradeTests
{
    static decimal Number(JsonElement value) => value.ValueKind == JsonValueKind.String ? decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDecimal();

    static readonly CompiledPost Post = All.Posts["post.china"];

    static decimal Postage(string product, int grams, string? from = null, string? to = null) => Post.Rate(new(product, grams) { Origin = from, Destination = to }).Total.Yuan;

    [Fact]
    public void Hours_and_factors_of_Beijing_and_Shanghai_are_those_of_the_file()
    {
        var tariffs = ReferenceTests.File("electricity-commercial.json").GetProperty("tariffs");
        var beijing = tariffs[2].GetProperty("factors");
        foreach (var (code, key) in new[] { ("power.beijing.commercial", "<1kV"), ("power.beijing.commercial-1kv", ">=1kV single part"), ("power.beijing.two-part", "two part") })
        {
            var f = beijing.GetProperty(key);
            // base 1: one kWh in each band costs its factor
            Assert.Equal(Number(f[0]) + Number(f[1]) + Number(f[2]), All[code].Rate(Month("2025-05", 0) with { BasePrice = 1, ByBand = new(0, 1, 1, 1, 0) }).Lines.Sum(l => l.Yuan));
        }
        var shanghai = tariffs[1].GetProperty("factors").GetProperty("twoPart");
        decimal Of(string season, string band) => Number(shanghai.GetProperty(season).GetProperty(band));
        var power = new PowerFacts { Capacity = [new(new(2025, 1, 1), new(2025, 12, 31), 0)] };
        decimal Rated(string month, KwhByBand bands) => All["power.shanghai.two-part"].Rate(Month(month, 0) with { BasePrice = 1, ByBand = bands, Power = power }).Lines.Sum(l => l.Yuan);
        foreach (var month in new[] { "2025-07", "2025-09", "2025-01", "2025-12" }) Assert.Equal(Of("summerWinter", "peak") + 1 + Of("summerWinter", "valley") + 1.80m * 1.25m, Rated(month, new(1, 1, 1, 1, 0)));
        Assert.Equal(Of("other", "peak") + 1 + Of("other", "valley"), Rated("2025-05", new(0, 1, 1, 1, 0)));
        // every hour of a summer day as the file lists it
        foreach (var (key, month) in new[] { ("summer(7-9)", 8), ("winter(1,12)", 1), ("other", 5) }) Hours(tariffs[1].GetProperty("hours").GetProperty(key), All["power.shanghai.two-part"], month);
    }

    static void Hours(JsonElement listed, CompiledTariff tariff, int month)
    {
        foreach (var hour in tariff.HoursOn(new(2025, month, 3), DayKind.Workday))
            for (var at = hour.From.Hour * 60 + hour.From.Minute; at < (hour.Until == TimeOnly.MinValue ? 1440 : hour.Until.Hour * 60 + hour.Until.Minute); at += 30)
            {
                var bands = listed.EnumerateObject().Where(b => b.Value.EnumerateArray().Any(s => Holds(s.GetString()!, at))).Select(b => b.Name).ToList();
                Assert.Equal(bands.Contains("sharp") ? "sharp" : Assert.Single(bands), hour.Band.ToString().ToLowerInvariant());
            }
        static bool Holds(string span, int at)
        {
            int Minute(string clock) => int.Parse(clock[..2], CultureInfo.InvariantCulture) * 60 + int.Parse(clock[3..], CultureInfo.InvariantCulture);
            var (from, until) = (Minute(span[..5]), Minute(span[6..]));
            return from < until ? from <= at && at < until : at >= from || at < until;
        }
    }

    [Fact]
    public void Two_part_prices_are_those_of_the_file()
    {
        var tariffs = ReferenceTests.File("electricity-two-part.json").GetProperty("tariffs");
        foreach (var (code, key) in new[] { ("power.shanghai.two-part", "<=35kV"), ("power.shanghai.two-part-110kv", ">=110kV") })
        {
            var basic = All[code].Tariff.Versions[0].Charges.OfType<BasicCharge>().Single();
            Assert.Equal((Number(tariffs[0].GetProperty("capacityPricePerKvaMonth").GetProperty(key)), Number(tariffs[0].GetProperty("demandPricePerKwMonth").GetProperty(key))), (basic.YuanPerKvaMonth, basic.YuanPerKwMonth));
            Assert.Equal((1.05m, 2m, new LoadDiscount(260, 0.9m)), (basic.OverLimit, basic.OverFactor, basic.LoadDiscount));
        }
        var hubei = tariffs[1];
        foreach (var month in hubei.GetProperty("systemOperationPerKwhByMonth").EnumerateObject())
        {
            // 1,000 kWh, no market price, no demand: only the published components
            var bill = All["power.hubei.two-part-110kv"].Rate(Month(month.Name, 1000) with
            {
                BasePrice = 0,
                Prices = new Dictionary<string, BandPrices> { ["line-loss"] = new(0m) },
                Power = new() { Mode = BasicMode.ActualDemand, MaxDemandKw = 10 },
            });
            Assert.Equal(1000 * (Number(hubei.GetProperty("transmissionDistributionPerKwh")) + Number(hubei.GetProperty("governmentFundPerKwh")) + Number(month.Value)) + 10 * Number(hubei.GetProperty("demandPricePerKwMonth")), bill.Lines.Sum(l => l.Yuan));
        }
        var fujian = tariffs[2].GetProperty("agencyPurchaseAllIn");
        Assert.Equal(new[] { "sharp", "peak", "flat", "valley" }.Sum(b => Number(fujian.GetProperty(b))), All["power.fujian.agency-10kv"].Rate(Month("2025-08", 0) with { ByBand = new(1, 1, 1, 1, 0) }).Lines.Sum(l => l.Yuan));
    }

    [Fact]
    public void The_power_factor_table_is_that_of_the_file()
    {
        var standards = ReferenceTests.File("electricity-power-factor.json").GetProperty("standards");
        var tables = All["power.shanghai.two-part"].Tariff.Versions[0].Charges.OfType<PowerFactorCharge>().Single().Tables;
        foreach (var standard in standards.EnumerateObject())
            for (var cos = 0.40m; cos <= 1; cos += 0.01m)
                Assert.Equal(Percent(standard.Value, decimal.Parse(standard.Name, CultureInfo.InvariantCulture), cos), PowerFactor.Percent(cos, tables.Single(t => t.Standard == decimal.Parse(standard.Name, CultureInfo.InvariantCulture))));

        // point by point, as the rule is told
        static decimal Percent(JsonElement rule, decimal standard, decimal cos)
        {
            decimal percent = 0;
            for (var at = standard; at < cos; at += 0.01m)
                percent -= rule.TryGetProperty("bonusPerPoint", out var one) ? Number(one) : at < 0.90m ? Number(rule.GetProperty("bonus")[0].GetProperty("perPoint")) : Number(rule.GetProperty("bonus")[1].GetProperty("perPoint"));
            if (cos >= standard) return Math.Max(percent, -Number(rule.GetProperty("bonusMax")));
            var points = (int)((standard - cos) * 100);
            for (var point = 0; point < points; point++) percent += Number(rule.GetProperty("penalty")[point < 20 ? 0 : point < 25 ? 1 : 2].GetProperty("perPoint"));
            return percent;
        }
    }

    [Fact]
    public void Parcels_of_every_zone_are_those_of_the_file()
    {
        foreach (var origin in ReferenceTests.File("post-china.json").GetProperty("parcel").GetProperty("originZones").EnumerateObject())
            foreach (var zone in origin.Value.EnumerateArray())
                foreach (var place in zone.GetProperty("destinations").EnumerateArray())
                    foreach (var grams in new[] { 1, 1000, 1001, 9999, 10_000, 10_001, 20_000, 20_001, 50_000 })
                    {
                        var each = Number(zone.GetProperty("perKg").GetProperty(grams <= 10_000 ? "upTo10kg" : grams <= 20_000 ? "10to20kg" : "20to50kg"));
                        Assert.Equal(Number(zone.GetProperty("first")) + Math.Max(0, (grams + 999) / 1000 - 1) * each, Postage("parcel", grams, origin.Name, place.GetString()));
                    }
    }

    [Fact]
    public void Letters_and_printed_matter_are_those_of_the_file()
    {
        var file = ReferenceTests.File("post-china.json");
        var letter = file.GetProperty("domestic").GetProperty("letter").GetProperty("steps");
        var printed = file.GetProperty("domestic").GetProperty("printed");
        foreach (var (key, to) in new[] { ("LOCAL", "010"), ("NON_LOCAL", "021") })
            for (var grams = 1; grams <= 2000; grams += 7)
            {
                var light = (Math.Min(grams, 100) + 19) / 20 * Number(letter[0].GetProperty(key));
                Assert.Equal(light + (grams > 100 ? (grams - 100 + 99) / 100 * Number(letter[1].GetProperty(key)) : 0), Postage("letter", grams, "010", to));
                Assert.Equal(Number(printed.GetProperty("first100g").GetProperty(key)) + (grams > 100 ? (grams - 1) / 100 : 0) * Number(printed.GetProperty("each100gMore").GetProperty(key)), Postage("printed", grams, "010", to));
            }
        foreach (var step in file.GetProperty("hongkongMacauTaiwan").GetProperty("letter").EnumerateArray()) Assert.Equal(Number(step[1]), Postage("hmt-letter", step[0].GetInt32()));
        var air = file.GetProperty("internationalAirLetter");
        foreach (var zone in air.GetProperty("zoneCountries").EnumerateObject())
            foreach (var country in zone.Value.EnumerateArray())
            {
                var price = air.GetProperty("zones").GetProperty(zone.Name);
                Assert.Equal(Number(price.GetProperty("first20g")) + 2 * Number(price.GetProperty("each10g")), Postage("air-letter", 40, "CN", country.GetString()));
            }
    }

    [Fact]
    public void Metro_and_bus_are_those_of_the_file()
    {
        var file = ReferenceTests.File("citycard-beijing-metro.json");
        var metro = All.Fares["citycard.beijing.metro"];
        foreach (var step in file.GetProperty("fare").EnumerateArray().Where(s => s.TryGetProperty("upToKm", out _))) Assert.Equal(Number(step.GetProperty("yuan")), metro.FareOf(Number(step.GetProperty("upToKm"))));
        Assert.Equal(8, metro.FareOf(53));
        foreach (var discount in file.GetProperty("monthlyDiscountPerCard").EnumerateArray())
            Assert.Equal(4 * Number(discount.GetProperty("factor")), metro.Ride(10, "card", Number(discount.GetProperty("spentFrom"))).Total.Yuan);
        var bus = file.GetProperty("bus");
        Assert.Equal((Number(bus.GetProperty("first10km")), Number(bus.GetProperty("first10km")) + Number(bus.GetProperty("each5kmMore"))), (All.Fares["citycard.beijing.bus"].FareOf(10), All.Fares["citycard.beijing.bus"].FareOf(15)));
    }
}
