using CsCheck;
using OpenHall.Rating;
using static OpenHall.Tests.Kernels.OwnTariff;

namespace OpenHall.Tests.Kernels;

/// <summary>Rules of plans that no plan of the packs uses, each with its arithmetic.</summary>
public class TelecomRuleTests
{
    static TelecomUsage May(params ServiceUse[] uses) => new() { From = new(2025, 5, 1), To = new(2025, 5, 31), Uses = uses };

    static ServiceUse Use(string service, decimal quantity, int day = 10) => new(service, new(2025, 5, day), quantity);

    static string Rate(string keys, TelecomUsage usage) => Plan(keys).Rate(usage).Show();

    [Theory]
    // 叠加包 10 yuan for 100 MB, 15 for 500 MB, then 30 for each 1,024 MB
    [InlineData("in-order", 100, "10.00")]
    [InlineData("in-order", 101, "25.00")]
    [InlineData("in-order", 601, "55.00")]
    [InlineData("in-order", 1625, "85.00")]
    // the smallest that covers all: 500 MB cost 15; 1,124 MB are one of 1,024 and one of 100
    [InlineData("covering", 101, "15.00")]
    [InlineData("covering", 501, "30.00")]
    [InlineData("covering", 1124, "40.00")]
    [InlineData("covering", 2049, "70.00")]
    public void What_goes_beyond_is_bought_in_bundles(string rule, int megabytes, string yuan) =>
        Assert.EndsWith($"= {yuan}", Rate($"monthlyFee: 0\noverages: [{{ service: data, unit: MB, bundles: [{{ size: 100, yuan: 10 }}, {{ size: 500, yuan: 15 }}, {{ size: 1024, yuan: 30 }}], bundleRule: {rule} }}]", May(Use("data", megabytes))));

    [Fact]
    public void What_goes_beyond_may_have_tiers() =>
        // 100 × 0.2 + 50 × 0.1
        Assert.EndsWith("= 25.00", Rate("monthlyFee: 0\noverages: [{ service: voice, unit: min, perUnit: 0.1, tiers: [{ upTo: 100, perUnit: 0.2 }] }]", May(Use("voice", 150))));

    [Fact]
    public void Services_may_share_an_allowance() =>
        // 100 units: 60 minutes take 60, 50 SMS at 0.5 take 25, 20 more minutes: 15 are left, 5 beyond
        Assert.Equal("MonthlyFee 1×10=10.00 + Allowance 100×0=0.00 + Overage 5×0.2=1.00 = 11.00", Rate("""
            monthlyFee: 10
            allowances: [{ code: units, service: voice, quantity: 100, shared: { sms: 0.5 } }]
            overages: [{ service: voice, unit: min, perUnit: 0.2 }, { service: sms, unit: piece, perUnit: 0.1 }]
            """, May(Use("voice", 60, 1), Use("sms", 50, 2), Use("voice", 20, 3))));

    [Fact]
    public void Allowances_are_used_in_their_order() =>
        // directed data first from its own, then from the general 100; general data from the general
        Assert.Equal("MonthlyFee 1×10=10.00 + Allowance 200×0=0.00 + Allowance 100×0=0.00 + Overage 30×1=30.00 = 40.00", Rate("""
            monthlyFee: 10
            allowances: [{ code: directed, service: data.directed, quantity: 200 }, { code: general, service: data, quantity: 100 }]
            overages: [{ service: data, unit: MB, perUnit: 1 }]
            """, May(Use("data.directed", 250, 1), Use("data", 80, 2))));

