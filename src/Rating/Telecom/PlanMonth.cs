namespace OpenHall.Rating;

/// <summary>A month of a plan while it is used: records are rated as they come, and the bill at the end is the same as from the sums.</summary>
public sealed class PlanMonth
{
    readonly CompiledPlan plan;
    readonly decimal[] left;
    readonly decimal[] given;
    readonly Beyond[] beyond;
    TelecomUsage facts;

    internal PlanMonth(CompiledPlan plan)
    {
        this.plan = plan;
        // Two places for each allowance: what rolled over, used first, and this month's.
        left = new decimal[plan.Allowances.Length * 2];
        given = new decimal[left.Length];
        beyond = new Beyond[plan.Overages.Length];
    }

    /// <summary>What was used beyond the allowances by one rule, in the month and on its last day.</summary>
    struct Beyond
    {
        public decimal Used, Cost, UsedToday, CostToday;
        public DateOnly Day;
    }

    /// <summary>Begins a month, forgetting the one before.</summary>
    internal PlanMonth Begin(in TelecomUsage usage)
    {
        facts = usage;
        Array.Clear(beyond);
        // Suspended or stopped, a plan gives nothing and nothing rolls over.
        var gives = usage.Status == TelecomStatus.Active || usage.Status == TelecomStatus.Suspended && plan.Plan.NumberKeepingFee is null;
        var share = gives ? plan.AllowanceShare(usage) : default;
        var isWhole = share.Of == 1;
        for (var i = 0; i < plan.Allowances.Length; i++)
        {
            var allowance = plan.Allowances[i];
            left[i * 2] = gives && usage.RolledOver is { } rolled ? rolled.GetValueOrDefault(allowance.Code) : 0;
            left[i * 2 + 1] = isWhole ? allowance.Quantity : !gives ? 0 : plan.Plan.RoundsAllowancesUp ? decimal.Ceiling(share.Times(allowance.Quantity / allowance.RoundsUpTo)) * allowance.RoundsUpTo : share.Times(allowance.Quantity);
        }
        left.CopyTo(given, 0);
        return this;
    }

    internal bool IsOf(CompiledPlan other) => plan == other;

    /// <summary>Rates one use.</summary>
    /// <returns>Exact yuan that this use adds to the month: 0 inside the allowances.</returns>
    public decimal Use(in ServiceUse use)
    {
        var service = plan.Service(use.Service);
        var rule = service.Overage;
        var quantity = use.Quantity;
        if (rule >= 0 && quantity.Scale > 0 && plan.Overages[rule].Step is 1) quantity = decimal.Ceiling(quantity);
        else if (rule >= 0 && plan.Overages[rule].Step is > 0 and not 1 and var step) quantity = decimal.Ceiling(quantity / step) * step;
        foreach (ref readonly var place in service.Allowances.AsSpan())
        {
            if (quantity == 0) return 0;
            ref var rest = ref left[place.At];
            if (rest == 0) continue;
            var taken = place.Takes == 1 ? Math.Min(quantity, rest) : Math.Min(quantity, rest / place.Takes);
            rest = place.Takes == 1 ? rest - taken : taken < quantity ? 0 : rest - taken * place.Takes;
            quantity -= taken;
        }
        if (rule < 0 || quantity == 0) return 0;
        if (!plan.IsPlain[rule]) return Charge(ref beyond[rule], plan.Overages[rule], use.Day, quantity);
        ref var plain = ref beyond[rule];
        var yuan = quantity * plan.Overages[rule].PerUnit;
        plain.Used += quantity;
        plain.Cost += yuan;
        return yuan;
    }

    static decimal Charge(ref Beyond sum, Overage rule, DateOnly when, decimal quantity)
    {
        sum.Used += quantity;
        if (rule.Daily && sum.Day != when) (sum.UsedToday, sum.CostToday, sum.Day) = (0, 0, when);
        sum.UsedToday += quantity;
        var now = rule.Cost(sum.UsedToday);
        if (rule.DayCap is { } dayCap) now = Math.Min(now, dayCap);
        var added = now - sum.CostToday;
        sum.CostToday = now;
        if (rule.MonthCap is { } most) added = Math.Min(added, most - sum.Cost);
        sum.Cost += added;
        return added;
    }

