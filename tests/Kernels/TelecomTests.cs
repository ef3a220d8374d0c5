using CsCheck;
using OpenHall.Rating;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

/// <summary>Worked examples of plans, the arithmetic beside each. 1 GB = 1,024 MB.</summary>
public class TelecomTests
{
    static readonly DateOnly May = new(2025, 5, 1);

    static TelecomUsage Whole(params ServiceUse[] uses) => new() { From = May, To = new(2025, 5, 31), Uses = uses };

    static ServiceUse Use(string service, decimal quantity, int day = 10) => new(service, new(2025, 5, day), quantity);

    static string Rate(string plan, TelecomUsage usage) => All.Plans[plan].Rate(usage).Show();

    [Fact]
    public void Within_the_allowances_only_the_fee_is_due() =>
        Assert.Equal("MonthlyFee 1×199=199.00 + Allowance 100000×0=0.00 + Allowance 300×0=0.00 = 199.00",
            Rate("telecom.ct-5ga-199", Whole(Use("data", 100_000), Use("voice", 300))));

    [Fact]
    public void Data_beyond_the_plan_costs_by_MB_up_to_a_cap_then_by_GB() =>
        // 120 GB = 122,880; 50 MB more × 0.03 = 1.50
        Assert.Equal("MonthlyFee 1×199=199.00 + Allowance 122880×0=0.00 + Overage 50×0.03=1.50 = 200.50", Rate("telecom.ct-5ga-199", Whole(Use("data", 122_930))));

    [Theory]
    [InlineData(100, "3.00")] // 100 × 0.03
    [InlineData(101, "3.00")] // capped
    [InlineData(1024, "3.00")]
    [InlineData(1025, "6.00")] // the second GB has begun
    [InlineData(3072, "9.00")]
    [InlineData(10_000_000, "600.00")] // stops at 600
    public void Data_blocks_and_their_caps(int beyond, string yuan) =>
        Assert.Contains($"Overage {beyond}×0.03={yuan}", Rate("telecom.ct-5ga-199", Whole(Use("data", 122_880 + beyond))));

    [Theory]
    [InlineData(100, "29.00")] // 100 × 0.29
    [InlineData(500, "29.00")] // free up to 500
    [InlineData(510, "31.90")] // and again: 10 × 0.29
    public void Data_at_most_29_for_each_500_MB(int beyond, string yuan) => Assert.Contains($"×0.29={yuan}", Rate("telecom.cm-4g-58", Whole(Use("data", 500 + beyond))));

    [Fact]
    public void Calls_count_by_the_minute_begun() =>
        // 99.5 → 100 min within; 0.2 → 1 min and 1.1 → 2 min beyond: 3 × 0.19
        Assert.Equal("MonthlyFee 1×58=58.00 + Allowance 100×0=0.00 + Overage 3×0.19=0.57 = 58.57", Rate("telecom.cm-4g-58", Whole(Use("voice", 99.5m), Use("voice", 0.2m), Use("voice", 1.1m))));

    [Fact]
    public void Directed_data_has_its_own_allowance_and_other_data_is_paid_by_the_day() =>
        // two days with 1,025 MB and 10 MB: 2 + 1 GB begun
        Assert.Equal("MonthlyFee 1×19=19.00 + Allowance 5000×0=0.00 + Overage 1035×0.0009765625=3.00 = 22.00",
            Rate("telecom.ct-star-19", Whole(Use("data.directed", 5000, 3), Use("data", 1000, 4), Use("data", 25, 4), Use("data", 10, 5))));

    [Fact]
    public void A_day_costs_at_most_its_cap() =>
        // 5 GB on one day: 3 yuan; 1 MB on the next: 1 yuan
        Assert.Contains("=4.00", Rate("telecom.cu-daily", Whole(Use("data", 5120, 1), Use("data", 1, 2))));

    [Fact]
    public void The_first_month_counts_days_and_its_allowances_are_rounded_up()
    {
        // 21–31 May: 11/31 of 199 = 70.6129; voice 1,000×11/31 = 354.84 → 355, data 43,602.58 → 43,603
        var usage = Whole(Use("voice", 356), Use("data", 43_603)) with { From = new(2025, 5, 21) };
        Assert.Equal("MonthlyFee 0.354839×199=70.61 + Allowance 43603×0=0.00 + Allowance 355×0=0.00 + Overage 1×0.15=0.15 = 70.76", Rate("telecom.ct-5ga-199", usage));
        var half = new CompiledPlan(All.Plans["telecom.ct-5ga-199"].Plan with { FirstMonth = PartMonthFee.Half });
        Assert.Equal(99_50, half.Rate(Whole() with { From = new(2025, 5, 16) }).Total.Fen);
        Assert.Equal(199_00, half.Rate(Whole() with { From = new(2025, 5, 15) }).Total.Fen);
        var full = new CompiledPlan(All.Plans["telecom.ct-5ga-199"].Plan with { FirstMonth = PartMonthFee.Full });
        Assert.Equal(199_00, full.Rate(Whole() with { From = new(2025, 5, 31) }).Total.Fen);
    }

