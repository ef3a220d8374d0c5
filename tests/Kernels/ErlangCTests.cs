using CsCheck;
using OpenHall.Kernel;

namespace OpenHall.Tests.Kernels;

public class ErlangCTests
{
    /// <summary>Traffic in erlangs at which one call in a hundred, or in a thousand, is lost, as printed (three digits) in T. S. Rappaport, Wireless Communications, table 3.4, "Capacity of an Erlang B system".</summary>
    [Theory]
    [InlineData(2, 0.153, 0.01)]
    [InlineData(4, 0.869, 0.01)]
    [InlineData(5, 1.36, 0.01)]
    [InlineData(10, 4.46, 0.01)]
    [InlineData(20, 12.0, 0.01)]
    [InlineData(24, 15.3, 0.01)]
    [InlineData(40, 29.0, 0.01)]
    [InlineData(70, 56.1, 0.01)]
    [InlineData(100, 84.1, 0.01)]
    [InlineData(4, 0.439, 0.001)]
    [InlineData(5, 0.762, 0.001)]
    [InlineData(10, 3.09, 0.001)]
    [InlineData(20, 9.41, 0.001)]
    [InlineData(100, 75.2, 0.001)]
    public void The_capacity_at_a_blocking_is_the_printed_one(int servers, double printed, double blocking)
    {
        // Traffic rises with blocking: found by halving, then written with as many digits as the table has.
        var (low, high) = (0.0, 2.0 * servers);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (ErlangC.BlockProbability(servers, middle) < blocking) low = middle;
            else high = middle;
        }

        Assert.Equal(printed, Math.Round(low, printed < 1 ? 3 : printed < 10 ? 2 : 1));
    }

    /// <summary>Probability of waiting, four digits, summed up by hand from the series of M/M/c (p₀ and its terms), not by the recursion.</summary>
    [Theory]
    [InlineData(1, 0.5, 0.5000)]
    [InlineData(2, 1, 0.3333)]
    [InlineData(3, 2, 0.4444)]
    [InlineData(4, 3, 0.5094)]
    [InlineData(5, 4, 0.5541)]
    [InlineData(10, 8, 0.4092)]
    [InlineData(10, 9, 0.6687)]
    [InlineData(12, 10, 0.4494)]
    [InlineData(20, 16, 0.2561)]
    [InlineData(20, 18, 0.5508)]
    public void The_probability_of_waiting_is_the_series(int servers, double erlangs, double wanted) => Assert.Equal(wanted, Math.Round(ErlangC.WaitProbability(servers, erlangs), 4));

    [Fact]
    public void One_counter_is_the_formula_of_M_M_1()
    {
        // 6 an hour, 5 minutes each: used by half, mean wait = 0.5 / (1 − 0.5) × 5 min.
        Assert.Equal(300, ErlangC.MeanWaitSeconds(1, 6, 300), 6);
        Assert.Equal(1 - 0.5 * Math.Exp(-1), ErlangC.PartWithin(1, 6, 300, 600), 9);
    }

    [Fact]
    public void A_load_not_below_the_counters_grows_without_end()
    {
        Assert.Equal(1, ErlangC.WaitProbability(3, 3));
        Assert.Equal(double.PositiveInfinity, ErlangC.MeanWaitSeconds(3, 36, 300));
        Assert.Equal(0, ErlangC.PartWithin(3, 40, 300, 60));
    }

    [Fact]
    public void The_fewest_counters_keep_the_norm_and_one_less_does_not() =>
        Gen.Select(Gen.Double[1, 300], Gen.Double[30, 1200], Gen.Double[0, 1800], Gen.Double[0.5, 0.99]).Sample((perHour, service, within, part) =>
        {
            var servers = ErlangC.ServersFor(perHour, service, within, part);
            if (servers < ErlangC.MostServers) Assert.True(ErlangC.PartWithin(servers, perHour, service, within) >= part);
            if (servers > 1) Assert.True(ErlangC.PartWithin(servers - 1, perHour, service, within) < part);
        });

    [Fact]
    public void Nobody_comes_nobody_is_needed() => Assert.Equal(0, ErlangC.ServersFor(0, 300, 60, 0.8));
}
