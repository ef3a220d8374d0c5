using OpenHall.Kernel;

namespace OpenHall.Ledger;

/// <summary>期末结转: what a month's and a year's end post. Both give null when there is nothing to carry.</summary>
public static class Closing
{
    /// <summary>Empties income and expense into 本年利润.</summary>
    public static JournalEntry? OfMonth(TrialBalance turnover, string reference, BusinessDate on)
    {
        var lines = new List<Posting>();
        foreach (var line in turnover.Lines.Where(l => l.Account.IsClosedAtYearEnd)) Empty(lines, line.Account.Code, line.Debit - line.Credit, AccountCodes.ProfitOfYear);
        return lines.Count == 0 ? null : new JournalEntry("closing.month", reference, on, lines);
    }

    /// <summary>Carries 本年利润 to 利润分配.</summary>
    public static JournalEntry? OfYear(TrialBalance turnover, string reference, BusinessDate on)
    {
        var lines = new List<Posting>();
        Empty(lines, AccountCodes.ProfitOfYear, -turnover.BalanceOf(AccountCodes.ProfitOfYear), AccountCodes.Retained);
        return lines.Count == 0 ? null : new JournalEntry("closing.year", reference, on, lines);
    }

    private static void Empty(List<Posting> lines, string account, Money debitBalance, string into)
    {
        if (debitBalance > Money.Zero) lines.AddRange([Posting.ToDebit(into, debitBalance), Posting.ToCredit(account, debitBalance)]);
        else if (debitBalance < Money.Zero) lines.AddRange([Posting.ToDebit(account, -debitBalance), Posting.ToCredit(into, -debitBalance)]);
    }
}