    [Fact]
    public void The_minimum_leaves_out_what_is_collected_for_others() =>
        // 100 min × 0.19 = 19.00; 58 − 19 = 39; 5.00 collected beside it
        Assert.Equal("Overage 100×0.19=19.00 + Collected 1×5=5.00 + Minimum 1×39=39.00 = 63.00",
            Rate("telecom.minimum-58", Whole(Use("voice", 100)) with { Items = [new("news", new("手机报", "News"), 5, IsCollected: true)] }).Replace("MonthlyFee 1×0=0.00 + ", ""));

    [Fact]
    public void A_suspended_number_pays_for_keeping_and_one_stopped_for_debt_nothing()
    {
        var plan = new CompiledPlan(All.Plans["telecom.ct-5ga-199"].Plan with { NumberKeepingFee = 5, MinimumSpend = 50 });
        Assert.Equal("NumberKeeping 1×5=5.00 = 5.00", plan.Rate(Whole() with { Status = TelecomStatus.Suspended }).Show());
        Assert.Equal(0, plan.Rate(Whole() with { Status = TelecomStatus.StoppedForDebt }).Total.Fen);
    }

    [Fact]
    public void Discounts_and_members_have_their_lines() =>
        // 20 % off the fee, two more members at 10
        Assert.Equal("MonthlyFee 1×199=199.00 + MemberFee 2×10=20.00 + Discount 1×-39.8=-39.80 = 179.20",
            new CompiledPlan(All.Plans["telecom.ct-5ga-199"].Plan with { MemberFee = 10 }).Rate(Whole() with { Members = 3, Items = [new("contract", new("合约优惠", "Contract"), 0, -0.2m)] }).Show());

    [Fact]
    public void What_rolled_over_is_used_first_and_ends()
    {
        var plan = new CompiledPlan(All.Plans["telecom.cm-4g-58"].Plan with { Allowances = [new("data", "data", 500, RollsOver: true)] });
        var may = plan.Open(Whole());
        may.Use(Use("data", 120));
        var left = may.LeftToRollOver();
        Assert.Equal(380m, left["data"]);
        var june = plan.Open(new() { From = new(2025, 6, 1), To = new(2025, 6, 30), RolledOver = left });
        Assert.Equal(0m, june.Use(new("data", new(2025, 6, 1), 400)));
        Assert.Equal(480m, june.LeftToRollOver()["data"]);
        Assert.Contains("RolledOver 380×0=0.00 + Allowance 20×0=0.00", june.Close().Show());
    }

    [Fact]
    public void One_by_one_and_as_a_month_give_the_same_bill()
    {
        var plans = All.Plans.Values.ToArray();
        Gen.Select(Gen.Int[0, plans.Length - 1], Gen.Select(Gen.Int[0, 3], Gen.Int[0, 20_000], Gen.Int[1, 31]).Array[0, 60]).Sample((at, raw) =>
        {
            var uses = raw.OrderBy(r => r.Item3).Select(r => Use(((string[])["voice", "sms", "data", "data.directed"])[r.Item1], r.Item2 / 8m, r.Item3)).ToArray();
            var month = plans[at].Open(Whole());
            var added = uses.Sum(u => month.Use(u));
            var bill = plans[at].Rate(Whole(uses));
            Assert.Equal(bill.Show(), month.Close().Show());
            Assert.Equal(bill.Lines.Where(l => l.Source.Kind == LineKind.Overage).Sum(l => l.Yuan), added);
            // and from daily sums, where the rule does not round single uses
            var sums = uses.Where(u => u.Service != "voice").GroupBy(u => (u.Service, u.Day)).Select(g => new ServiceUse(g.Key.Service, g.Key.Day, g.Sum(u => u.Quantity))).ToArray();
            Assert.Equal(plans[at].Rate(Whole([.. uses.Where(u => u.Service != "voice")])).Total, plans[at].Rate(Whole(sums)).Total);
        });
    }
}
