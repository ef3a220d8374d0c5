using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>Checks of hours, components, the basic charge and the power factor.</summary>
static class CommercialCheck
{
    public static void Hours(TimeOfUse tou, string path, List<Finding> findings)
    {
        var rulesOf = new int[13 * 3];
        Span<Band> day = stackalloc Band[TouTable.Quarters];
        for (var i = 0; i < tou.Rules.Count; i++)
        {
            var rule = tou.Rules[i];
            var at = $"{path}[{i}]";
            if (rule.Months.Any(m => m is < 1 or > 12)) { findings.Add(new($"{at}.months", "tariff.months_out_of_range", 1, 12)); continue; }
            foreach (var month in rule.Months)
                foreach (var kind in rule.Days) rulesOf[month * 3 + (int)kind]++;
            if (rule.Hours.Any(h => h.From is < 0 or >= 1440 || h.Until is < 0 or > 1440 || h.From % 15 != 0 || h.Until % 15 != 0)) { findings.Add(new(at, "tariff.hours_wrong")); continue; }
            var twice = TouTable.Fill(day, rule);
            if (twice >= 0) findings.Add(new(at, "tariff.hours_overlap", Clock(twice)));
            var gap = day.IndexOf(Band.Whole);
            if (gap >= 0) findings.Add(new(at, "tariff.hours_gap", Clock(gap)));
        }
        for (var month = 1; month <= 12; month++)
            for (var kind = DayKind.Workday; kind <= DayKind.Holiday; kind++)
                if (rulesOf[month * 3 + (int)kind] is not 1 and var count) findings.Add(new(path, count == 0 ? "tariff.hours_missing" : "tariff.hours_twice", month, kind));
    }

    public static void Component(ComponentCharge charge, string path, List<Finding> findings)
    {
        if (charge.Price is not null && charge.Table is not null) findings.Add(new(path, "tariff.price_and_table"));
        if (charge.Price is { Whole: null, IsByBand: false }) findings.Add(new(path, "tariff.no_price"));
        if (charge.Per is not (ComponentUnit.Kwh or ComponentUnit.FeedIn) && (charge.Factors is not null || charge.Price is { IsByBand: true })) findings.Add(new(path, "tariff.kvarh_by_band"));
    }

    public static void Demand(DemandCharge charge, string path, List<Finding> findings)
    {
        if (charge.RatchetMonths is < 0 or > 120 || charge.RatchetOf.Any(m => m is < 1 or > 12)) findings.Add(new($"{path}.ratchetMonths", "tariff.months_out_of_range", 1, 12));
        if (charge.RatchetShare is < 0 or > 1) findings.Add(new($"{path}.ratchetShare", "tariff.not_a_share"));
        EnergyCheck.Seasons(charge.Seasons, path, findings);
        for (var s = 0; s < charge.Seasons.Count; s++)
            EnergyCheck.Tiers(charge.Seasons[s].Tiers, charge.Seasons.Count == 1 ? path : $"{path}.seasons[{s}]", mayFall: true, mayBeNegative: false, findings);
    }

    public static void Basic(BasicCharge charge, string path, List<Finding> findings)
    {
        if (charge.YuanPerKvaMonth < 0 || charge.YuanPerKwMonth < 0) findings.Add(new(path, "tariff.price_negative"));
        if (charge.OverLimit < 1) findings.Add(new($"{path}.overLimit", "tariff.below_one"));
        if (charge.OverFactor < 1) findings.Add(new($"{path}.overFactor", "tariff.below_one"));
        if (charge.FloorShareOfCapacity is < 0 or > 1) findings.Add(new($"{path}.floorShareOfCapacity", "tariff.not_a_share"));
        if (charge.LoadDiscount is { Factor: < 0 or > 1 }) findings.Add(new($"{path}.loadDiscount.factor", "tariff.not_a_share"));
    }

    public static void Percent(PercentCharge charge, IEnumerable<string> charges, string path, List<Finding> findings)
    {
        if (charge.Percent is < -100 or 0 or > 1000) findings.Add(new(path, "tariff.percent_wrong", charge.Percent));
        foreach (var code in charge.Covers.Except(charges)) findings.Add(new(path, "tariff.covers_unknown", code));
    }