    [Theory]
    [InlineData("first", 0, "RolledOver 50×0=0.00 + Allowance 10×0=0.00")] // 60 used: 50 rolled over, 10 own
    [InlineData("last", 40, "Allowance 60×0=0.00")] // own first: 40 own left to roll over again
    public void What_rolled_over_is_used_first_or_last(string use, int ownLeft, string lines)
    {
        var plan = Plan($"monthlyFee: 10\nallowances: [{{ code: data, quantity: 100, rollsOver: true, rolledUse: {use}, rollsAtMost: 80 }}]\noverages: [{{ service: data, unit: MB, perUnit: 1 }}]");
        var bill = plan.Rate(May(Use("data", 60)) with { RolledOver = new Dictionary<string, decimal> { ["data"] = 50 } }, out var left);
        Assert.Equal($"MonthlyFee 1×10=10.00 + {lines} = 10.00", bill.Show());
        Assert.Equal(ownLeft == 0 ? 80 : ownLeft, left["data"]); // 90 left, at most 80 roll over
    }

    [Theory]
    // 21–31 May, 11 of 31 days; 1–10 May, 10 of 31
    [InlineData("firstMonth: days", 21, 31, "35.48")]
    [InlineData("firstMonth: half", 21, 31, "50.00")]
    [InlineData("firstMonth: half", 15, 31, "100.00")]
    [InlineData("firstMonth: full", 21, 31, "100.00")]
    [InlineData("firstMonth: free", 21, 31, "0.00")]
    [InlineData("firstMonth: days", 1, 10, "32.26")]
    [InlineData("firstMonth: days\nlastMonth: full", 1, 10, "100.00")]
    [InlineData("firstMonth: days\nlastMonth: half", 1, 15, "50.00")]
    [InlineData("firstMonth: days\nlastMonth: half", 1, 16, "100.00")]
    public void A_part_of_a_month_costs_as_the_plan_says(string rule, int from, int to, string yuan) =>
        Assert.EndsWith($"= {yuan}", Rate($"monthlyFee: 100\n{rule}", new() { From = new(2025, 5, from), To = new(2025, 5, to) }));

    [Fact]
    public void Allowances_of_a_part_of_a_month_may_have_a_rule_of_their_own()
    {
        var usage = May(Use("voice", 200)) with { From = new(2025, 5, 21) };
        string Beyond(string rule) => Rate($"monthlyFee: 0\nfirstMonth: days\n{rule}allowances: [{{ code: voice, quantity: 100 }}]\noverages: [{{ service: voice, unit: min, perUnit: 1 }}]", usage);
        Assert.EndsWith("Overage 164×1=164.00 = 164.00", Beyond("")); // 35.48 → 36
        Assert.EndsWith("Overage 100×1=100.00 = 100.00", Beyond("partMonthAllowances: full\n"));
        // rounded up to fifties: 50; not rounded: 35.48
        Assert.EndsWith("Overage 150×1=150.00 = 150.00", Rate("monthlyFee: 0\nallowances: [{ code: voice, quantity: 100, roundsUpTo: 50 }]\noverages: [{ service: voice, unit: min, perUnit: 1 }]", usage));
        Assert.EndsWith("Overage 164.516129×1=164.52 = 164.52", Beyond("roundsAllowancesUp: false\n"));
        Assert.EndsWith("Overage 150×1=150.00 = 150.00", Beyond("partMonthAllowances: half\n"));
    }

    [Fact]
    public void A_plan_changed_inside_the_month_is_two_bills_by_days()
    {
        // 1–20 May by 62 a month: 40; 21–31 May by 93: 33
        var old = Plan("monthlyFee: 62\nallowances: [{ code: voice, quantity: 31 }]\noverages: [{ service: voice, unit: min, perUnit: 0.1 }]").Rate(May(Use("voice", 25)) with { To = new(2025, 5, 20) });
        var now = Plan("monthlyFee: 93").Rate(May() with { From = new(2025, 5, 21) });
        Assert.Equal(("MonthlyFee 0.645161×62=40.00 + Allowance 20×0=0.00 + Overage 5×0.1=0.50 = 40.50", "MonthlyFee 0.354839×93=33.00 = 33.00"), (old.Show(), now.Show()));
    }

