using OpenHall.Billing;

namespace OpenHall.Reconciliation;

/// <summary>A line of a statement as understood.</summary>
/// <param name="Line">In the file.</param>
/// <param name="AmountFen">Above 0 in, below 0 out; never 0.</param>
/// <param name="Reference">The bank's or channel's own number; may be empty.</param>
/// <param name="OrderReference">Our number, as we gave it to the channel.</param>
public sealed record ReadLine(int Line, DateOnly Day, TimeOnly? Time, long AmountFen, long? FeeFen, long? BalanceFen, string Reference, string OrderReference, string Party, string PartyAccount, string Note);

/// <summary>What was understood of a statement's file, and what is wrong with it.</summary>
public sealed class StatementRead
{
    /// <summary>Mistakes kept; all are counted.</summary>
    public const int MostMistakes = 200;

    public required string Layout { get; init; }
    public required MoneyAccountKind Kind { get; init; }
    public required string Format { get; init; }
    /// <summary>The account's number as the file gives it; null: it does not.</summary>
    public string? Account { get; set; }
    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ReadLine> Lines { get; set; } = [];
    /// <summary>Lines that moved no money: closed, failed, neither in nor out, nil.</summary>
    public int Skipped { get; set; }
    /// <summary>Totals that the file tells of itself and that were compared.</summary>
    public int Totals { get; set; }
    /// <summary>Each balance was the one before it and the line's amount.</summary>
    public bool BalancesRun { get; set; }
    /// <summary>The file had the newest line first.</summary>
    public bool WasReversed { get; set; }
    public long? OpeningFen { get; set; }
    public long? ClosingFen { get; set; }
    public int MistakeCount { get; private set; }
    public IReadOnlyList<LineNote> Mistakes => _mistakes;

    private readonly List<LineNote> _mistakes = [];

    public long InFen => Lines.Where(l => l.AmountFen > 0).Sum(l => l.AmountFen);
    public long OutFen => -Lines.Where(l => l.AmountFen < 0).Sum(l => l.AmountFen);

    public void Mistake(int line, string code, params IReadOnlyList<string> values)
    {
        MistakeCount++;
        if (_mistakes.Count < MostMistakes) _mistakes.Add(new(line, code, values));
    }
}
