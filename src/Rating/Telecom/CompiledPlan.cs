using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>A plan made ready to rate.</summary>
public sealed class CompiledPlan
{
    /// <summary>Services remembered; further names (input that means nothing to the plan) are looked up each time.</summary>
    const int MostServices = 64;
    readonly Lock adding = new();
    volatile PlanService[] known = [];

    /// <exception cref="ArgumentException">The plan has findings.</exception>
    public CompiledPlan(TelecomPlan plan)
    {
        if (Check(plan) is [var first, ..]) throw new ArgumentException($"{plan.Code}: {first.Path} {first.Code}", nameof(plan));
        Plan = plan;
        Allowances = [.. plan.Allowances];
        Overages = [.. plan.Overages];
        IsPlain = [.. plan.Overages.Select(o => o.IsPlain)];
        LineSource Line(LineKind kind, string charge, string unit) => new(kind, charge, null, 0, Band.Whole, null, unit, plan.Notice, plan.From);
        FeeLine = Line(LineKind.MonthlyFee, "fee", "month");
        KeepingLine = Line(LineKind.NumberKeeping, "number-keeping", "month");
        MemberLine = Line(LineKind.MemberFee, "members", "person");
        MinimumLine = Line(LineKind.Minimum, "minimum", "month");
        AllowanceLines = [.. plan.Allowances.SelectMany(a => (LineSource[])[Line(LineKind.RolledOver, a.Code, UnitOf(a.Service)), Line(LineKind.Allowance, a.Code, UnitOf(a.Service))])];
        OneOffLines = plan.OneOffs.ToDictionary(o => o.Code, o => new LineSource(LineKind.OneOff, o.Code, o.Name, 0, Band.Whole, null, "yuan", plan.Notice, plan.From));
        Discounts = [.. plan.Discounts];
        DiscountLines = [.. plan.Discounts.Select(d => new LineSource(LineKind.Discount, d.Code, d.Name, 0, Band.Whole, null, "yuan", plan.Notice, plan.From))];
        OverageLines = [.. plan.Overages.Select(o => Line(LineKind.Overage, o.Service, o.Unit))];
    }

    public TelecomPlan Plan { get; }

    public string Code => Plan.Code;

    internal Allowance[] Allowances { get; }
    internal Overage[] Overages { get; }
    internal bool[] IsPlain { get; }
    internal LineSource FeeLine { get; }
    internal LineSource KeepingLine { get; }
    internal LineSource MemberLine { get; }
    internal LineSource MinimumLine { get; }
    internal LineSource[] AllowanceLines { get; }
    internal LineSource[] OverageLines { get; }
    internal Dictionary<string, LineSource> OneOffLines { get; }
    internal PlanDiscount[] Discounts { get; }
    internal LineSource[] DiscountLines { get; }

    /// <summary>What forbids publishing the plan.</summary>
    public static IReadOnlyList<Finding> Check(TelecomPlan plan)
    {
        var findings = new List<Finding>();
        if (string.IsNullOrWhiteSpace(plan.Notice)) findings.Add(new("notice", "tariff.no_notice"));
        if (string.IsNullOrWhiteSpace(plan.Source)) findings.Add(new("source", "tariff.no_source"));
        if (plan.MonthlyFee < 0) findings.Add(new("monthlyFee", "tariff.price_negative"));
        for (var i = 0; i < plan.Allowances.Count; i++)
            if (plan.Allowances[i].Quantity <= 0) findings.Add(new($"allowances[{i}].quantity", "charge.not_positive"));
        foreach (var twice in plan.Allowances.GroupBy(a => a.Code).Where(g => g.Count() > 1)) findings.Add(new("allowances", "charge.twice", twice.Key));
        for (var i = 0; i < plan.Overages.Count; i++)
        {
            var rule = plan.Overages[i];
            if (rule.PerUnit < 0) findings.Add(new($"overages[{i}].perUnit", "tariff.price_negative"));
            if (rule.Block < 0 || rule.Block == 0 && (rule.BlockCap is not null || rule.StartedBlockCounts || rule.LaterBlocksWhole)) findings.Add(new($"overages[{i}].block", "charge.not_positive"));
            PlanCheck.Overage(rule, $"overages[{i}]", findings);
            if (rule.DayCap is not null && !rule.Daily) findings.Add(new($"overages[{i}].dayCap", "telecom.day_cap_not_daily"));
        }
        PlanCheck.Extras(plan, findings);
        foreach (var twice in plan.Overages.GroupBy(o => o.Service).Where(g => g.Count() > 1)) findings.Add(new("overages", "charge.twice", twice.Key));
        return findings;
    }

