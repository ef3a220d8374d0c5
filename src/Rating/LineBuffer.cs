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

    /// <summary>Adds the lines up as the rule rounds; where it rounds less often than each line, the lines' amounts are cut to add up to that.</summary>
    public Money Round(Rounding rounding)
    {
        var total = Money.Zero;
        if (rounding == Rounding.Line)
        {
            foreach (ref readonly var line in lines.AsSpan(0, Count)) total += line.Amount;
            return total;
        }
        decimal sum = 0;
        var shown = Money.Zero;
        for (var i = 0; i < Count; i++)
        {
            ref var line = ref lines[i];
            if (i > 0 && rounding == Rounding.Charge && line.Source.Charge != lines[i - 1].Source.Charge) (sum, shown) = (0, Money.Zero);
            sum += line.Yuan;
            var upToHere = Money.OfYuan(sum);
            line = line with { Amount = upToHere - shown };
            total += upToHere - shown;
            shown = upToHere;
        }
        return total;
    }

    public RatedBill ToBill(string tariff, Money total) => new(tariff, total, Counted, lines.AsSpan(0, Count).ToArray(), []);
}
