using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>Postage made ready to rate.</summary>
public sealed class CompiledPost
{
    readonly Dictionary<string, ReadyProduct> products;
    readonly Dictionary<string, (PostExtra Extra, LineSource Line)> extras;

    /// <exception cref="ArgumentException">The tariff has findings.</exception>
    public CompiledPost(PostTariff tariff)
    {
        if (PostCheck.Check(tariff) is [var first, ..]) throw new ArgumentException($"{tariff.Code}: {first.Path} {first.Code}", nameof(tariff));
        Tariff = tariff;
        products = tariff.Products.ToDictionary(p => p.Code, p => new ReadyProduct(p, [.. p.Zones.Select(z => new ReadyZone(z, tariff, p))],
            new(LineKind.Discount, p.Code, p.Name, 0, Band.Whole, null, "yuan", tariff.Notice, tariff.From),
            [.. tariff.Extras.Where(e => e.IsSurcharge && p.Extras.Contains(e.Code))]));
        extras = tariff.Extras.ToDictionary(e => e.Code, e => (e, new LineSource(LineKind.Extra, e.Code, e.Name, 0, Band.Whole, null, "item", tariff.Notice, tariff.From)));
    }

    public PostTariff Tariff { get; }

    /// <summary>Postage of one item.</summary>
    /// <returns>Lines, or a finding: post.product_unknown, post.too_heavy, post.no_zone, post.weight_not_positive, post.extra_not_offered,
    /// post.extra_needs, post.extra_excludes, post.value_too_high, post.credential_unknown.</returns>
    public RatedBill Rate(in MailItem item)
    {
        var lines = LineBuffer.Empty();
        return Lines(item, lines) is { } wrong ? new(Tariff.Code, Money.Zero, 0, [], [wrong]) : lines.ToBill(Tariff.Code, Tariff.Rounding);
    }

    Finding? Lines(in MailItem item, LineBuffer lines)
    {
        if (!products.TryGetValue(item.Product, out var ready)) return new("product", "post.product_unknown", item.Product);
        var product = ready.Product;
        if (item.Grams < 1) return new("grams", "post.weight_not_positive");
        if (product.MaxGrams is not null && item.Grams > product.MaxGrams) return new("grams", "post.too_heavy", product.MaxGrams.Value);
        if (ready.ZoneOf(item) is not { } zone) return new("destination", "post.no_zone", item.Destination ?? "");
        var volumeGrams = product.VolumeDivisor is { } divisor && item.Cm3 > 0 ? (item.Cm3 * 1000 + divisor - 1) / divisor : 0;
        var isVolume = volumeGrams > item.Grams;
        if (zone.Postage(isVolume ? volumeGrams : item.Grams) is not { } postage) return new("grams", "post.too_heavy", zone.MaxGrams ?? 0);
        lines.Add(zone.Line, null, null, isVolume ? volumeGrams : item.Grams, postage, postage, isVolume ? [new("post.volume_weight", volumeGrams, "g"), new("post.real_weight", item.Grams, "g")] : []);
        if (item.Credential is { } credential)
        {
            if (!product.Credentials.TryGetValue(credential, out var share)) return new("credential", "post.credential_unknown", credential);
            lines.Add(ready.DiscountLine, null, null, postage, share - 1);
        }
        var billed = new Billed(isVolume ? volumeGrams : item.Grams, postage);
        foreach (var surcharge in ready.Surcharges)
            if (surcharge.Destinations.Count == 0 || item.Destination is { } place && surcharge.Destinations.Contains(place))
                if (Extra(surcharge.Code, item, product, [], billed, lines) is { } refused) return refused;
        if (item.Extras is not { } wanted) return null;
        foreach (var code in wanted)
            if (Extra(code, item, product, wanted, billed, lines) is { } wrong) return wrong;
        return null;
    }

    /// <summary>Weight that counts, and the base postage.</summary>
    readonly record struct Billed(long Grams, decimal Postage);

