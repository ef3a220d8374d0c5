using OpenHall.Kernel;

namespace OpenHall.Ledger;

/// <summary>A balanced entry (分录): Σ debit = Σ credit. Never changed once posted; a correction is another entry.</summary>
public sealed class JournalEntry
{
    /// <summary>Most lines an entry may have.</summary>
    public const int MaxLines = 200;

    /// <param name="kind">What it comes of: <c>payment</c>, <c>bill</c>, <c>till.difference</c> …</param>
    /// <param name="reference">Number of the document behind it: receipt, bill, till.</param>
    /// <param name="businessDate">The day it is booked on.</param>
    /// <param name="lines">2 or more.</param>
    /// <exception cref="ArgumentException">The lines do not balance, or are fewer than two: a bug of the caller.</exception>
    public JournalEntry(string kind, string reference, BusinessDate businessDate, params IReadOnlyList<Posting> lines)
    {
        var (debit, credit) = lines.Aggregate((Debit: Money.Zero, Credit: Money.Zero), (sum, line) => (sum.Debit + line.Debit, sum.Credit + line.Credit));
        if (lines.Count is < 2 or > MaxLines) throw new ArgumentException($"{kind} {reference}: an entry has 2 to {MaxLines} lines, not {lines.Count}.", nameof(lines));
        if (debit != credit) throw new ArgumentException($"{kind} {reference}: debit {debit} is not credit {credit}.", nameof(lines));
        (Kind, Reference, BusinessDate, Lines, Total) = (kind, reference, businessDate, [.. lines], debit);
    }

    public Guid Id { get; } = Guid.CreateVersion7();
    public string Kind { get; }
    public string Reference { get; }
    public BusinessDate BusinessDate { get; }
    public IReadOnlyList<Posting> Lines { get; }
    /// <summary>Σ debit, which is Σ credit.</summary>
    public Money Total { get; }

    /// <summary>红字: the same lines on the other side, under the correcting document's number, on today's business date.</summary>
    public JournalEntry Reversed(string kind, string reference, BusinessDate on) => new(kind, reference, on, [.. Lines.Select(l => l.Reversed())]);
}
