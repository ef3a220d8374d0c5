using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>What an account used before, by which a new bill is measured.</summary>
/// <param name="Wh">Energy billed.</param>
/// <param name="Days">Days billed, 1 or more.</param>
public readonly record struct UsageBefore(long Wh, int Days)
{
    public decimal DailyWh => (decimal)Wh / Days;
}

/// <summary>What a check looks at beside the bill itself.</summary>
/// <param name="LoadKw">Greatest demand, or mean power where no load curve is known.</param>
/// <param name="ContractKva">Capacity agreed; null: none.</param>
/// <param name="IsOtherMeter">Its last reading is of a meter that is not the supply point's.</param>
public readonly record struct BillFacets(decimal LoadKw, int? ContractKva, bool IsOtherMeter);

/// <summary>出账复核: which new bills a person looks at before they are released, and why; limits from the packs' <c>billing.yaml</c>. A limit that is not set finds nothing.</summary>
public sealed class BillChecks
{
    /// <summary>Bills of one tariff in a chunk that make a fair comparison.</summary>
    public const int FewestNeighbours = 20;

    /// <summary>Codes in the order in which they are found.</summary>
    public static readonly IReadOnlyList<string> Codes = ["rise", "fall", "zero", "negative", "first", "neighbours", "capacity", "meter", "large"];

    private decimal? _riseTimes, _fallTo, _neighbourTimes, _overCapacity;
    private long _fromWh, _largeFen = long.MaxValue, _firstAboveWh = long.MaxValue;
    private bool _zero, _negative, _meter;

    public static BillChecks Read(Packs packs)
    {
        var checks = new BillChecks();
        foreach (var file in packs.Files("billing.yaml"))
        {
            if (!file.Has("checks")) continue;
            var node = file["checks"];
            checks._riseTimes = node.DecimalOrNull("riseTimes") ?? checks._riseTimes;
            checks._fallTo = node.DecimalOrNull("fallTo") ?? checks._fallTo;
            checks._neighbourTimes = node.DecimalOrNull("neighbourTimes") ?? checks._neighbourTimes;
            checks._fromWh = (long)((node.DecimalOrNull("fromKwh") ?? checks._fromWh / 1000m) * 1000);
            if (node.DecimalOrNull("largeYuan") is { } large) checks._largeFen = (long)(large * 100);
            if (node.DecimalOrNull("firstAboveKwh") is { } first) checks._firstAboveWh = (long)(first * 1000);
            checks._overCapacity = node.DecimalOrNull("overCapacity") ?? checks._overCapacity;
            checks._zero |= node.Flag("zero");
            checks._negative |= node.Flag("negative");
            checks._meter |= node.Flag("otherMeter");
            if (checks._overCapacity is <= 0) node.Error("overCapacity is above 0");
            if (checks._riseTimes is <= 1) node.Error("riseTimes is above 1");
            if (checks._fallTo is <= 0 or >= 1) node.Error("fallTo is between 0 and 1");
        }

        return checks;
    }

    /// <summary>Codes of what is unusual, in a fixed order; empty: nothing. Their sentences are <c>billing.check.*</c>.</summary>
    /// <param name="lastYear">The same month of the year before; the fairest comparison.</param>
    /// <param name="last">The bill before this one.</param>
    /// <param name="neighbours">Median of the same tariff around, Wh a day; null: too few.</param>
    public IReadOnlyList<string> Of(CustomerBill bill, UsageBefore? lastYear, UsageBefore? last, decimal? neighbours, BillFacets facets = default)
    {
        var found = new List<string>();
        var days = bill.ToDay.DayNumber - bill.FromDay.DayNumber + 1;
        var daily = (decimal)bill.UsageWh / days;
        var before = lastYear ?? last;
        if (_negative && (bill.UsageWh < 0 || bill.AmountFen < 0)) found.Add("negative");
        if (before is { } b)
        {
            var isLargeEnough = Math.Abs(bill.UsageWh - b.DailyWh * days) >= _fromWh;
            if (_riseTimes is { } rise && isLargeEnough && daily > b.DailyWh * rise) found.Add("rise");
            if (bill.UsageWh > 0 && _fallTo is { } fall && isLargeEnough && daily < b.DailyWh * fall) found.Add("fall");
            if (_zero && bill.UsageWh == 0 && b.Wh >= _fromWh && b.Wh > 0) found.Add("zero");
        }
        else
        {
            if (bill.UsageWh > _firstAboveWh) found.Add("first");
            if (_neighbourTimes is { } times && neighbours is { } usual && bill.UsageWh >= _fromWh && daily > usual * times) found.Add("neighbours");
        }

        if (_overCapacity is { } over && facets.ContractKva is { } kva && facets.LoadKw > kva * over) found.Add("capacity");
        if (_meter && facets.IsOtherMeter) found.Add("meter");
        if (bill.AmountFen > _largeFen) found.Add("large");
        return found;
    }

    /// <summary>Median daily energy by tariff, of those with enough bills.</summary>
    public static IReadOnlyDictionary<string, decimal> Neighbours(IEnumerable<CustomerBill> bills) => bills.GroupBy(b => b.TariffCode)
        .Select(g => (g.Key, Daily: g.Select(b => (decimal)b.UsageWh / (b.ToDay.DayNumber - b.FromDay.DayNumber + 1)).Order().ToList()))
        .Where(g => g.Daily.Count >= FewestNeighbours).ToDictionary(g => g.Key, g => g.Daily[g.Daily.Count / 2]);
}
