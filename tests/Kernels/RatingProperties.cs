using CsCheck;
using OpenHall.Kernel;
using OpenHall.Rating;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

/// <summary>What holds for every tariff of the packs and any usage.</summary>
public class RatingProperties
{
    static readonly string[] Residents = [.. All.All.Select(t => t.Code).Where(c => c.EndsWith(".resident", StringComparison.Ordinal)).Order()];
    static readonly string[] ByBand = [.. All.All.Select(t => t.Code).Where(c => c.EndsWith(".resident-tou", StringComparison.Ordinal)).Order()];
    static readonly Gen<decimal> Kwh = Gen.OneOf(Gen.Int[0, 3000].Select(i => (decimal)i), Gen.Int[0, 300_000].Select(i => i / 100m));

    static Gen<string> Code(string[] codes) => Gen.Int[0, codes.Length - 1].Select(i => codes[i]);

    static readonly Gen<Usage> Usages = Gen.Select(Gen.Int[1, 12], Kwh, Gen.Int[0, 8000], Gen.Int[0, 9], Gen.Bool).Select((month, kwh, before, persons, free) =>
        Month($"2025-{month:00}", kwh, before) with { BasePrice = 0.5m, Household = new(persons, free ? "low-income" : null) });

    static readonly Gen<Usage> BandUsages = Gen.Select(Usages, Gen.Select(Kwh, Kwh, Kwh)).Select((usage, bands) =>
        usage with { ByBand = new(0, bands.Item1, 0, bands.Item3, 0) });

    [Fact]
    public void Lines_add_up_to_the_bill_and_keep_the_quantity() =>
        Gen.Select(Code(Residents), Usages).Sample((code, usage) =>
        {
            var bill = All[code].Rate(usage);
            if (!bill.IsRated) return;
            Assert.Equal(bill.Total.Fen, bill.Lines.Sum(l => l.Amount.Fen));
            Assert.Equal(usage.Kwh, bill.Lines.Where(l => l.Source.Kind is LineKind.Energy or LineKind.FreeQuota).Sum(l => l.Quantity));
        });

    [Fact]
    public void Bands_keep_the_quantity_of_each_band() =>
        Gen.Select(Code(ByBand), BandUsages).Sample((code, usage) =>
        {
            var bill = All[code].Rate(usage with { Household = new(usage.Household.Persons) });
            Assert.True(bill.IsRated);
            foreach (var band in (Band[])[Band.Peak, Band.Valley])
                Assert.Equal(usage.ByBand!.Value[band], bill.Lines.Where(l => l.Source.Band == band).Sum(l => l.Quantity));
        });

    [Fact]
    public void Bands_agree_with_a_plain_reading_of_the_proportion() =>
        Gen.Select(Code(ByBand), BandUsages).Sample((code, usage) =>
        {
            var bill = All[code].Rate(usage with { Household = default });
            var energy = All[code].Tariff.Versions[0].Charges.OfType<EnergyCharge>().Single();
            var before = energy.Cycle == TierCycle.Year ? usage.YearToDateKwh : 0;
            decimal total = usage.TotalKwh, yuan = 0, from = 0;
            foreach (var tier in energy.Seasons[0].Tiers)
            {
                var part = Math.Max(0, Math.Min(before + total, tier.UpTo ?? decimal.MaxValue) - Math.Max(before, from));
                foreach (var band in (Band[])[Band.Peak, Band.Valley])
                    if (part > 0) yuan += part * usage.ByBand!.Value[band] / total * (tier.Prices[band]!.Value + (energy.OnGivenBase ? usage.BasePrice!.Value : 0));
                from = tier.UpTo ?? from;
            }
            Assert.InRange(bill.Lines.Sum(l => l.Yuan) - yuan, -0.00000001m, 0.00000001m);
        });

    [Fact]
    public void Many_threads_rate_alike()
    {
        var usages = Enumerable.Range(0, 2000).Select(i => Month($"2025-{i % 12 + 1:00}", i, i * 3)).ToArray();
        var alone = usages.Select(u => All["power.guangdong.resident"].Rate(u).Total.Fen).ToArray();
        Assert.Equal(alone, usages.AsParallel().AsOrdered().Select(u => All["power.guangdong.resident"].Rate(u).Total.Fen).ToArray());
    }

    [Fact]
    public void More_energy_never_costs_less() =>
        Gen.Select(Code(Residents), Usages, Kwh).Sample((code, usage, more) =>
        {
            var bill = All[code].Rate(usage);
            if (bill.IsRated) Assert.True(All[code].Rate(usage with { Kwh = usage.Kwh + more }).Total >= bill.Total);
        });

    [Fact]
    public void A_year_adds_up_over_any_order_of_months() =>
        Kwh.Array[2, 8].Sample(months =>
        {
            Assert.Equal(Exact(months), Exact(months.Reverse()));
            Assert.Equal(Exact(months), Exact([months.Sum()]));
            static decimal Exact(IEnumerable<decimal> kwh)
            {
                decimal counted = 0, yuan = 0;
                foreach (var month in kwh)
                {
                    var bill = All["power.beijing.resident"].Rate(Month("2025-06", month, counted));
                    counted += bill.CountedKwh;
                    yuan += bill.Lines.Sum(l => l.Yuan);
                }
                return yuan;
            }
        });

