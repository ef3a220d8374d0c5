using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>What must be right before a tariff may be published.</summary>
public static class TariffCheck
{
    /// <summary>All findings at once, with paths as in the pack's format (versions[0].energy.tiers[1].upTo). Prices may be negative only as an addition.</summary>
    public static IReadOnlyList<Finding> Check(Tariff tariff)
    {
        var findings = new List<Finding>();
        if (tariff.Versions.Count == 0) findings.Add(new("versions", "tariff.no_version"));
        for (var i = 0; i < tariff.Versions.Count; i++)
        {
            var version = tariff.Versions[i];
            var path = $"versions[{i}]";
            if (i > 0 && version.From <= tariff.Versions[i - 1].From) findings.Add(new($"{path}.from", "tariff.versions_not_rising", version.From));
            if (i > 0 && tariff.Versions[i - 1].Until is { } end && version.From != end.AddDays(1))
                findings.Add(new($"{path}.from", version.From > end ? "tariff.versions_gap" : "tariff.versions_overlap", end, version.From));
            if (version.Until < version.From) findings.Add(new($"{path}.until", "usage.period_reversed", version.From, version.Until));
            if (version.DayDecimals is < 0 or > 10) findings.Add(new($"{path}.dayDecimals", "tariff.decimals_out_of_range", 0, 10));
            if (version.PartDecimals is < 0 or > 6) findings.Add(new($"{path}.partDecimals", "tariff.decimals_out_of_range", 0, 6));
            if (version.DemandMinutes is not (0 or 15 or 30 or 60)) findings.Add(new($"{path}.demandMinutes", "tariff.demand_minutes_wrong"));
            if (string.IsNullOrWhiteSpace(version.Notice)) findings.Add(new($"{path}.notice", "tariff.no_notice"));
            if (string.IsNullOrWhiteSpace(version.Source)) findings.Add(new($"{path}.source", "tariff.no_source"));
            if (version.Charges.Count == 0) findings.Add(new(path, "tariff.no_charge"));
            foreach (var twice in version.Charges.GroupBy(c => c.Code).Where(g => g.Count() > 1)) findings.Add(new(path, "charge.twice", twice.Key));
            if (version.TimeOfUse is { } tou) CommercialCheck.Hours(tou, $"{path}.timeOfUse", findings);
            var above = new List<string>();
            CommercialCheck.Parts(version, path, findings);
            var (components, energies) = (0, 0);
            foreach (var charge in version.Charges)
            {
                if (charge is PowerFactorCharge factor) CommercialCheck.Factor(factor, above, $"{path}.powerFactor", findings);
                else if (charge is PercentCharge percent) CommercialCheck.Percent(percent, above, $"{path}.percents", findings);
                else if (charge is LoadRateCharge load) CommercialCheck.LoadRate(load, above, $"{path}.loadRates", findings);
                else if (charge is MinimumCharge minimum) CommercialCheck.Minimum(minimum, above, $"{path}.minimum", findings);
                else if (charge is ComponentCharge component) CommercialCheck.Component(component, $"{path}.components[{components++}]", findings);
                else if (charge is EnergyCharge energy) EnergyCheck.Check(energy, version.Charges.OfType<EnergyCharge>().Count() > 1 ? $"{path}.energies[{energies++}]" : $"{path}.energy", findings);
                else CheckCharge(charge, path, findings);
                above.Add(charge.Code);
            }
        }
        return findings;
    }

    static void CheckCharge(Charge charge, string version, List<Finding> findings)
    {
        switch (charge)
        {
            case DemandCharge demand: CommercialCheck.Demand(demand, $"{version}.demand", findings); break;
            case BasicCharge basic: CommercialCheck.Basic(basic, $"{version}.basic", findings); break;
            case FixedCharge { YuanPerMonth: < 0 }: findings.Add(new($"{version}.{charge.Code}", "charge.not_positive")); break;
        }
    }
}
