using OpenHall.Kernel;

namespace OpenHall.Reconciliation;

/// <summary>Settles what a file leaves open: whether the newest line is first, and whether an amount below zero is money out or a correction. The running
/// balance decides where there is one; it has to run on from line to line.</summary>
static class StatementOrder
{
    private static readonly Func<RawLine, long>[] Readings =
    [
        // A minus on either side is a correction.
        l => l.Amount == 0 ? l.In - l.Out : l.Direction switch { Direction.In => Math.Abs(l.Amount), Direction.Out => -Math.Abs(l.Amount), _ => l.Amount },
        // The side of money out is always written with a minus.
        l => l.Amount == 0 ? l.In - Math.Abs(l.Out) : l.Direction switch { Direction.In => l.Amount, Direction.Out => -l.Amount, _ => l.Amount },
        // Amounts carry their own sign.
        l => l.Amount == 0 ? Math.Abs(l.In) - Math.Abs(l.Out) : l.Amount,
    ];

    public static void Settle(List<RawLine> raw, StatementRead read, StatementTotals totals)
    {
        if (raw.Count == 0) return;
        var outs = raw.Where(l => l.Amount == 0 && l.Out != 0).ToList();
        var usual = outs.Count > 0 && outs.TrueForAll(l => l.Out < 0) ? 1 : 0;
        var candidates = new[] { usual }.Concat(Enumerable.Range(0, Readings.Length)).Distinct().ToList();
        var isReversed = raw[0].Day > raw[^1].Day || raw[0].Day == raw[^1].Day && raw[0].Time is { } first && raw[^1].Time is { } last && first > last && IsFalling(raw);
        var best = (Reading: candidates[0], IsReversed: isReversed, Breaks: int.MaxValue);
        if (raw.Count(l => l.Balance is not null) >= 2)
        {
            foreach (var reading in candidates)
            {
                foreach (var reversed in new[] { isReversed, !isReversed })
                {
                    var breaks = Breaks(Ordered(raw, reversed), Readings[reading]).Count();
                    if (breaks < best.Breaks) best = (reading, reversed, breaks);
                }
            }
        }

        var ordered = Ordered(raw, best.IsReversed).ToList();
        var net = Readings[best.Reading];
        if (best.Breaks == int.MaxValue)
        {
            // No balance: by time, lines of the same moment as the file has them.
            if (ordered.Any(l => l.Time is not null)) ordered = [.. ordered.OrderBy(l => l.Day).ThenBy(l => l.Time ?? default)];
        }
        else
        {
            foreach (var (before, line) in Breaks(ordered, net))
                read.Mistake(line.Line, "statement.balance_breaks", new Money(before.Balance!.Value).ToString(), new Money(net(line)).ToString(), new Money(line.Balance!.Value).ToString());
            read.BalancesRun = best.Breaks == 0;
        }

        read.WasReversed = best.IsReversed;
        read.Lines = [.. ordered.Select(l => new ReadLine(l.Line, l.Day, l.Time, net(l), l.Fee, l.Balance, Cut(l.Reference, 64), Cut(l.OrderReference, 64), Cut(PartyOf(l, net(l)), 100), Cut(l.PartyAccount, 50), Cut(l.Note, 200)))];
        read.OpeningFen = totals.Opening?.Fen ?? (ordered[0].Balance is { } b ? b - net(ordered[0]) : null);
        read.ClosingFen = totals.Closing?.Fen ?? ordered[^1].Balance;
    }

    private static bool IsFalling(List<RawLine> raw)
    {
        var falls = 0;
        for (var i = 1; i < raw.Count; i++)
            if (raw[i - 1].Time is { } a && raw[i].Time is { } b) falls += a > b ? 1 : a < b ? -1 : 0;
        return falls > 0;
    }

    private static IEnumerable<RawLine> Ordered(List<RawLine> raw, bool isReversed) => isReversed ? Enumerable.Reverse(raw) : raw;

    private static IEnumerable<(RawLine Before, RawLine Line)> Breaks(IEnumerable<RawLine> lines, Func<RawLine, long> net)
    {
        RawLine? before = null;
        foreach (var line in lines)
        {
            if (before?.Balance is { } was && line.Balance is { } now && was + net(line) != now) yield return (before, line);
            before = line;
        }
    }

    private static string PartyOf(RawLine line, long fen) => line.Party.Length > 0 ? line.Party : fen > 0 ? line.Payer : line.Payee;

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
