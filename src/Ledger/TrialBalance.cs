using OpenHall.Kernel;

namespace OpenHall.Ledger;

/// <summary>Turnover of one account.</summary>
public sealed record TrialLine(LedgerAccount Account, Money Debit, Money Credit)
{
    /// <summary>Debit less credit, or credit less debit, whichever makes the account grow.</summary>
    public Money Balance => Account.GrowsByDebit ? Debit - Credit : Credit - Debit;
}

/// <summary>试算平衡表.</summary>
/// <param name="Lines">One for each account touched, by code.</param>
public sealed record TrialBalance(IReadOnlyList<TrialLine> Lines)
{
    public Money Debit => Lines.Aggregate(Money.Zero, (sum, l) => sum + l.Debit);

    public Money Credit => Lines.Aggregate(Money.Zero, (sum, l) => sum + l.Credit);

    public bool IsBalanced => Debit == Credit;

    public Money BalanceOf(string code) => Lines.FirstOrDefault(l => l.Account.Code == code)?.Balance ?? Money.Zero;

    /// <param name="turnover">Sums per account, in any order; an account may come several times (one sum a bucket).</param>
    /// <exception cref="KeyNotFoundException">A sum names an account that the chart does not have.</exception>
    public static TrialBalance Of(ChartOfAccounts chart, IEnumerable<(string Account, Money Debit, Money Credit)> turnover) =>
        new([.. turnover.GroupBy(t => t.Account).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new TrialLine(chart[g.Key], g.Aggregate(Money.Zero, (s, t) => s + t.Debit), g.Aggregate(Money.Zero, (s, t) => s + t.Credit)))]);
}
