using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>Checks of a plan's bundles, tiers, one-off fees and discounts.</summary>
static class PlanCheck
{
    public static void Overage(Overage rule, string path, List<Finding> findings)
    {
        if (rule.Tiers.Count > 0 && (rule.Block > 0 || rule.Bundles.Count > 0) || rule.Bundles.Count > 0 && rule.Block > 0) findings.Add(new(path, "telecom.one_price_rule"));
        decimal before = 0;
        for (var i = 0; i < rule.Tiers.Count; before = rule.Tiers[i++].UpTo)
        {
            if (rule.Tiers[i].UpTo <= before) findings.Add(new($"{path}.tiers[{i}].upTo", "tariff.tiers_not_rising", rule.Tiers[i].UpTo, before));
            if (rule.Tiers[i].PerUnit < 0) findings.Add(new($"{path}.tiers[{i}]", "tariff.price_negative"));
        }
        before = 0;
        for (var i = 0; i < rule.Bundles.Count; i++)
        {
            var bundle = rule.Bundles[i];
            if (bundle.Size <= 0 || bundle.Yuan < 0) findings.Add(new($"{path}.bundles[{i}]", "charge.not_positive"));
            if (rule.BundleRule == BundleRule.Covering && bundle.Size <= before) findings.Add(new($"{path}.bundles[{i}].size", "tariff.tiers_not_rising", bundle.Size, before));
            before = bundle.Size;
        }
    }

    public static void Extras(TelecomPlan plan, List<Finding> findings)
    {
        foreach (var twice in plan.OneOffs.Select(o => o.Code).Concat(plan.Discounts.Select(d => d.Code)).GroupBy(c => c).Where(g => g.Count() > 1)) findings.Add(new("oneOffs", "charge.twice", twice.Key));
        for (var i = 0; i < plan.Discounts.Count; i++)
        {
            var discount = plan.Discounts[i];
            if (discount.Percent is < 0 or > 100 || discount.Yuan < 0 || discount.Percent == 0 == (discount.Yuan == 0)) findings.Add(new($"discounts[{i}]", "telecom.percent_or_yuan"));
            if (discount.To < discount.From || discount.ToMonth < discount.FromMonth || discount.ToMembers < discount.FromMembers) findings.Add(new($"discounts[{i}]", "promotion.ends_before_it_begins"));
        }
        for (var i = 0; i < plan.Allowances.Count; i++)
            if (plan.Allowances[i].RoundsUpTo <= 0 || plan.Allowances[i].Shared.Values.Any(v => v <= 0)) findings.Add(new($"allowances[{i}].shared", "charge.not_positive"));
    }
}
