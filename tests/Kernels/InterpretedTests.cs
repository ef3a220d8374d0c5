using CsCheck;
using OpenHall.Rating;
using static OpenHall.Tests.Kernels.PackTariffs;

namespace OpenHall.Tests.Kernels;

/// <summary>Tariffs made up at random, rated by the engine and by a plain reading kWh by kWh: both give the same.</summary>
public class InterpretedTests
{
    sealed record Made(string Text, int[] Limits, decimal[] Peak, decimal[] Valley, bool IsYear, int Add, decimal Fixed, decimal Percent);

    static readonly Gen<Made> Tariffs = Gen.Select(Gen.Int[1, 400].Array[2], Gen.Int[1, 900].Array[6], Gen.Bool, Gen.Int[0, 100], Gen.Int[0, 50], Gen.Int[1, 20]).Select((steps, prices, isYear, add, fee, percent) =>
    {
        int[] limits = [steps[0], steps[0] + steps[1]];
        decimal[] peak = [prices[0] / 1000m, (prices[0] + prices[1]) / 1000m, (prices[0] + prices[1] + prices[2]) / 1000m];
        decimal[] valley = [prices[3] / 1000m, (prices[3] + prices[4]) / 1000m, (prices[3] + prices[4] + prices[5]) / 1000m];
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var tiers = string.Join(", ", Enumerable.Range(0, 3).Select(i => string.Create(culture, $"{{ {(i < 2 ? $"upTo: {limits[i]}, " : "")}prices: {{ peak: {peak[i]}, valley: {valley[i]} }} }}")));
        return new Made(string.Create(culture, $$"""
            energy: { cycle: {{(isYear ? "year" : "month")}}, tiers: [{{tiers}}], households: [{ minPersons: 5, addKwhPerMonth: {{add + 1}} }] }
            fixed: [{ code: fee, name: { zh: 费, en: Fee }, yuanPerMonth: {{fee}} }]
            percents: [{ code: tax, name: { zh: 税, en: Tax }, percent: {{percent}}, covers: [energy, fee] }]
            """), limits, peak, valley, isYear, add + 1, fee, percent);
    });

    [Fact]
    public void Any_tariff_gives_what_a_plain_reading_gives() =>
        Gen.Select(Tariffs, Gen.Int[0, 300], Gen.Int[0, 300], Gen.Int[0, 900], Gen.Int[1, 8]).Sample((made, peak, valley, before, persons) =>
        {
            var bill = OwnTariff.Of(made.Text).Rate(Month("2025-06", 0, made.IsYear ? before : 0) with { MonthToDateKwh = made.IsYear ? 0 : before, ByBand = new(0, peak, 0, valley, 0), Household = new(persons) });
            Assert.InRange(bill.Lines.Sum(l => l.Yuan) - Plain(made, peak, valley, before, persons), -0.0000001m, 0.0000001m);
            Assert.Equal(bill.Total.Fen, bill.Lines.Sum(l => l.Amount.Fen));
            Assert.Equal(peak, bill.Lines.Where(l => l.Source.Band == Band.Peak).Sum(l => l.Quantity));
            Assert.Equal(valley, bill.Lines.Where(l => l.Source.Band == Band.Valley).Sum(l => l.Quantity));
        });

    /// <summary>Each kWh in turn: its tier by what went before it, its bands in the proportion of the whole.</summary>
    static decimal Plain(Made made, int peak, int valley, int before, int persons)
    {
        decimal yuan = 0;
        for (var kwh = 0; kwh < peak + valley; kwh++)
        {
            var add = persons >= 5 ? made.Add * (made.IsYear ? 12 : 1) : 0;
            var tier = before + kwh < made.Limits[0] + add ? 0 : before + kwh < made.Limits[1] + add ? 1 : 2;
            yuan += (made.Peak[tier] * peak + made.Valley[tier] * valley) / (peak + valley);
        }
        yuan += made.Fixed;
        return yuan + yuan * made.Percent / 100;
    }

    [Fact]
    public void More_energy_never_costs_less_whatever_the_tariff() =>
        Gen.Select(Tariffs, Gen.Int[0, 300], Gen.Int[0, 300], Gen.Int[0, 50], Gen.Int[0, 50]).Sample((made, peak, valley, more, later) =>
        {
            // more in the same proportion; a shift to the cheaper band may of course cost less
            var tariff = OwnTariff.Of(made.Text);
            decimal Of(decimal times) => tariff.Rate(Month("2025-06", 0) with { ByBand = new(0, peak * times, 0, valley * times, 0) }).Lines.Sum(l => l.Yuan);
            Assert.True(Of(1 + more / 10m + later / 10m) >= Of(1 + more / 10m));
        });

    [Fact]
    public void A_month_cut_in_two_costs_the_same_within_half_a_fen_a_line() =>
        Gen.Select(Tariffs, Gen.Int[0, 300], Gen.Int[0, 300], Gen.Int[1, 29]).Sample((made, one, two, day) =>
        {
            // each half is told that it belongs to one month, and what was counted before
            var tariff = OwnTariff.Of(made.Text.Split("fixed")[0]);
            var first = tariff.Rate(new() { From = new(2025, 6, 1), To = new(2025, 6, day), ByBand = new(0, one, 0, 0, 0), Months = 1 });
            var second = tariff.Rate(new() { From = new(2025, 6, day + 1), To = new(2025, 6, 30), ByBand = new(0, two, 0, 0, 0), Months = 1, MonthToDateKwh = first.CountedKwh, YearToDateKwh = first.CountedKwh });
            var whole = tariff.Rate(Month("2025-06", 0) with { ByBand = new(0, one + two, 0, 0, 0) });
            Assert.Equal(whole.Lines.Sum(l => l.Yuan), first.Lines.Sum(l => l.Yuan) + second.Lines.Sum(l => l.Yuan));
            Assert.InRange(Math.Abs((whole.Total - first.Total - second.Total).Fen), 0, (first.Lines.Count + second.Lines.Count + whole.Lines.Count + 1) / 2);
        });

    [Fact]
    public void Rating_again_with_equal_data_changes_nothing() =>
        Gen.Select(Tariffs, Gen.Int[0, 300], Gen.Int[0, 300], Gen.Int[0, 900]).Sample((made, peak, valley, before) =>
        {
            var usage = Month("2025-06", 0, before) with { ByBand = new(0, peak, 0, valley, 0) };
            var rebill = Rebill.Of(OwnTariff.Of(made.Text).Rate(usage), OwnTariff.Of(made.Text).Rate(usage));
            Assert.Empty(rebill.Lines);
            Assert.Equal(0, rebill.Amount.Fen);
        });
}