    /// <summary>Opens a month to be rated record by record.</summary>
    /// <param name="facts">Everything but the uses, which are passed one by one.</param>
    public PlanMonth Open(in TelecomUsage facts) => new PlanMonth(this).Begin(facts);

    /// <summary>Reused by <see cref="Rate(in TelecomUsage)"/>, so that a month allocates only its bill.</summary>
    [ThreadStatic] static PlanMonth? mine;

    /// <summary>Rates a month from its uses: the same as one by one.</summary>
    /// <returns>Lines, or the finding usage.period_reversed or telecom.not_one_month.</returns>
    public RatedBill Rate(in TelecomUsage usage)
    {
        if (usage.To < usage.From) return Failed(new("to", "usage.period_reversed", usage.From, usage.To));
        if (usage.To.DayNumber - usage.From.DayNumber > 30 || usage.From.Month != usage.To.Month) return Failed(new("to", "telecom.not_one_month", usage.From, usage.To));
        if (usage.OneOffs is { } ordered)
            foreach (var code in ordered)
                if (!OneOffLines.ContainsKey(code)) return Failed(new("oneOffs", "telecom.one_off_unknown", code));
        var month = mine is { } before && before.IsOf(this) ? before : mine = new PlanMonth(this);
        month.Begin(usage);
        foreach (ref readonly var use in usage.Uses.Span) month.Use(use);
        return month.Close();
    }

    /// <inheritdoc cref="Rate(in TelecomUsage)"/>
    /// <param name="usage">A month.</param>
    /// <param name="rollsOver">What is left for the next month, by code of the allowance; empty: nothing.</param>
    public RatedBill Rate(in TelecomUsage usage, out IReadOnlyDictionary<string, decimal> rollsOver)
    {
        var bill = Rate(usage);
        rollsOver = bill.IsRated ? mine!.LeftToRollOver() : new Dictionary<string, decimal>();
        return bill;
    }

    internal MonthShare FeeShare(in TelecomUsage usage) => Share(usage, Plan.FirstMonth, Plan.LastMonth ?? Plan.FirstMonth, PartMonthFee.Days);

    internal MonthShare AllowanceShare(in TelecomUsage usage) => Plan.PartMonthAllowances is { } own ? Share(usage, own, own, PartMonthFee.Days)
        : Share(usage, Plan.FirstMonth, Plan.LastMonth ?? Plan.FirstMonth, PartMonthFee.Full);

    /// <summary>Share of a month, 0–1: what a late beginning and an early end leave of it.</summary>
    /// <param name="usage">Its days.</param>
    /// <param name="first">Rule of a beginning after the first day.</param>
    /// <param name="last">Rule of an end before the last day.</param>
    /// <param name="mixed">What <see cref="PartMonthFee.DaysFullAllowances"/> means here.</param>
    static MonthShare Share(in TelecomUsage usage, PartMonthFee first, PartMonthFee last, PartMonthFee mixed)
    {
        var days = DateTime.DaysInMonth(usage.From.Year, usage.From.Month);
        if (usage.From.Day == 1 && usage.To.Day == days) return MonthShare.Whole;
        if (first == PartMonthFee.DaysFullAllowances) first = mixed;
        if (last == PartMonthFee.DaysFullAllowances) last = mixed;
        var (late, early) = (usage.From.Day - 1, days - usage.To.Day);
        if (late > 0 && first == PartMonthFee.Free || early > 0 && last == PartMonthFee.Free) return new(0, days);
        // Days taken off by one rule are counted exactly; halves by the other come on top.
        var off = (first == PartMonthFee.Days ? late : 0) + (last == PartMonthFee.Days ? early : 0);
        var halves = (first == PartMonthFee.Half && usage.From.Day > 15 ? 0.5m : 0) + (last == PartMonthFee.Half && early > 0 && usage.To.Day <= 15 ? 0.5m : 0);
        return new(Math.Max(0, days - off - halves * days), days);
    }

