using CsCheck;
using OpenHall.Kernel;
using OpenHall.Rating;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

public class LateFeeTests
{
    static readonly DateOnly Due = new(2025, 11, 20);
    static readonly LateFeeRule Resident = All.LateFeeOn("power.late-fee.resident", Due)!;
    static readonly LateFeeRule Other = All.LateFeeOn("power.late-fee.other", Due)!;

    [Fact]
    public void It_counts_from_the_day_after_the_due_date() =>
        // 21 to 30 November: 10 days × 1 ‰ × 500.00 = 5.00
        Assert.Equal(new Money(5_00), LateFee.Of(Resident, new(500_00), Due, [], new(2025, 11, 30)).Total);

    [Fact]
    public void Nothing_is_due_on_the_due_date() => Assert.Equal(Money.Zero, LateFee.Of(Resident, new(500_00), Due, [], Due).Total);

    [Fact]
    public void It_is_at_least_one_yuan() => Assert.Equal(new Money(1_00), LateFee.Of(Resident, new(50_00), Due, [], new(2025, 11, 21)).Total);

    [Fact]
    public void Days_after_new_year_cost_more()
    {
        // 1,000.00: 41 days of 2025 (10 + 31) × 2 ‰ = 82.00, 10 days of 2026 × 3 ‰ = 30.00
        var fee = LateFee.Of(Other, new(1000_00), Due, [], new(2026, 1, 10));
        Assert.Equal(new Money(112_00), fee.Total);
        Assert.Equal([41, 10], fee.Lines.Select(l => l.Days));
        // the other reading: all 51 days × 3 ‰ = 153.00
        Assert.Equal(new Money(153_00), LateFee.Of(Other with { AcrossYear = AcrossYear.AllDays }, new(1000_00), Due, [], new(2026, 1, 10)).Total);
    }

    [Fact]
    public void Instalments_lower_the_amount_from_the_next_day() =>
        // 500.00 for 21–25 November (5 days) = 2.50; 300.00 for 26–30 November = 1.50
        Assert.Equal(new Money(4_00), LateFee.Of(Resident, new(500_00), Due, [(new(2025, 11, 25), new(200_00))], new(2025, 11, 30)).Total);

    [Fact]
    public void A_cap_holds() =>
        Assert.Equal(new Money(100_00), LateFee.Of(Other with { CapShare = 1 }, new(100_00), Due, [], new(2027, 12, 31)).Total);

    [Fact]
    public void A_due_date_on_a_day_off_moves()
    {
        var week = new WorkCalendar([new(new(9, 0), new(17, 0))], [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday]);
        // due Saturday 22 November moves to Monday 24; 25–30 November: 6 days
        Assert.Equal(new Money(3_00), LateFee.Of(Resident with { DueMovesToWorkDay = true }, new(500_00), new(2025, 11, 22), [], new(2025, 11, 30), week).Total);
    }

    [Fact]
    public void Waiting_never_lowers_it_and_a_payment_in_time_avoids_it() =>
        Gen.Select(Gen.Long[1, 10_000_000], Gen.Int[0, 500], Gen.Int[0, 500]).Sample((fen, days, more) =>
        {
            var early = LateFee.Of(Other, new(fen), Due, [], Due.AddDays(days));
            Assert.True(LateFee.Of(Other, new(fen), Due, [], Due.AddDays(days + more)).Total >= early.Total);
            Assert.Equal(Money.Zero, LateFee.Of(Other, new(fen), Due, [(Due, new(fen))], Due.AddDays(days)).Total);
        });
}
