using OpenHall.Kernel;

namespace OpenHall.Ledger;

/// <summary>One line of a journal entry: an amount on one side of one account.</summary>
public sealed record Posting
{
    private Posting(string account, Money debit, Money credit, string? sub) => (Account, Debit, Credit, Sub) = (account, debit, credit, sub);

    /// <summary>Code of the chart of accounts: 1001.</summary>
    public string Account { get; }
    /// <summary>0 or more; above 0 on one side only.</summary>
    public Money Debit { get; }
    public Money Credit { get; }
    /// <summary>Sub-account: a clerk's staff number for short/over, a channel's code; null: none.</summary>
    public string? Sub { get; }

    /// <summary>借.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not above 0.</exception>
    public static Posting ToDebit(string account, Money amount, string? sub = null) => new(account, Positive(amount), Money.Zero, sub);

    /// <summary>贷.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not above 0.</exception>
    public static Posting ToCredit(string account, Money amount, string? sub = null) => new(account, Money.Zero, Positive(amount), sub);

    /// <summary>The same amount on the other side, as a reversal needs it.</summary>
    public Posting Reversed() => new(Account, Credit, Debit, Sub);

    private static Money Positive(Money amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount.Fen, nameof(amount));
        return amount;
    }
}