    [Theory]
    [InlineData("2025-04-20", 3, "= 108.00")] // second month of the contract: 20 % off 100; three members, two beyond the first: 20; group from three: 5 % off, and 7 off until June
    [InlineData("2024-04-20", 3, "= 108.00")]
    public void Discounts_hold_by_month_date_and_members(string subscribed, int members, string total)
    {
        const string Keys = """
            monthlyFee: 100
            memberFee: 10
            discounts:
              - { code: contract, name: { zh: 合约优惠, en: Contract }, percent: 20, fromMonth: 1, toMonth: 12 }
              - { code: summer, name: { zh: 限时优惠, en: Summer }, yuan: 7, from: 2025-05-01, to: 2025-06-30 }
              - { code: group, name: { zh: 群组优惠, en: Group }, percent: 5, fromMembers: 3 }
            """;
        var usage = May() with { Subscribed = DateOnly.Parse(subscribed, System.Globalization.CultureInfo.InvariantCulture), Members = members };
        var isContract = subscribed.StartsWith("2025", StringComparison.Ordinal);
        // 100 + 20 − 20 − 7 − 5 = 88; without the contract 108
        Assert.EndsWith(isContract ? "= 88.00" : total, Rate(Keys, usage));
        Assert.EndsWith("= 100.00", Rate(Keys, usage with { From = new(2025, 7, 1), To = new(2025, 7, 31), Members = 1, Subscribed = null }));
    }

    [Fact]
    public void One_off_fees_are_those_of_the_plan()
    {
        const string Keys = "monthlyFee: 10\noneOffs: [{ code: activation, name: { zh: 开户费, en: Activation }, yuan: 20 }]";
        Assert.Equal("MonthlyFee 1×10=10.00 + OneOff 1×20=20.00 = 30.00", Rate(Keys, May() with { OneOffs = ["activation"] }));
        Assert.Equal("telecom.one_off_unknown", Rate(Keys, May() with { OneOffs = ["sim"] }));
    }

    [Theory]
    [InlineData("full", "full", "5.00", "50.00")]
    [InlineData("days", "days", "1.61", "16.13")] // 10 of 31 days
    public void Keeping_a_number_and_the_minimum_may_go_by_days(string keeping, string minimum, string kept, string least)
    {
        var keys = $"monthlyFee: 0\nfirstMonth: full\nnumberKeepingFee: 5\nnumberKeepingPart: {keeping}\nminimumSpend: 50\nminimumPart: {minimum}";
        var usage = May() with { To = new(2025, 5, 10) };
        Assert.EndsWith($"= {kept}", Rate(keys, usage with { Status = TelecomStatus.Suspended }));
        Assert.EndsWith($"= {least}", Rate(keys, usage));
    }

    [Fact]
    public void More_use_never_costs_less() =>
        Gen.Select(Gen.Int[0, 5000], Gen.Int[0, 5000], Gen.Bool).Sample((used, more, covers) =>
        {
            var rule = new Overage("data", "MB", 0) { Bundles = [new(100, 10), new(500, 15), new(1024, 30)], BundleRule = covers ? BundleRule.Covering : BundleRule.InOrder };
            Assert.True(rule.Cost(used + more) >= rule.Cost(used));
        });

    [Fact]
    public void A_plan_has_versions_too()
    {
        var tariffs = OpenHall.TariffFiles.TariffFile.Parse("t", """
            plans:
              - { code: p, name: { zh: 甲, en: A }, from: 2024-01-01, notice: n, source: s, monthlyFee: 10 }
              - { code: p, name: { zh: 甲, en: A }, from: 2025-01-01, notice: n, source: s, monthlyFee: 12 }
            """, out var findings);
        Assert.Empty(findings);
        Assert.Equal((10m, 12m, 12m), (tariffs.PlanOn("p", new(2024, 12, 31))!.Plan.MonthlyFee, tariffs.PlanOn("p", new(2025, 1, 1))!.Plan.MonthlyFee, tariffs.Plans["p"].Plan.MonthlyFee));
    }
}