    /// <summary>Share of the month's days, for fees that go by days whatever the plan's fee does.</summary>
    internal static decimal DayShare(in TelecomUsage usage, PartMonth part) =>
        part == PartMonth.Full ? 1 : (decimal)(usage.To.Day - usage.From.Day + 1) / DateTime.DaysInMonth(usage.From.Year, usage.From.Month);

    internal LineSource ItemLine(TelecomItem item) => new(item.IsCollected ? LineKind.Collected : item.Yuan < 0 || item.Share < 0 ? LineKind.Discount : LineKind.OneOff,
        item.Code, item.Name, 0, Band.Whole, null, "yuan", Plan.Notice, Plan.From);

    /// <summary>Places of the allowances that cover a service, in the plan's order (of each, what rolled over before what is new), and its overage rule.</summary>
    internal PlanService Service(string name)
    {
        // A handful of services: looking along an array is faster than hashing the name.
        foreach (var service in known)
            if (service.Name == name) return service;
        return Learn(name);
    }

    PlanService Learn(string name)
    {
        var places = new List<AllowancePlace>();
        for (var i = 0; i < Plan.Allowances.Count; i++)
        {
            var allowance = Plan.Allowances[i];
            var takes = Covers(allowance.Service, name) ? 1 : allowance.Shared.Where(s => Covers(s.Key, name)).OrderByDescending(s => s.Key.Length).Select(s => s.Value).FirstOrDefault();
            if (takes == 0) continue;
            places.AddRange(allowance.RolledUse == RolledUse.First ? [new(i * 2, takes), new(i * 2 + 1, takes)] : [new(i * 2 + 1, takes), new(i * 2, takes)]);
        }
        var rule = -1;
        for (var i = 0; i < Plan.Overages.Count; i++)
            if (Covers(Plan.Overages[i].Service, name) && (rule < 0 || Plan.Overages[i].Service.Length > Plan.Overages[rule].Service.Length)) rule = i;
        var learned = new PlanService(name, [.. places], rule);
        lock (adding)
            if (known.Length < MostServices) known = [.. known, learned];
        return learned;
    }

    static bool Covers(string service, string name) =>
        name.StartsWith(service, StringComparison.Ordinal) && (name.Length == service.Length || name[service.Length] == '.');

    string UnitOf(string service) => Plan.Overages.FirstOrDefault(o => Covers(o.Service, service))?.Unit ?? "";

    RatedBill Failed(Finding finding) => new(Code, Money.Zero, 0, [], [finding]);
}

/// <summary>A share of a month in days, kept as a fraction: a third of thirty must be ten.</summary>
readonly record struct MonthShare(decimal Days, int Of)
{
    public static readonly MonthShare Whole = new(1, 1);

    public decimal Value => Of == 1 ? Days : Days / Of;

    public decimal Times(decimal value) => Of == 1 ? value : value * Days / Of;
}

/// <summary>How one service is served: its name, places of allowances in order of use, and the overage rule or -1.</summary>
sealed record PlanService(string Name, AllowancePlace[] Allowances, int Overage);

/// <param name="At">Place among what is left: twice the allowance's number is what rolled over, one more the month's own.</param>
/// <param name="Takes">How much of the allowance a unit takes.</param>
readonly record struct AllowancePlace(int At, decimal Takes);
