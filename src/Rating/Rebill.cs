using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <param name="Source">Kind, charge, tier and band of the line.</param>
/// <param name="Quantity">Correct less billed, in the line's unit.</param>
/// <param name="Amount">Correct less billed: above zero is charged (补), below is given back (退).</param>
public readonly record struct RebilledLine(LineSource Source, decimal Quantity, Money Amount);

/// <summary>退补: what a bill should have been against what it was. Both bills are kept; this is the difference that is booked.</summary>
/// <param name="Amount">Sum of the lines.</param>
/// <param name="Lines">By charge, kind, tier and band, in the order of the bills; lines that did not change are left out.</param>
/// <param name="Billed">Sum of the bills that were sent; they are cancelled.</param>
public sealed record Rebill(Money Amount, IReadOnlyList<RebilledLine> Lines, Money Billed)
{
    /// <param name="billed">The bill that was sent.</param>
    /// <param name="correct">The same period rated again with the right data; equal data gives no line.</param>
    public static Rebill Of(RatedBill billed, RatedBill correct) => Of([billed], correct);

    /// <param name="billed">All bills that the right one replaces, such as the months of an estimate.</param>
    /// <param name="correct">The right bill.</param>
    public static Rebill Of(IReadOnlyList<RatedBill> billed, RatedBill correct)
    {
        var sums = new Dictionary<(string, LineKind, int, Band), RebilledLine>();
        foreach (var bill in billed) Add(bill, -1);
        Add(correct, 1);
        var lines = sums.Values.Where(l => l.Amount != Money.Zero || l.Quantity != 0).ToList();
        return new(new(lines.Sum(l => l.Amount.Fen)), lines, new(billed.Sum(b => b.Total.Fen)));

        void Add(RatedBill bill, int sign)
        {
            foreach (var line in bill.Lines)
            {
                var key = (line.Source.Charge, line.Source.Kind, line.Source.Tier, line.Source.Band);
                var before = sums.TryGetValue(key, out var sum) ? sum : new(line.Source, 0, Money.Zero);
                sums[key] = new(line.Source, before.Quantity + sign * line.Quantity, new(before.Amount.Fen + sign * line.Amount.Fen));
            }
        }
    }
}
