using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>Two-part price, basic part: each span of capacity or contract by its days.</summary>
sealed class BasicCharger(BasicCharge charge, TariffVersion version) : ICharger
{
    readonly LineSource capacity = new(LineKind.Capacity, charge.Code, charge.Name, 0, Band.Whole, null, "kVA", version.Notice, version.From);
    readonly LineSource demand = new(LineKind.Demand, charge.Code, charge.Name, 0, Band.Whole, null, "kW", version.Notice, version.From);
    readonly LineSource discount = new(LineKind.Discount, charge.Code, charge.Name, 0, Band.Whole, null, "yuan", version.Notice, version.From);

    public Finding? Rate(in Usage usage, LineBuffer lines, int first)
    {
        if (usage.Power is not { } power) return new("power", "usage.power_missing");
        if (power.Mode == BasicMode.Capacity)
        {
            if (power.Capacity.Count == 0) return new("power.capacity", "usage.capacity_missing");
            foreach (var span in Counted(power.Capacity)) AddSpan(capacity, span, charge.YuanPerKvaMonth, usage, lines);
            return null;
        }
        if (usage.MaxKw is not { } max) return new("power.maxDemandKw", "usage.demand_missing");
        var start = lines.Count;
        if (power.Mode == BasicMode.ActualDemand) Actual(max, usage, power, lines);
        else if (power.ContractDemand.Count == 0) return new("power.contractDemand", "usage.contract_missing");
        else
            foreach (var span in Counted(power.ContractDemand)) Contract(span, max, usage, power, lines);
        Discount(usage, power, start, lines);
        return null;
    }

    /// <summary>With a least number of days: a shorter reduction or suspension between higher values is billed as if it had not been.</summary>
    IReadOnlyList<PowerSpan> Counted(IReadOnlyList<PowerSpan> spans)
    {
        if (charge.LeastDaysOfReduction == 0 || spans.Count < 2) return spans;
        var counted = new List<PowerSpan> { spans[0] };
        for (var i = 1; i < spans.Count; i++)
        {
            var (before, span) = (counted[^1], spans[i]);
            var gap = span.From.DayNumber - before.To.DayNumber - 1;
            if (gap > 0 && gap < charge.LeastDaysOfReduction) counted.Add(new(before.To.AddDays(1), span.From.AddDays(-1), before.Value));
            var days = span.To.DayNumber - span.From.DayNumber + 1;
            counted.Add(gap == 0 && span.Value < before.Value && days < charge.LeastDaysOfReduction && i < spans.Count - 1 ? span with { Value = before.Value } : span);
        }
        return counted;
    }

    void Actual(decimal max, in Usage usage, PowerFacts power, LineBuffer lines)
    {
        var floor = Floor(usage.From, power);
        var months = MonthsOf(usage);
        var billed = Math.Max(max, floor);
        lines.Add(demand, null, null, billed, charge.YuanPerKwMonth, billed * charge.YuanPerKwMonth * months,
            [new("demand.max", max, "kW"), new("demand.floor", floor, "kW"), new("months", months)]);
    }

    void Contract(PowerSpan span, decimal max, in Usage usage, PowerFacts power, LineBuffer lines)
    {
        var limit = span.Value * charge.OverLimit;
        var isOver = max > limit;
        var plain = Math.Max(isOver && charge.OverBase == DemandBase.Limit ? limit : span.Value, Floor(span.From, power));
        AddSpan(demand, span with { Value = plain }, charge.YuanPerKwMonth, usage, lines, new("demand.contract", span.Value, "kW"), new("demand.max", max, "kW"),
            new("demand.limit", limit, "kW"));
        if (!isOver) return;
        var excess = max - (charge.OverFrom == DemandBase.Limit ? limit : span.Value);
        AddSpan(demand, span with { Value = excess }, charge.YuanPerKwMonth * charge.OverFactor, usage, lines, new("demand.excess", excess, "kW"), new("demand.over_factor", charge.OverFactor));
    }

    decimal Floor(DateOnly day, PowerFacts power)
    {
        if (charge.FloorShareOfCapacity == 0) return 0;
        foreach (var span in power.Capacity)
            if (span.From <= day && day <= span.To) return span.Value * charge.FloorShareOfCapacity;
        return 0;
    }

    /// <summary>Months of the period; who moves in or out inside a month owes thirtieths where the divisor is thirty.</summary>
    decimal MonthsOf(in Usage usage) => charge.Divisor == DayDivisor.Thirty && usage.Months == 0 && usage.FlatMonths == 0 ? Months.Thirtieths(usage.From, usage.To) : usage.MonthsCharged;

    /// <summary>A span over the whole period counts its months; a part counts days by the divisor.</summary>
    void AddSpan(LineSource source, PowerSpan span, decimal price, in Usage usage, LineBuffer lines, params ReadOnlySpan<Step> steps)
    {
        var from = span.From > usage.From ? span.From : usage.From;
        var to = span.To < usage.To ? span.To : usage.To;
        var days = to.DayNumber - from.DayNumber + 1;
        if (days <= 0 || span.Value == 0) return;
        var wholeDays = usage.To.DayNumber - usage.From.DayNumber + 1;
        var months = MonthsOf(usage);
        if (days < wholeDays) months = charge.Divisor == DayDivisor.Thirty ? days / 30m : months * days / wholeDays;
        lines.Add(source, null, null, span.Value, price, span.Value * price * months, [.. steps, new("days", days, "day"), new("months", months)]);
    }

    void Discount(in Usage usage, PowerFacts power, int start, LineBuffer lines)
    {
        if (charge.LoadDiscount is not { } rule) return;
        decimal capacityMonths = 0, charged = 0;
        foreach (var span in power.Capacity)
        {
            var from = span.From > usage.From ? span.From : usage.From;
            var to = span.To < usage.To ? span.To : usage.To;
            if (to >= from) capacityMonths += span.Value * usage.MonthsCharged * (to.DayNumber - from.DayNumber + 1) / (usage.To.DayNumber - usage.From.DayNumber + 1);
        }
        if (capacityMonths == 0 || usage.TotalKwh < rule.KwhPerKvaMonth * capacityMonths) return;
        for (var i = start; i < lines.Count; i++) charged += lines[i].Yuan;
        lines.Add(discount, null, null, charged, rule.Factor - 1, charged * (rule.Factor - 1),
            [new("load.kwh_per_kva", decimal.Round(usage.TotalKwh / capacityMonths, 2), "kWh/kVA"), new("load.from", rule.KwhPerKvaMonth, "kWh/kVA")]);
    }
}