    /// <summary>What is left to roll over into the next month, by code.</summary>
    public IReadOnlyDictionary<string, decimal> LeftToRollOver()
    {
        var result = new Dictionary<string, decimal>();
        for (var i = 0; i < plan.Allowances.Length; i++)
            if (plan.Allowances[i] is { RollsOver: true } allowance && left[i * 2 + 1] is > 0 and var rest) result[allowance.Code] = Math.Min(rest, allowance.RollsAtMost ?? rest);
        return result;
    }

    /// <summary>The bill of the month as it stands.</summary>
    public RatedBill Close()
    {
        var lines = LineBuffer.Empty();
        if (facts.Status != TelecomStatus.StoppedForDebt)
        {
            Fee(lines);
            for (var i = 0; i < given.Length; i++)
                if (given[i] - left[i] is not 0 and var used) lines.Add(plan.AllowanceLines[i], null, given[i], used, 0);
            for (var i = 0; i < beyond.Length; i++)
                if (beyond[i].Used != 0) lines.Add(plan.OverageLines[i], null, null, beyond[i].Used, plan.Overages[i].PerUnit, beyond[i].Cost, plan.IsPlain[i] ? [] : Capped(beyond[i], plan.Overages[i]));
        }
        var excluded = Items(lines);
        if (plan.Plan.MinimumSpend is { } least && facts.Status == TelecomStatus.Active)
        {
            if (plan.Plan.MinimumPart == PartMonth.Days) least *= CompiledPlan.DayShare(facts, PartMonth.Days);
            decimal sum = 0;
            for (var i = 0; i < lines.Count; i++) sum += lines[i].Yuan;
            sum -= excluded;
            if (sum < least) lines.Add(plan.MinimumLine, null, null, 1, least - sum, least - sum, [new("minimum.required", least, "yuan"), new("minimum.charged", sum, "yuan")]);
        }
        return lines.ToBill(plan.Code, plan.Plan.Rounding);
    }

    /// <summary>Says why quantity × price is not the amount, where a block, day or month cap cut it.</summary>
    static Step[] Capped(in Beyond sum, Overage rule) => sum.Cost == sum.Used * rule.PerUnit ? [] : [new("overage.uncapped", sum.Used * rule.PerUnit, "yuan")];

    void Fee(LineBuffer lines)
    {
        if (facts.Status == TelecomStatus.Suspended && plan.Plan.NumberKeepingFee is { } keeping)
        {
            lines.Add(plan.KeepingLine, null, null, CompiledPlan.DayShare(facts, plan.Plan.NumberKeepingPart), keeping);
            return;
        }
        var share = plan.FeeShare(facts);
        var fee = share.Times(plan.Plan.MonthlyFee);
        lines.Add(plan.FeeLine, null, null, share.Value, plan.Plan.MonthlyFee, fee, []);
        if (facts.Members > plan.Plan.MembersIncluded && plan.Plan.MemberFee > 0) lines.Add(plan.MemberLine, null, null, facts.Members - plan.Plan.MembersIncluded, plan.Plan.MemberFee);
        var left = fee;
        for (var i = 0; i < plan.Discounts.Length && left > 0; i++)
        {
            var discount = plan.Discounts[i];
            if (!discount.Holds(facts)) continue;
            var off = Math.Min(left, discount.Percent > 0 ? fee * discount.Percent / 100 : discount.Yuan);
            left -= off;
            if (discount.Percent > 0) lines.Add(plan.DiscountLines[i], null, null, fee, -discount.Percent / 100, -off, []);
            else lines.Add(plan.DiscountLines[i], null, null, 1, -off);
        }
    }

    /// <returns>Sum of what is collected for others.</returns>
    decimal Items(LineBuffer lines)
    {
        decimal collected = 0;
        if (facts.OneOffs is { } ordered)
            foreach (var code in ordered)
                foreach (var fee in plan.Plan.OneOffs)
                    if (fee.Code == code) lines.Add(plan.OneOffLines[code], null, null, 1, fee.Yuan);
        if (facts.Items is not { } items) return 0;
        foreach (var item in items)
        {
            var yuan = item.Share is { } share ? plan.FeeShare(facts).Times(plan.Plan.MonthlyFee) * share : item.Yuan;
            lines.Add(plan.ItemLine(item), null, null, 1, yuan);
            if (item.IsCollected) collected += yuan;
        }
        return collected;
    }
}