    public static void LoadRate(LoadRateCharge charge, IEnumerable<string> charges, string path, List<Finding> findings)
    {
        if (charge.Steps.Count == 0) findings.Add(new($"{path}.steps", "tariff.no_price"));
        for (var i = 0; i < charge.Steps.Count; i++)
        {
            if (i > 0 && charge.Steps[i].From <= charge.Steps[i - 1].From) findings.Add(new($"{path}.steps", "tariff.tiers_not_rising", charge.Steps[i].From, charge.Steps[i - 1].From));
            if (charge.Steps[i].Percent is < -100 or > 100) findings.Add(new($"{path}.steps", "tariff.percent_wrong", charge.Steps[i].Percent));
        }
        foreach (var code in charge.Covers.Except(charges)) findings.Add(new(path, "tariff.covers_unknown", code));
    }

    public static void Minimum(MinimumCharge charge, IEnumerable<string> charges, string path, List<Finding> findings)
    {
        if (charge.YuanPerMonth < 0 || charge.YuanPerKvaMonth < 0 || charge.YuanPerMonth + charge.YuanPerKvaMonth == 0) findings.Add(new(path, "charge.not_positive"));
        foreach (var code in charge.Covers.Except(charges)) findings.Add(new($"{path}.covers", "tariff.covers_unknown", code));
    }

    /// <summary>定比定量: shares at most 1, one rest at most, no bands beside them; components stand on a part that exists.</summary>
    public static void Parts(TariffVersion version, string path, List<Finding> findings)
    {
        var energies = version.Charges.OfType<EnergyCharge>().ToList();
        for (var i = 0; i < energies.Count; i++)
        {
            if (energies[i].Part is not { } part) continue;
            var at = energies.Count == 1 ? $"{path}.energy" : $"{path}.energies[{i}]";
            if (energies[i].Bands.Count > 0) findings.Add(new($"{at}.part", "tariff.part_with_bands"));
            if (part.Share is < 0 or > 1) findings.Add(new($"{at}.part", "tariff.not_a_share"));
            if (part.KwhPerMonth < 0) findings.Add(new($"{at}.part", "charge.not_positive"));
        }
        var parts = energies.Where(e => e.Part is not null).Select(e => e.Part!).ToList();
        if (parts.Sum(p => p.Share ?? 0) > 1) findings.Add(new(path, "tariff.shares_above_one"));
        if (parts.Count(p => p.IsRest) > 1) findings.Add(new(path, "tariff.rest_twice"));
        if (parts.Count > 0 && !parts.Any(p => p.IsRest || p.IsGiven) && parts.Sum(p => p.Share ?? 0) != 1) findings.Add(new(path, "tariff.no_rest"));
        foreach (var component in version.Charges.OfType<ComponentCharge>())
            if (component.Of is { } code && !energies.Any(e => e.Code == code && e.Part is not null)) findings.Add(new(path, "tariff.covers_unknown", code));
    }

    public static void Factor(PowerFactorCharge charge, IEnumerable<string> charges, string path, List<Finding> findings)
    {
        if (charge.Tables.All(t => t.Standard != charge.Standard)) findings.Add(new($"{path}.standard", "tariff.power_factor_no_table", charge.Standard));
        foreach (var code in charge.Covers.Except(charges)) findings.Add(new($"{path}.covers", "tariff.covers_unknown", code));
        for (var i = 0; i < charge.Tables.Count; i++)
        {
            var table = charge.Tables[i];
            if (table.Standard is <= 0 or > 1) findings.Add(new($"{path}.tables[{i}].standard", "tariff.not_a_share"));
            if (table.Penalty.Count == 0 || table.Penalty[^1].Points is not null || table.Penalty.SkipLast(1).Any(p => p.Points is null or <= 0))
                findings.Add(new($"{path}.tables[{i}].penalty", "tariff.penalty_wrong"));
        }
    }

    static string Clock(int quarter) => $"{quarter / 4:00}:{quarter % 4 * 15:00}";
}
