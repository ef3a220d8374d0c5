using System.Globalization;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Reads hours of bands, components, the basic charge and the power factor.</summary>
static class CommercialReader
{
    static readonly (string Key, Band Band)[] Bands =
        [("sharp", Band.Sharp), ("peak", Band.Peak), ("flat", Band.Flat), ("valley", Band.Valley), ("deep-valley", Band.DeepValley)];

    public static TimeOfUse Hours(YamlEntry list) => new([.. list.Items().Select(rule =>
    {
        rule.Only("name", "months", "days", "sharp", "peak", "flat", "valley", "deep-valley", "rest");
        return new TouRule(rule["name"].BothOrNull(),
            rule["months"].Exists ? [.. rule["months"].Items().Select(m => m.WholeOrNull() ?? 0)] : [.. Enumerable.Range(1, 12)],
            rule["days"].Exists ? [.. rule["days"].Items().Select(d => d.Word(DayKind.Workday))] : Enum.GetValues<DayKind>(),
            [.. Bands.SelectMany(b => rule[b.Key].Items().Select(span => Span(span, b.Band)))],
            rule["rest"].Exists ? rule["rest"].Word(Band.Flat) : null);
    })]);

    /// <summary>"22:00-06:00"; 24:00 is the end of the day.</summary>
    static TouHours Span(YamlEntry span, Band band)
    {
        var parts = span.Text().Split('-');
        return parts.Length == 2 && Minute(parts[0]) is { } from and < 1440 && Minute(parts[1]) is { } until && from != until
            ? new(band, from, until) : span.Wrong("yaml.not_hours", new TouHours(band, 0, 0));
    }

    static int? Minute(string clock) => clock.Length == 5 && clock[2] == ':'
        && int.TryParse(clock.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
        && int.TryParse(clock.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
        && hour * 60 + minute <= 1440 && minute < 60 ? hour * 60 + minute : null;

    public static ComponentCharge Component(YamlEntry item)
    {
        item.Only("code", "name", "price", "prices", "table", "given", "factors", "per", "of", "discount");
        if (!item["price"].Exists && !item["prices"].Exists && !item["table"].Exists && !item["given"].Flag()) item.Wrong("tariff.no_price", 0);
        return new()
        {
            Code = item["code"].Text(),
            Name = item["name"].Both(),
            Price = item["prices"].Exists ? EnergyReader.ByBand(item["prices"]) : item["price"].NumberOrNull() is { } price ? new(price) : null,
            Table = item["table"].Exists ? EnergyReader.Table(item["table"]) : null,
            Factors = item["factors"].Exists ? EnergyReader.ByBand(item["factors"]) : null,
            Per = item["per"].Word(ComponentUnit.Kwh),
            Of = item["of"].TextOrNull(),
            IsDiscount = item["discount"].Flag(),
        };
    }

    public static PercentCharge Percent(YamlEntry item)
    {
        item.Only("code", "name", "percent", "covers", "coveredBy");
        return new() { Code = item["code"].Text(), Name = item["name"].Both(), Percent = item["percent"].Number(), Covers = Codes(item["covers"]), CoveredBy = item["coveredBy"].Word(CoveredBy.Exact) };
    }

    public static LoadRateCharge LoadRate(YamlEntry item)
    {
        item.Only("code", "name", "by", "covers", "steps");
        return new()
        {
            Code = item["code"].Text(),
            Name = item["name"].Both(),
            By = item["by"].Word(LoadMeasure.LoadRate),
            Covers = Codes(item["covers"]),
            Steps = [.. item["steps"].Items().Select(s => new LoadRateStep(s.Only("from", "percent")["from"].Number(), s["percent"].Number()))],
        };
    }

    public static MinimumCharge Minimum(YamlEntry minimum)
    {
        minimum.Only("name", "yuanPerMonth", "yuanPerKvaMonth", "covers", "partMonth");
        return new()
        {
            Code = "minimum",
            Name = minimum["name"].BothOrNull(),
            YuanPerMonth = minimum["yuanPerMonth"].NumberOrNull() ?? 0,
            YuanPerKvaMonth = minimum["yuanPerKvaMonth"].NumberOrNull() ?? 0,
            Covers = Codes(minimum["covers"]),
            PartMonth = minimum["partMonth"].Word(PartMonth.Days),
        };
    }

    static List<string> Codes(YamlEntry list) => [.. list.Items().Select(c => c.Text())];

    public static BasicCharge Basic(YamlEntry basic)
    {
        basic.Only("name", "yuanPerKvaMonth", "yuanPerKwMonth", "divisor", "overLimit", "overBase", "overFrom", "overFactor", "floorShareOfCapacity", "loadDiscount", "leastDaysOfReduction");
        return new()
        {
            Code = "basic",
            Name = basic["name"].BothOrNull(),
            YuanPerKvaMonth = basic["yuanPerKvaMonth"].NumberOrNull() ?? 0,
            YuanPerKwMonth = basic["yuanPerKwMonth"].NumberOrNull() ?? 0,
            Divisor = basic["divisor"].Word(DayDivisor.Thirty),
            OverLimit = basic["overLimit"].NumberOrNull() ?? 1.05m,
            OverBase = basic["overBase"].Word(DemandBase.Contract),
            OverFrom = basic["overFrom"].Word(DemandBase.Limit),
            OverFactor = basic["overFactor"].NumberOrNull() ?? 2,
            LeastDaysOfReduction = basic["leastDaysOfReduction"].WholeOrNull() ?? 0,
            FloorShareOfCapacity = basic["floorShareOfCapacity"].NumberOrNull() ?? 0,
            LoadDiscount = basic["loadDiscount"].Exists ? new(basic["loadDiscount"].Only("kwhPerKvaMonth", "factor")["kwhPerKvaMonth"].Number(), basic["loadDiscount"]["factor"].Number()) : null,
        };
    }

    public static PowerFactorCharge PowerFactor(YamlEntry factor)
    {
        factor.Only("name", "standard", "covers", "coveredBy", "cosRounding", "tables", "lessYuanPerKwh");
        return new()
        {
            Code = "power-factor",
            Name = factor["name"].BothOrNull(),
            Standard = factor["standard"].Number(),
            LessYuanPerKwh = factor["lessYuanPerKwh"].NumberOrNull() ?? 0,
            Covers = Codes(factor["covers"]),
            CoveredBy = factor["coveredBy"].Word(CoveredBy.Exact),
            CosRounding = factor["cosRounding"].Word(PowerFactorRounding.HalfUp),
            Tables = [.. factor["tables"].Items().Select(table =>
            {
                table.Only("standard", "bonus", "bonusMax", "penalty");
                return new PowerFactorTable(table["standard"].Number(),
                    [.. table["bonus"].Items().Select(b => new BonusStep(b["upTo"].NumberOrNull(), b["perPoint"].Number()))], table["bonusMax"].Number(),
                    [.. table["penalty"].Items().Select(p => new PenaltyStep(p["points"].NumberOrNull(), p["perPoint"].Number()))]);
            })],
        };
    }
}
