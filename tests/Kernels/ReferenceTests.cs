using System.Globalization;
using System.Text.Json;
using OpenHall.Rating;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

/// <summary>Every published figure of Reference/*.json stands in the packs: bills are worked out anew from the file by a formula of its own.</summary>
public class ReferenceTests
{
    const decimal Base = 0.5m;

    static readonly Dictionary<string, string> Regions = new()
    {
        ["北京"] = "beijing", ["上海"] = "shanghai", ["浙江"] = "zhejiang", ["广东（广州）"] = "guangdong", ["江苏"] = "jiangsu", ["四川"] = "sichuan", ["湖北"] = "hubei", ["河南"] = "henan", ["山东"] = "shandong",
        ["湖南"] = "hunan", ["河北"] = "hebei", ["天津"] = "tianjin", ["山西"] = "shanxi", ["贵州"] = "guizhou", ["广西"] = "guangxi", ["陕西"] = "shaanxi", ["青海"] = "qinghai", ["海南"] = "hainan", ["重庆"] = "chongqing",
    };

    public static JsonElement File(string name) => JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(Root, "tests/Kernels/Reference", name))).RootElement;

    static IEnumerable<JsonElement> Residents() =>
        new[] { "beijing", "shanghai", "zhejiang", "guangdong" }.Select(r => File($"electricity-resident-{r}.json")).Concat(File("electricity-resident-other-provinces.json").GetProperty("tariffs").EnumerateArray());

    public static TheoryData<string> Names => [.. Residents().Select(r => r.GetProperty("region").GetString()!)];

    static JsonElement Of(string region) => Residents().Single(r => r.GetProperty("region").GetString() == region);

    static string CodeOf(string region) => $"power.{Regions[region]}.resident";

    static decimal Number(JsonElement value) => value.ValueKind == JsonValueKind.String ? decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDecimal();

    static bool IsYear(JsonElement tariff) => tariff.GetProperty("cycle").GetString() == "year";

    [Fact]
    public void No_published_region_is_left_out() => Assert.Equal([], Names.Select(n => n.Data).Where(r => !Regions.ContainsKey(r) || All.Find(CodeOf(r)) is null));

    /// <summary>Limits and prices as the file writes them: prices, or steps on the base that comes with the usage.</summary>
    static (decimal? UpTo, decimal Price)[] Tiers(JsonElement tariff, int month)
    {
        var place = tariff;
        if (tariff.TryGetProperty("seasons", out var seasons))
            place = seasons[0].TryGetProperty("months", out _) ? seasons.EnumerateArray().Single(s => s.GetProperty("months").EnumerateArray().Any(m => m.GetInt32() == month))
                : seasons[month is 1 or 2 or 6 or 7 or 8 or 12 ? 1 : 0];
        if (place.TryGetProperty("tiers", out var tiers))
            return [.. tiers.EnumerateArray().Select(t => (t.GetProperty("upToKwh").ValueKind == JsonValueKind.Null ? (decimal?)null : t.GetProperty("upToKwh").GetDecimal(), Number(t.GetProperty("price"))))];
        var limits = place.GetProperty("tierLimits").EnumerateArray().Select(l => (decimal?)l.GetDecimal()).Append(null).ToArray();
        return [.. tariff.GetProperty("tierAdders").EnumerateArray().Select((a, i) => (limits[i], Base + Number(a)))];
    }

    static decimal Climb((decimal? UpTo, decimal Price)[] tiers, decimal before, decimal kwh, Func<int, decimal, decimal>? limit = null)
    {
        decimal yuan = 0, from = 0;
        for (var i = 0; i < tiers.Length; i++)
        {
            var to = tiers[i].UpTo is { } end ? limit?.Invoke(i, end) ?? end : decimal.MaxValue;
            yuan += Math.Max(0, Math.Min(before + kwh, to) - Math.Max(before, from)) * tiers[i].Price;
            from = to;
        }
        return yuan;
    }

    static decimal Rate(string code, Usage usage)
    {
        var bill = All[code].Rate(usage with { BasePrice = Base });
        Assert.True(bill.IsRated, bill.Show());
        Assert.Equal(bill.Total.Fen, bill.Lines.Sum(l => l.Amount.Fen));
        return bill.Lines.Sum(l => l.Yuan);
    }

    static IEnumerable<Usage> Months(bool isYear) =>
        from month in Enumerable.Range(1, 12)
        from kwh in new[] { 0m, 100, 170.5m, 180, 181, 260, 400, 450, 601, 1000 }
        from before in isYear ? new[] { 0m, 2100, 2759.9m, 3500, 4800, 9000 } : [0m]
        select Month($"2025-{month:00}", kwh, before);

    [Theory, MemberData(nameof(Names))]
    public void Tiers_are_those_of_the_notice(string region)
    {
        var tariff = Of(region);
        Assert.Equal(tariff.GetProperty("effectiveFrom").GetString(), $"{All[CodeOf(region)].Tariff.Versions[0].From:yyyy-MM-dd}");
        Assert.Contains(tariff.GetProperty("source").GetString()![..20], All[CodeOf(region)].Tariff.Versions[0].Source, StringComparison.Ordinal);
        foreach (var usage in Months(IsYear(tariff))) Assert.Equal(Climb(Tiers(tariff, usage.To.Month), usage.YearToDateKwh, usage.Kwh), Rate(CodeOf(region), usage));
    }

    [Theory, MemberData(nameof(Names))]
    public void Larger_households_free_energy_and_combined_meters_are_those_of_the_notice(string region)
    {
        var tariff = Of(region);
        var (code, isYear) = (CodeOf(region), IsYear(tariff));
        if (tariff.TryGetProperty("multiPerson", out var many))
            foreach (var usage in Months(isYear))
            {
                var persons = many.TryGetProperty("minPersons", out var least) ? least.GetInt32() : 6;
                Assert.Equal(Climb(Tiers(tariff, usage.To.Month), usage.YearToDateKwh, usage.Kwh, Limit), Rate(code, usage with { Household = new(persons) }));
                decimal Limit(int tier, decimal end) => many.TryGetProperty("monthTiersUpTo", out var own) ? own[tier].GetDecimal() * 12
                    : many.TryGetProperty("addKwhPerMonthToEachTier", out var add) ? end + add.GetDecimal() * (isYear ? 12 : 1)
                    : many.TryGetProperty("firstTierUpTo", out var first) ? tier == 0 ? first.GetDecimal() : end
                    : tier == 0 ? end + many.GetProperty("perExtraPersonFirstTierKwh").GetDecimal() * (persons - 4) : Math.Max(end, 400);
            }
        if (tariff.TryGetProperty("freeQuota", out var quota))
            foreach (var usage in Months(isYear).Where(u => u.Kwh > 20))
            {
                var free = quota.GetProperty("kwhPerMonth").GetDecimal();
                var isPaidBack = quota.TryGetProperty("mode", out var mode) && mode.GetString()!.Contains("7.84", StringComparison.Ordinal);
                var expected = isPaidBack ? Climb(Tiers(tariff, usage.To.Month), usage.YearToDateKwh, usage.Kwh) - 7.84m : Climb(Tiers(tariff, usage.To.Month), usage.YearToDateKwh, usage.Kwh - free);
                Assert.Equal(expected, Rate(code, usage with { Household = new(FreeQuota: "low-income") }));
            }
        if (tariff.TryGetProperty("combinedMeter", out var combined))
        {
            var first = Tiers(tariff, 6)[0].Price;
            var price = combined.TryGetProperty("adder", out var adder) ? first + Number(adder) : Number(combined.TryGetProperty("price", out var whole) ? whole : combined.GetProperty("<1kV"));
            Assert.Equal(1000 * price, Rate(code, Month("2025-06", 1000) with { Household = new(IsCombinedMeter: true) }));
        }
    }

    [Theory, InlineData("浙江"), InlineData("河北"), InlineData("山东"), InlineData("重庆"), InlineData("上海")]
    public void Peak_and_valley_are_those_of_the_notice(string region)
    {
        var tariff = Of(region);
        var tou = tariff.GetProperty("timeOfUse");
        var tiers = Tiers(tariff, 6);
        var isShanghai = region == "上海";
        for (var tier = 0; tier < 3; tier++)
        {
            var (peak, valley) = tou.TryGetProperty("prices", out var own) ? (Number(own[tier].GetProperty("peak")), Number(own[tier].GetProperty("valley")))
                : tou.TryGetProperty("peakByTier", out var peaks) ? (Number(peaks[tier]), tier == 0 ? Number(tou.GetProperty("tier1").GetProperty("valley")) : 0)
                : tou.TryGetProperty("tier1", out var first) ? (Number(first.GetProperty("peak")) + Number(tou.GetProperty("tierAdders")[tier]), Number(first.GetProperty("valley")) + Number(tou.GetProperty("tierAdders")[tier]))
                : (tiers[tier].Price + Number(tou.GetProperty("peakAdder")), tiers[tier].Price + Number(tou.GetProperty("valleyAdder")));
            // One kWh of each band deep inside the tier; Shanghai's valley of the higher tiers is not in the file.
            var inside = tier == 0 ? 0 : tiers[tier - 1].UpTo!.Value;
            var usage = Month("2025-06", 0, IsYear(tariff) ? inside : 0) with { MonthToDateKwh = IsYear(tariff) ? 0 : inside, ByBand = new(0, 1, 0, isShanghai && tier > 0 ? 0 : 1, 0) };
            Assert.Equal(peak + valley, Rate($"power.{Regions[region]}.resident-tou", usage));
        }
    }

    [Fact]
    public void Late_fees_are_those_of_the_file()
    {
        var rules = File("late-fees.json").GetProperty("electricity");
        var (resident, other) = (All.LateFeeOn("power.late-fee.resident", new(2025, 1, 1))!, All.LateFeeOn("power.late-fee.other", new(2025, 1, 1))!);
        Assert.Equal((Number(rules.GetProperty("residentPerDay")), Number(rules.GetProperty("otherPerDaySameYear")), Number(rules.GetProperty("otherPerDayAfterNewYear"))), (resident.PerDay, other.PerDay, other.PerDayAfterNewYear));
        Assert.Equal((Number(rules.GetProperty("minimumYuan")), Number(rules.GetProperty("minimumYuan"))), (resident.MinimumYuan, other.MinimumYuan));
        Assert.Equal(Number(File("late-fees.json").GetProperty("telecom").GetProperty("perDay")), All.LateFeeOn("telecom.late-fee", new(2025, 1, 1))!.PerDay);
    }

    [Fact]
    public void Telecom_plans_are_those_of_the_file()
    {
        foreach (var plan in File("telecom-plans.json").GetProperty("plans").EnumerateArray())
        {
            var own = All.Plans[$"telecom.{plan.GetProperty("id").GetString()!.ToLowerInvariant()}"].Plan;
            decimal Given(string key) => plan.TryGetProperty(key, out var value) ? Number(value) : 0;
            decimal Allowed(string code) => own.Allowances.Where(a => a.Code == code).Sum(a => a.Quantity);
            Assert.Equal((Given("monthlyFee"), Given("dataGb") * 1024 + Given("dataMb"), Given("voiceMin"), Given("directedDataGb") * 1024), (own.MonthlyFee, Allowed("data"), Allowed("voice"), Allowed("directed")));
            decimal Beyond(string service) => own.Overages.Where(o => o.Service == service).Sum(o => o.PerUnit);
            Assert.Equal((Given("overVoicePerMin"), Given("overSms")), (Beyond("voice"), Beyond("sms")));
            Assert.Equal(plan.TryGetProperty("dataStopAtYuan", out var stop) ? Number(stop) : null, own.Overages.Single(o => o.Service == "data").MonthCap);
        }
    }
}
