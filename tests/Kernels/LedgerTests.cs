using CsCheck;
using OpenHall.Kernel;
using OpenHall.Ledger;

namespace OpenHall.Tests.Kernels;

public class LedgerTests
{
    private static readonly BusinessDate Day = new(new DateOnly(2026, 3, 31));
    private static readonly ChartOfAccounts Chart = new(AccountCodes.Required.Select(r => new LedgerAccount(r.Key, r.Value)));

    [Fact]
    public void An_entry_that_does_not_balance_cannot_be_made() =>
        Assert.Throws<ArgumentException>(() => new JournalEntry("payment", "R1", Day, Posting.ToDebit(AccountCodes.Cash, new(100)), Posting.ToCredit(AccountCodes.Clearing, new(99))));

    [Fact]
    public void An_entry_has_two_lines_at_least() => Assert.Throws<ArgumentException>(() => new JournalEntry("payment", "R1", Day));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_line_has_an_amount_above_zero(long fen) => Assert.Throws<ArgumentOutOfRangeException>(() => Posting.ToDebit(AccountCodes.Cash, new(fen)));

    [Fact]
    public void Any_entries_and_their_reversals_give_a_balanced_trial_balance_of_zeros() =>
        Entries.Sample(entries =>
        {
            var all = entries.Concat(entries.Select(e => e.Reversed("reversal", "R2", Day))).SelectMany(e => e.Lines);
            var trial = TrialBalance.Of(Chart, all.Select(l => (l.Account, l.Debit, l.Credit)));
            Assert.True(trial.IsBalanced);
            Assert.All(trial.Lines, l => Assert.Equal(Money.Zero, l.Balance));
        });

    [Fact]
    public void A_month_end_empties_income_into_the_profit_of_the_year_and_a_year_end_that_into_retained_earnings() =>
        Entries.Sample(entries =>
        {
            var lines = entries.SelectMany(e => e.Lines).ToList();
            var before = Of(lines);
            if (Closing.OfMonth(before, "2026-03", Day) is { } month) lines.AddRange(month.Lines);
            var closed = Of(lines);
            Assert.Equal(Money.Zero, closed.BalanceOf(AccountCodes.Revenue));
            Assert.Equal(before.BalanceOf(AccountCodes.Revenue) + before.BalanceOf(AccountCodes.LateFeeIncome) + before.BalanceOf(AccountCodes.ProfitOfYear), closed.BalanceOf(AccountCodes.ProfitOfYear));
            if (Closing.OfYear(closed, "2026", Day) is { } year) lines.AddRange(year.Lines);
            Assert.Equal(Money.Zero, Of(lines).BalanceOf(AccountCodes.ProfitOfYear));
            Assert.True(Of(lines).IsBalanced);
        });

    private static TrialBalance Of(IEnumerable<Posting> lines) => TrialBalance.Of(Chart, lines.Select(l => (l.Account, l.Debit, l.Credit)));

    private static readonly string[] Codes = [.. AccountCodes.Required.Keys];

    private static readonly Gen<string> AnyCode = Gen.Int[0, Codes.Length - 1].Select(i => Codes[i]);

    private static readonly Gen<JournalEntry[]> Entries =
        (from debit in AnyCode
         from credit in AnyCode
         from fen in Gen.Long[1, 1_000_000_00]
         select new JournalEntry("test", "R1", Day, Posting.ToDebit(debit, new(fen)), Posting.ToCredit(credit, new(fen)))).Array[1, 20];
}