    [Fact]
    public void A_month_billed_in_two_parts_costs_the_same_but_for_rounding() =>
        Gen.Select(Kwh, Kwh).Sample((first, second) =>
        {
            var tariff = All["power.guangdong.resident"];
            var whole = tariff.Rate(Month("2025-07", first + second));
            var one = tariff.Rate(Month("2025-07", first) with { Months = 1 });
            var two = tariff.Rate(Month("2025-07", second) with { Months = 1, MonthToDateKwh = one.CountedKwh });
            Assert.Equal(whole.Lines.Sum(l => l.Yuan), one.Lines.Sum(l => l.Yuan) + two.Lines.Sum(l => l.Yuan));
            Assert.InRange(Math.Abs((whole.Total - one.Total - two.Total).Fen), 0, 3);
        });

    [Fact]
    public void A_settled_estimate_leaves_what_was_used() =>
        Gen.Select(Kwh, Kwh).Sample((estimate, real) =>
        {
            var tariff = All["power.beijing.resident"];
            var first = tariff.Rate(Month("2025-06", estimate, 1000));
            var settled = tariff.Rate(Month("2025-07", real - estimate, 1000 + first.CountedKwh));
            Assert.Equal(tariff.Rate(Month("2025-06", real, 1000)).Lines.Sum(l => l.Yuan), first.Lines.Sum(l => l.Yuan) + settled.Lines.Sum(l => l.Yuan));
        });

    [Fact]
    public void The_compiled_tariff_agrees_with_a_plain_reading_of_its_data() =>
        Gen.Select(Code(Residents), Usages).Sample((code, usage) =>
        {
            var bill = All[code].Rate(usage);
            if (bill.IsRated) Assert.Equal(PlainReading(All[code].Tariff.Versions[^1], usage), bill.Lines.Sum(l => l.Yuan));
        });

    /// <summary>The rules read as they are written, one kWh step at a time by intervals of price; no tables, no arrays of the engine.</summary>
    static decimal PlainReading(TariffVersion version, Usage usage)
    {
        var energy = version.Charges.OfType<EnergyCharge>().Single();
        var season = energy.Seasons.Single(s => s.Months.Contains(usage.To.Month));
        var rule = energy.Households.LastOrDefault(h => usage.Household.Persons >= h.MinPersons && (h.From ?? DateOnly.MinValue) <= usage.To);
        var times = energy.Cycle == TierCycle.Year ? 12 : 1;
        var limits = season.Tiers.SkipLast(1).Select((t, i) => rule?.Limits is { } own ? own[i] : t.UpTo!.Value).ToArray();
        if (rule is { AddKwhPerMonth: > 0 })
        {
            var add = rule.AddKwhPerMonth * times * (rule.PerPersonBeyond is { } beyond ? usage.Household.Persons - beyond : 1);
            for (var i = 0; i < limits.Length; i++) if (i == 0 || !rule.FirstTierOnly) limits[i] += add; else limits[i] = Math.Max(limits[i], limits[i - 1]);
        }
        var quota = energy.FreeQuotas.SingleOrDefault(q => q.Kind == usage.Household.FreeQuota);
        var priced = usage.Kwh - (quota is { Mode: FreeQuotaMode.Deduct } ? Math.Min(quota.KwhPerMonth, usage.Kwh) : 0);
        var before = energy.Cycle == TierCycle.Year ? usage.YearToDateKwh : usage.MonthToDateKwh;
        return Below(before + priced) - Below(before) - (quota is { Mode: FreeQuotaMode.PayBack } ? quota.PayBackYuanPerMonth!.Value : 0);

        decimal Below(decimal kwh)
        {
            decimal yuan = 0, from = 0;
            for (var i = 0; i < season.Tiers.Count; i++)
            {
                var to = i < limits.Length ? Math.Min(limits[i], kwh) : kwh;
                if (to > from) yuan += (to - from) * (season.Tiers[i].Prices.Whole!.Value + (energy.OnGivenBase ? usage.BasePrice!.Value : 0));
                from = Math.Max(from, to);
            }
            return yuan;
        }
    }

    [Fact]
    public void Amounts_of_a_bill_rounded_once_add_up() =>
        Kwh.Sample(kwh =>
        {
            var bill = All["power.shenzhen.resident"].Rate(Month("2025-07", kwh));
            Assert.Equal(Money.OfYuan(bill.Lines.Sum(l => l.Yuan)), bill.Total);
            Assert.Equal(bill.Total.Fen, bill.Lines.Sum(l => l.Amount.Fen));
        });

    [Fact]
    public void The_power_factor_lies_within_half_a_hundredth_of_the_root() =>
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[0, 1_000_000]).Sample((kwh, kvarh) =>
        {
            var real = kwh / Math.Sqrt((double)kwh * kwh + (double)kvarh * kvarh);
            Assert.InRange((double)PowerFactor.Of(kwh, kvarh) - real, -0.0050001, 0.0050001);
        });
}
