using CsCheck;
using OpenHall.Reconciliation;

namespace OpenHall.Tests.Modules;

public class MatcherTests
{
    private static readonly DateOnly Day = new(2026, 3, 1);
    private static readonly MatchRules Channel = new(true, 0, 1);
    private static readonly MatchRules Bank = new(false, 1, 10);

    private static MatchItem Item(int n, long fen, int day = 0, int group = 0) => new(Day.AddDays(day), fen, $"slip{n:000000}", $"order{n:000000}", group);

    private static MatchLine Line(int day, long fen, string reference = "", string order = "", string note = "") => new(Day.AddDays(day), fen, reference, order, note);

    /// <summary>What is done to a channel's file.</summary>
    private enum Plant { Nothing, Missing, Extra, Amount, Twice }

    [Fact]
    public void Planted_differences_of_a_channel_are_found_exactly() => Gen.Select(Gen.Int[0, 4].Select(p => (Plant)p).Array[1, 60], Gen.Long[1, 3], Gen.Int[0, 1000]).Sample((plants, amounts, seed) =>
    {
        // Few amounts, so that many payments are alike: only their numbers tell them apart.
        var items = plants.Select((_, n) => Item(n, 100 * (1 + (n + seed) % amounts), n % 3)).ToList();
        var lines = new List<(MatchLine Line, int Of)>();
        for (var n = 0; n < plants.Length; n++)
        {
            var (item, reference) = (items[n], $"channel{n:000000}");
            if (plants[n] == Plant.Missing) continue;
            lines.Add((new(item.Day, plants[n] == Plant.Amount ? item.AmountFen + 7 : item.AmountFen, reference, item.OrderReference, ""), n));
            if (plants[n] == Plant.Twice) lines.Add((new(item.Day, item.AmountFen, reference + "x", item.OrderReference, ""), n));
            if (plants[n] == Plant.Extra) lines.Add((new(item.Day, item.AmountFen, "unknown" + n, "unknown" + n, ""), -1));
        }

        lines = [.. lines.OrderBy(l => (l.Of * 7919 + seed) % 101)];
        var found = Matcher.Of([.. lines.Select(l => l.Line)], items, Channel);
        Assert.Equal(Where(plants, Plant.Missing), found.OpenItems.Order());
        Assert.Equal(Where(plants, Plant.Amount), found.Differing.Select(d => d.Item).Order());
        Assert.Equal(Where(plants, Plant.Twice), found.Twice.Select(l => lines[l].Of).Order());
        Assert.Equal(plants.Count(p => p == Plant.Extra), found.OpenLines.Count);
        Assert.All(found.OpenLines, l => Assert.Equal(-1, lines[l].Of));
        Assert.All(found.Found, m => Assert.Equal(lines[m.Lines[0]].Of, m.Items[0]));
    }, iter: 300);

    private static IEnumerable<int> Where(Plant[] plants, Plant plant) => plants.Select((p, n) => (p, n)).Where(p => p.p == plant).Select(p => p.n);

    [Fact]
    public void Planted_differences_of_a_bank_are_found_exactly() => Gen.Select(Gen.Int[0, 4].Array[1, 40], Gen.Int[1, 40]).Sample((kinds, step) =>
    {
        // Each unit has amounts of its own (powers apart), so that what is open is exactly what was planted.
        var (items, lines) = (new List<MatchItem>(), new List<MatchLine>());
        var (openItems, openLines) = (new List<int>(), new List<int>());
        for (var n = 0; n < kinds.Length; n++)
        {
            var (unit, day) = (1_000_000L * (n + 1), n * 30 % 400);
            switch (kinds[n])
            {
                case 0:
                    items.Add(Item(n, unit + step, day));
                    lines.Add(Line(day + n % 10, unit + step));
                    break;
                case 1:
                    items.AddRange([Item(n, unit + 1, day, n + 1), Item(n, unit + 2, day, n + 1), Item(n, unit + 4, day, n + 1)]);
                    lines.Add(Line(day + 1, 3 * unit + 7));
                    break;
                case 2:
                    items.Add(Item(n, 2 * unit + 500_003, day));
                    lines.AddRange([Line(day + 2, unit + 1), Line(day + 2, unit + 500_002)]);
                    break;
                case 3:
                    openItems.Add(items.Count);
                    items.Add(Item(n, unit + 11_111, day));
                    break;
                default:
                    openLines.Add(lines.Count);
                    lines.Add(Line(day, unit + 22_222));
                    break;
            }
        }

        var found = Matcher.Of(lines, items, Bank);
        Assert.Equal(openItems, found.OpenItems);
        Assert.Equal(openLines, found.OpenLines);
        Assert.All(found.Found, m => Assert.Equal(m.Items.Sum(i => items[i].AmountFen), m.Lines.Sum(l => lines[l].AmountFen)));
    }, iter: 300);

    [Fact]
    public void Nothing_is_matched_twice_and_every_group_is_one_sum() =>
        Gen.Select(Gen.Select(Gen.Int[0, 5], Gen.Int[1, 6], Gen.Int[0, 9], Gen.Int[0, 3]).Array[0, 60], Gen.Select(Gen.Int[0, 5], Gen.Int[1, 6], Gen.Int[0, 9]).Array[0, 60]).Sample((some, others) =>
        {
            var items = some.Select(i => Item(i.Item3, i.Item2 * (i.Item2 == 6 ? -100 : 100), i.Item1, i.Item4)).ToList();
            var lines = others.Select(l => Line(l.Item1, l.Item2 * (l.Item2 == 6 ? -100 : 100), $"slip{l.Item3:000000}")).ToList();
            var found = Matcher.Of(lines, items, Bank);
            Assert.Equal(Enumerable.Range(0, lines.Count), found.Found.SelectMany(m => m.Lines).Concat(found.Differing.Select(d => d.Line)).Concat(found.Twice).Concat(found.OpenLines).Order());
            Assert.Equal(Enumerable.Range(0, items.Count), found.Found.SelectMany(m => m.Items).Concat(found.Differing.Select(d => d.Item)).Concat(found.OpenItems).Order());
            Assert.All(found.Found, m => Assert.Equal(m.Items.Sum(i => items[i].AmountFen), m.Lines.Sum(l => lines[l].AmountFen)));
        }, iter: 500);

    [Fact]
    public void Our_number_in_the_words_and_a_fee_kept_back_are_understood()
    {
        var found = Matcher.Of([Line(5, 100_00, note: "转账 slip000001 电费"), new(Day.AddDays(1), 99_40, "", "", "", 60)], [Item(2, 100_00), Item(1, 100_00)], Bank);
        Assert.Equal([(MatchReason.Reference, 1), (MatchReason.AmountAndDay, 0)], found.Found.Select(m => (m.Reason, m.Items[0])));
    }
}
