namespace OpenHall.Rating;

/// <summary>A month of a plan while it is used: records are rated as they come, and the bill at the end is the same as from the sums.</summary>
public sealed class PlanMonth
{
    readonly CompiledPlan plan;
    readonly TelecomUsage facts;
    readonly decimal[] left;
    readonly decimal[] given;
    readonly decimal[] over;
    readonly decimal[] cost;
    readonly decimal[] today;
    readonly decimal[] costToday;
    readonly DateOnly[] day;

    internal PlanMonth(CompiledPlan plan, in TelecomUsage facts)
    {
        this.plan = plan;
        this.facts = facts;
        var allowances = plan.Plan.Allowances;
        // Two places for each allowance: what rolled over, used first, and this month's.
        left = new decimal[allowances.Count * 2];
        given = new decimal[allowances.Count * 2];
        var share = plan.AllowanceShare(facts);
        for (var i = 0; i < allowances.Count; i++)
        {
            left[i * 2] = facts.RolledOver is { } rolled ? rolled.GetValueOrDefault(allowances[i].Code) : 0;
            left[i * 2 + 1] = share == 1 ? allowances[i].Quantity : plan.Plan.RoundsAllowancesUp ? decimal.Ceiling(allowances[i].Quantity * share) : allowances[i].Quantity * share;
        }
        left.CopyTo(given, 0);
        var rules = plan.Plan.Overages.Count;
        over = new decimal[rules];
        cost = new decimal[rules];
        today = new decimal[rules];
        costToday = new decimal[rules];
        day = new DateOnly[rules];
    }

    /// <summary>Rates one use.</summary>
    /// <returns>Exact yuan that this use adds to the month: 0 inside the allowances.</returns>
    public decimal Use(in ServiceUse use)
    {
        var service = plan.Service(use.Service);
        var rule = service.Overage;
        var quantity = use.Quantity;
        if (rule >= 0 && plan.Plan.Overages[rule].Step is > 0 and var step) quantity = decimal.Ceiling(quantity / step) * step;
        foreach (var at in service.Allowances)
        {
            if (quantity == 0) return 0;
            var taken = Math.Min(quantity, left[at]);
            left[at] -= taken;
            quantity -= taken;
        }
        return rule < 0 || quantity == 0 ? 0 : Beyond(rule, plan.Plan.Overages[rule], use.Day, quantity);
    }

    decimal Beyond(int at, Overage rule, DateOnly when, decimal quantity)
    {
        over[at] += quantity;
        if (!rule.Daily || day[at] != when) (today[at], costToday[at], day[at]) = rule.Daily ? (0, 0, when) : (today[at], costToday[at], when);
        today[at] += quantity;
        var now = rule.Cost(today[at]);
        if (rule.DayCap is { } dayCap) now = Math.Min(now, dayCap);
        var added = now - costToday[at];
        costToday[at] = now;
        if (rule.MonthCap is { } most) added = Math.Min(added, most - cost[at]);
        cost[at] += added;
        return added;
    }

    /// <summary>What is left to roll over into the next month, by code.</summary>
    public IReadOnlyDictionary<string, decimal> LeftToRollOver()
    {
        var result = new Dictionary<string, decimal>();
        for (var i = 0; i < plan.Plan.Allowances.Count; i++)
            if (plan.Plan.Allowances[i].RollsOver && left[i * 2 + 1] > 0) result[plan.Plan.Allowances[i].Code] = left[i * 2 + 1];
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
            for (var i = 0; i < over.Length; i++)
                if (over[i] != 0) lines.Add(plan.OverageLines[i], null, null, over[i], plan.Plan.Overages[i].PerUnit, cost[i], Capped(i));
        }
        var excluded = Items(lines);
        if (plan.Plan.MinimumSpend is { } least && facts.Status == TelecomStatus.Active)
        {
            decimal sum = 0;
            for (var i = 0; i < lines.Count; i++) sum += lines[i].Yuan;
            sum -= excluded;
            if (sum < least) lines.Add(plan.MinimumLine, null, null, 1, least - sum, least - sum, [new("minimum.required", least, "元"), new("minimum.charged", sum, "元")]);
        }
        return lines.ToBill(plan.Code, lines.Round(plan.Plan.Rounding));
    }

    /// <summary>Says why quantity × price is not the amount, where a block, day or month cap cut it.</summary>
    Step[] Capped(int at) => cost[at] == over[at] * plan.Plan.Overages[at].PerUnit ? [] : [new("overage.uncapped", over[at] * plan.Plan.Overages[at].PerUnit, "元")];

    void Fee(LineBuffer lines)
    {
        if (facts.Status == TelecomStatus.Suspended && plan.Plan.NumberKeepingFee is { } keeping)
        {
            lines.Add(plan.KeepingLine, null, null, 1, keeping);
            return;
        }
        var share = plan.FeeShare(facts);
        lines.Add(plan.FeeLine, null, null, share, plan.Plan.MonthlyFee);
        if (facts.Members > 1 && plan.Plan.MemberFee > 0) lines.Add(plan.MemberLine, null, null, facts.Members - 1, plan.Plan.MemberFee);
    }

    /// <returns>Sum of what is collected for others.</returns>
    decimal Items(LineBuffer lines)
    {
        decimal collected = 0;
        if (facts.Items is not { } items) return 0;
        foreach (var item in items)
        {
            var yuan = item.Share is { } share ? plan.Plan.MonthlyFee * plan.FeeShare(facts) * share : item.Yuan;
            lines.Add(plan.ItemLine(item), null, null, 1, yuan);
            if (item.IsCollected) collected += yuan;
        }
        return collected;
    }
}
