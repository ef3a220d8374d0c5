using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>Lines of the bill in work, one buffer a thread, so that rating allocates nothing but its result.</summary>
sealed class LineBuffer
{
    const int MostDecimals = 20;
    [ThreadStatic] static LineBuffer? mine;
    RatedLine[] lines = new RatedLine[32];

    public int Count { get; private set; }

    /// <summary>Energy that climbed tiers.</summary>
    public decimal Counted { get; set; }

    public static LineBuffer Empty()
    {
        var buffer = mine ??= new();
        buffer.Count = 0;
        buffer.Counted = 0;
        return buffer;
    }

    public ref RatedLine this[int index] => ref lines[index];

    public void Add(LineSource source, decimal? from, decimal? upTo, decimal quantity, decimal price) =>
        Add(source, from, upTo, quantity, price, quantity * price, []);

    public void Add(LineSource source, decimal? from, decimal? upTo, decimal quantity, decimal price, decimal yuan, IReadOnlyList<Step> steps)
    {
        if (Count == lines.Length) Array.Resize(ref lines, Count * 2);
        // A third of a month has no end: what hangs beyond the sixteenth decimal must not turn a half fen down.
        if (yuan.Scale > MostDecimals) yuan = decimal.Round(yuan, 16, MidpointRounding.AwayFromZero);
        ref var line = ref lines[Count++];
        line = new(source, from, upTo, quantity, price, yuan, yuan == 0 ? Money.Zero : Money.OfYuan(yuan), steps);
    }

    /// <summary>The bill: lines added up as the rule rounds; where it rounds less often than each line, the lines' amounts are cut to add up to that.</summary>
    public RatedBill ToBill(string tariff, Rounding rounding)
    {
        var from = lines.AsSpan(0, Count);
        var total = Money.Zero;
        if (rounding == Rounding.Line)
        {
            foreach (ref readonly var line in from) total += line.Amount;
            return new(tariff, total, Counted, from.ToArray(), []);
        }
        var cut = new RatedLine[Count];
        decimal sum = 0;
        var shown = Money.Zero;
        for (var i = 0; i < from.Length; i++)
        {
            ref readonly var line = ref from[i];
            if (i > 0 && rounding == Rounding.Charge && line.Source.Charge != from[i - 1].Source.Charge) (sum, shown) = (0, Money.Zero);
            sum += line.Yuan;
            var upToHere = i == 0 ? line.Amount : Money.OfYuan(sum);
            var amount = upToHere - shown;
            if (amount == line.Amount) cut[i] = line;
            else cut[i] = line with { Amount = amount };
            total += amount;
            shown = upToHere;
        }
        return new(tariff, total, Counted, cut, []);
    }
}