    Finding? Extra(string code, in MailItem item, PostProduct product, IReadOnlyList<string> wanted, Billed billed, LineBuffer lines)
    {
        if (product.Included.Contains(code)) return null;
        if (!extras.TryGetValue(code, out var found) || !product.Extras.Contains(code)) return new("extras", "post.extra_not_offered", code);
        var (extra, line) = found;
        if (extra.Needs is { } needs && !wanted.Contains(needs) && !product.Included.Contains(needs)) return new("extras", "post.extra_needs", code, needs);
        if (extra.Excludes is { } excludes && wanted.Contains(excludes)) return new("extras", "post.extra_excludes", code, excludes);
        var price = product.ExtraPrices.TryGetValue(code, out var own) ? own : extra.Yuan;
        if (extra.PerGrams > 0) price *= (billed.Grams + extra.PerGrams - 1) / extra.PerGrams;
        if (extra.ShareOfPostage is { } part)
        {
            lines.Add(line, null, null, 1, billed.Postage * part + price, billed.Postage * part + price, [new("post.share_of_postage", part)]);
            return null;
        }
        if (extra.ShareOfValue is { } share)
        {
            if (extra.MaxValue is { } mostValue && item.DeclaredYuan > mostValue) return new("declaredYuan", "post.value_too_high", mostValue);
            var value = extra.ValueStep > 0 ? decimal.Ceiling(item.DeclaredYuan / extra.ValueStep) * extra.ValueStep : item.DeclaredYuan;
            var fee = Math.Max(value * share, extra.MinimumYuan) + price;
            lines.Add(line, null, null, 1, fee, fee, [new("post.declared", item.DeclaredYuan, "yuan"), new("post.share", share), new("post.handling", price, "yuan")]);
            return null;
        }
        lines.Add(line, null, null, 1, price, extra.PaidByAddressee ? 0 : price, extra.PaidByAddressee ? [new("post.by_addressee", price, "yuan")] : []);
        return null;
    }

    sealed record ReadyProduct(PostProduct Product, ReadyZone[] Zones, LineSource DiscountLine, PostExtra[] Surcharges)
    {
        public ReadyZone? ZoneOf(in MailItem item)
        {
            foreach (var zone in Zones)
                if (zone.Takes(item)) return zone;
            return null;
        }
    }

    sealed class ReadyZone(PostZone zone, PostTariff tariff, PostProduct product)
    {
        readonly HashSet<string> origins = [.. zone.Origins];
        readonly HashSet<string> destinations = [.. zone.Destinations];
        readonly WeightStep[] steps = [.. zone.Steps];

        public LineSource Line { get; } = new(LineKind.Postage, $"{product.Code}.{zone.Code}", product.Name, 0, Band.Whole, null, "g", tariff.Notice, tariff.From);

        public int? MaxGrams => steps[^1].UpToGrams;

        public bool Takes(in MailItem item) =>
            (zone.SamePlace is not { } same || same == (item.Origin is not null && item.Origin == item.Destination))
            && (origins.Count == 0 || item.Origin is { } from && origins.Contains(from))
            && (destinations.Count == 0 || item.Destination is { } to && destinations.Contains(to));

        /// <summary>Null when the weight is above the last step.</summary>
        public decimal? Postage(long grams)
        {
            decimal yuan = 0;
            long from = 0;
            for (var i = 0; i < steps.Length; i++)
            {
                var step = steps[i];
                var isLast = step.UpToGrams is not { } end || grams <= end;
                if (i > 0 && zone.WholeWeightChooses && !isLast) continue;
                var part = (isLast ? grams : step.UpToGrams!.Value) - from;
                if (step.PerGrams > 0) yuan += (part + step.PerGrams - 1) / step.PerGrams * step.Yuan;
                else if (isLast) yuan += step.Yuan;
                if (isLast) return yuan;
                from = step.UpToGrams!.Value;
            }
            return null;
        }
    }
}
