using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Notes and coins counted: pieces by the worth of one in 分.</summary>
public static class CashCount
{
    /// <summary>Most pieces of one kind in a drawer.</summary>
    public const int MaxPieces = 100_000;

    /// <exception cref="Refused">till.denomination_unknown; till.pieces_invalid</exception>
    public static Money Sum(IReadOnlyDictionary<int, int> pieces, PaymentTerms terms)
    {
        foreach (var (worth, count) in pieces)
        {
            var field = $"Pieces[{worth}]";
            Refused.IfField(!terms.Denominations.Contains(new Money(worth)), field, "till.denomination_unknown", new Money(worth));
            Refused.IfField(count is < 0 or > MaxPieces, field, "till.pieces_invalid", MaxPieces);
        }

        return new(pieces.Sum(p => (long)p.Key * p.Value));
    }
}
