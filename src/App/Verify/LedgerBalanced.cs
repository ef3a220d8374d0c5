using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Rule 3: every entry balances on its own side, each account-side entry inside its bucket, and the clearing account (1131) of
/// both sides together comes to nothing.</summary>
sealed class LedgerBalanced : IVerifyCheck
{
    private const string Clearing = "1131";

    public string Name => "ledger.balanced";

    public async IAsyncEnumerable<Finding> Look(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var hallSide = db.JournalLines.GroupBy(l => l.EntryId)
            .Select(g => new { g.Key, Debit = g.Sum(l => l.DebitFen), Credit = g.Sum(l => l.CreditFen) }).Where(e => e.Debit != e.Credit);
        await foreach (var e in hallSide.AsAsyncEnumerable().WithCancellation(ct)) yield return new($"journal_lines {e.Key}", $"debit {e.Debit} fen, credit {e.Credit} fen");

        var accountSide = db.AccountJournalLines.GroupBy(l => new { l.Bucket, l.EntryId })
            .Select(g => new { g.Key.Bucket, g.Key.EntryId, Debit = g.Sum(l => l.DebitFen), Credit = g.Sum(l => l.CreditFen) }).Where(e => e.Debit != e.Credit);
        await foreach (var e in accountSide.AsAsyncEnumerable().WithCancellation(ct))
            yield return new($"account_journal_lines {e.Bucket}/{e.EntryId}", $"debit {e.Debit} fen, credit {e.Credit} fen");

        var halls = await db.JournalLines.Where(l => l.Account == Clearing).SumAsync(l => l.DebitFen - l.CreditFen, ct);
        var accounts = await db.AccountJournalLines.Where(l => l.Account == Clearing).SumAsync(l => l.DebitFen - l.CreditFen, ct);
        if (halls + accounts != 0) yield return new("account " + Clearing, $"the halls' side has {halls} fen, the accounts' side {accounts} fen; together they should be nothing");
    }
}
