using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>What must be right before postage may be published.</summary>
public static class PostCheck
{
    public static IReadOnlyList<Finding> Check(PostTariff tariff)
    {
        var findings = new List<Finding>();
        if (string.IsNullOrWhiteSpace(tariff.Notice)) findings.Add(new("notice", "tariff.no_notice"));
        if (string.IsNullOrWhiteSpace(tariff.Source)) findings.Add(new("source", "tariff.no_source"));
        foreach (var twice in tariff.Products.GroupBy(p => p.Code).Where(g => g.Count() > 1)) findings.Add(new("products", "charge.twice", twice.Key));
        foreach (var twice in tariff.Extras.GroupBy(p => p.Code).Where(g => g.Count() > 1)) findings.Add(new("extras", "charge.twice", twice.Key));
        var extras = tariff.Extras.Select(e => e.Code).ToHashSet();
        for (var p = 0; p < tariff.Products.Count; p++)
        {
            var product = tariff.Products[p];
            var path = $"products[{p}]";
            if (product.Zones.Count == 0) findings.Add(new($"{path}.zones", "post.no_zones"));
            foreach (var code in product.Extras.Concat(product.Included).Concat(product.ExtraPrices.Keys).Where(c => !extras.Contains(c))) findings.Add(new($"{path}.extras", "post.extra_unknown", code));
            if (product.Credentials.Values.Any(v => v is < 0 or > 1)) findings.Add(new($"{path}.credentials", "tariff.not_a_share"));
            for (var z = 0; z < product.Zones.Count; z++) Steps(product.Zones[z].Steps, $"{path}.zones[{z}]", findings);
        }
        for (var e = 0; e < tariff.Extras.Count; e++)
            if (tariff.Extras[e] is { ShareOfPostage: < 0 } or { ShareOfValue: < 0 } or { Yuan: < 0 } or { PerGrams: < 0 }) findings.Add(new($"extras[{e}]", "tariff.price_negative"));
        for (var e = 0; e < tariff.Extras.Count; e++)
            foreach (var other in (string?[])[tariff.Extras[e].Needs, tariff.Extras[e].Excludes])
                if (other is not null && !extras.Contains(other)) findings.Add(new($"extras[{e}]", "post.extra_unknown", other));
        return findings;
    }

    static void Steps(IReadOnlyList<WeightStep> steps, string path, List<Finding> findings)
    {
        if (steps.Count == 0) findings.Add(new($"{path}.steps", "post.no_steps"));
        var last = 0;
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].UpToGrams is null && i < steps.Count - 1) findings.Add(new($"{path}.steps[{i}]", "tariff.tier_without_end"));
            if (steps[i].UpToGrams is { } end && end <= last) findings.Add(new($"{path}.steps[{i}].upTo", "tariff.tiers_not_rising", end, last));
            if (steps[i].PerGrams < 0 || steps[i].Yuan < 0) findings.Add(new($"{path}.steps[{i}]", "tariff.price_negative"));
            last = steps[i].UpToGrams ?? last;
        }
    }
}
