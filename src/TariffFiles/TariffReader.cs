using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Reads tariffs and late-fee rules of one file's tree.</summary>
static class TariffReader
{
    public static Tariff Read(YamlEntry tariff)
    {
        tariff.Only("code", "name", "versions");
        if (!tariff["versions"].Exists) tariff["versions"].Wrong("yaml.missing", 0);
        return new(tariff["code"].Text(), tariff["name"].Both(), [.. tariff["versions"].Items().Select(Version)]);
    }

    static TariffVersion Version(YamlEntry version)
    {
        version.Only("from", "until", "notice", "source", "rounding", "changeOver", "tablesBy", "householdBy", "partDecimals", "dayDecimals", "demandMinutes", "timeOfUse", "energy", "energies", "components", "demand", "fixed", "basic",
            "loadRates", "powerFactor", "percents", "minimum");
        var charges = new List<Charge>();
        if (version["energy"].Exists) charges.Add(EnergyReader.Read(version["energy"]));
        foreach (var item in version["energies"].Items()) charges.Add(EnergyReader.Read(item));
        foreach (var item in version["components"].Items()) charges.Add(CommercialReader.Component(item));
        foreach (var item in version["fixed"].Items())
        {
            item.Only("code", "name", "yuanPerMonth", "partMonth");
            charges.Add(new FixedCharge { Code = item["code"].Text(), Name = item["name"].Both(), YuanPerMonth = item["yuanPerMonth"].Number(), PartMonth = item["partMonth"].Word(PartMonth.Days) });
        }
        if (version["basic"].Exists) charges.Add(CommercialReader.Basic(version["basic"]));
        foreach (var item in version["demand"].Items()) charges.Add(EnergyReader.Demand(item));
        foreach (var item in version["loadRates"].Items()) charges.Add(CommercialReader.LoadRate(item));
        if (version["powerFactor"].Exists) charges.Add(CommercialReader.PowerFactor(version["powerFactor"]));
        foreach (var item in version["percents"].Items()) charges.Add(CommercialReader.Percent(item));
        if (version["minimum"].Exists) charges.Add(CommercialReader.Minimum(version["minimum"]));
        return new()
        {
            From = version["from"].Date(),
            Until = version["until"].DateOrNull(),
            TablesBy = version["tablesBy"].Word(MonthOf.LastDay),
            HouseholdBy = version["householdBy"].Word(MonthOf.Days),
            DayDecimals = version["dayDecimals"].WholeOrNull() ?? 10,
            PartDecimals = version["partDecimals"].WholeOrNull(),
            DemandMinutes = version["demandMinutes"].WholeOrNull() ?? 0,
            Notice = version["notice"].Text(),
            Source = version["source"].Text(),
            Rounding = version["rounding"].Word(Rounding.Line),
            ChangeOver = version["changeOver"].Word(ChangeOver.Days),
            TimeOfUse = version["timeOfUse"].Exists ? CommercialReader.Hours(version["timeOfUse"]) : null,
            Charges = charges,
        };
    }

    public static LateFeeRule LateFee(YamlEntry rule)
    {
        rule.Only("code", "name", "from", "notice", "source", "perDay", "perDayAfterNewYear", "acrossYear", "minimumYuan", "capShare", "graceDays",
            "paymentDayCounts", "dueMovesToWorkDay");
        var perDay = rule["perDay"].Number();
        foreach (var key in (ReadOnlySpan<string>)["perDay", "perDayAfterNewYear"])
            if (rule[key].NumberOrNull() is (< 0 or > 0.1m) and { } rate) rule[key].Wrong("late_fee.rate_out_of_range", 0, rate);
        foreach (var key in (ReadOnlySpan<string>)["minimumYuan", "capShare", "graceDays"])
            if (rule[key].NumberOrNull() is < 0 and { } value) rule[key].Wrong("late_fee.negative", 0, value);
        return new(rule["code"].Text(), rule["name"].Both(), rule["from"].Date(), rule["notice"].Text(), rule["source"].Text(), perDay)
        {
            PerDayAfterNewYear = rule["perDayAfterNewYear"].NumberOrNull(),
            AcrossYear = rule["acrossYear"].Word(AcrossYear.DaysAfter),
            MinimumYuan = rule["minimumYuan"].NumberOrNull() ?? 0,
            CapShare = rule["capShare"].NumberOrNull(),
            GraceDays = rule["graceDays"].WholeOrNull() ?? 0,
            PaymentDayCounts = rule["paymentDayCounts"].Flag(otherwise: true),
            DueMovesToWorkDay = rule["dueMovesToWorkDay"].Flag(),
        };
    }
}
