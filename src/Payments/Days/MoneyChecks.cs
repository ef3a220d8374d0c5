using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Ledger;

namespace OpenHall.Payments;

/// <summary>What must agree about a day's money: accounts = tills = receipts, and the books balance on both sides. Sums first; the culprit is only looked for
/// when a sum is wrong.</summary>
public static class MoneyChecks
{
    /// <summary>Most culprits named at once.</summary>
    private const int MaxNamed = 10;

    /// <summary>What the tills do; money that a bank brings by itself is in the books under a kind of its own.</summary>
    private static readonly string[] MoneyKinds = ["payment", "reversal"];

    public static async Task<IReadOnlyList<DayFinding>> Findings(HallDb db, Guid hallId, BusinessDate date, CancellationToken ct) =>
        [.. await ThreeSums(db, hallId, date, ct), .. await Balanced(db, hallId, date, ct)];

    /// <summary>Payments at the tills (accounts), till movements (money) and receipts (stubs) of the day are the same sum.</summary>
    public static async Task<IReadOnlyList<DayFinding>> ThreeSums(HallDb db, Guid hallId, BusinessDate date, CancellationToken ct)
    {
        var payments = db.Payments.Where(p => p.HallId == hallId && p.BusinessDate == date && p.State == PaymentState.Confirmed && p.TillSessionId != null);
        var moved = Moved(db, hallId, date);
        var receipts = db.Set<Vouchers.Receipt>().Where(r => r.HallId == hallId && r.BusinessDate == date && r.State == Vouchers.ReceiptState.Used);
        var accounts = (await payments.GroupBy(p => p.Bucket).Select(g => g.Sum(p => p.AmountFen - p.FromBalanceFen)).ToListAsync(ct)).Sum();
        var tills = await moved.SumAsync(m => m.AmountFen, ct);
        var stubs = await receipts.SumAsync(r => r.AmountFen, ct);
        if (accounts == tills && tills == stubs) return [];

        var findings = new List<DayFinding> { new("payments.finding.three_sums", [new Money(accounts), new Money(tills), new Money(stubs)], "/settlement") };
        var byNumber = new Dictionary<string, (long Account, long Till, long Stub)>();
        foreach (var p in await payments.Select(p => new { p.Bucket, p.Number, Fen = p.AmountFen - p.FromBalanceFen }).ToListAsync(ct)) Add(byNumber, p.Number, (p.Fen, 0, 0));
        foreach (var m in await moved.Select(m => new { m.Kind, m.Reference, m.AmountFen }).ToListAsync(ct)) Add(byNumber, m.Kind == MovementKind.Reversal ? m.Reference[1..] : m.Reference, (0, m.AmountFen, 0));
        foreach (var r in await receipts.Select(r => new { r.Number, r.AmountFen }).ToListAsync(ct)) Add(byNumber, r.Number, (0, 0, r.AmountFen));
        foreach (var (number, sum) in byNumber.Where(n => n.Value.Account != n.Value.Till || n.Value.Till != n.Value.Stub).OrderBy(n => n.Key, StringComparer.Ordinal).Take(MaxNamed))
            findings.Add(new("payments.finding.number", [number, new Money(sum.Account), new Money(sum.Till), new Money(sum.Stub)], $"/receipt/{number}"));
        return findings;
    }

    /// <summary>Each entry of the hall's books balances, each bucket of the accounts' side does, the clearing account is zero over both, and the books
    /// have the money that the tills moved.</summary>
    public static async Task<IReadOnlyList<DayFinding>> Balanced(HallDb db, Guid hallId, BusinessDate date, CancellationToken ct)
    {
        var findings = new List<DayFinding>();
        var hall = db.JournalLines.Where(l => l.HallId == hallId && l.BusinessDate == date);
        var accounts = db.AccountJournalLines.Where(l => l.HallId == hallId && l.BusinessDate == date);
        var entries = await hall.GroupBy(l => new { l.EntryId, l.Reference }).Where(g => g.Sum(l => l.DebitFen) != g.Sum(l => l.CreditFen)).Select(g => g.Key.Reference).Take(MaxNamed).ToListAsync(ct);
        findings.AddRange(entries.Select(reference => new DayFinding("payments.finding.entry", [reference], $"/receipt/{reference}")));
        var buckets = await accounts.GroupBy(l => l.Bucket).Select(g => new { Bucket = g.Key, Difference = g.Sum(l => l.DebitFen - l.CreditFen), Clearing = g.Sum(l => l.Account == AccountCodes.Clearing ? l.DebitFen - l.CreditFen : 0) }).ToListAsync(ct);
        findings.AddRange(buckets.Where(b => b.Difference != 0).Take(MaxNamed).Select(b => new DayFinding("payments.finding.bucket", [b.Bucket, new Money(b.Difference)], "/settlement")));

        var turnover = await hall.GroupBy(l => new { l.Kind, l.Account }).Select(g => new { g.Key.Kind, g.Key.Account, Net = g.Sum(l => l.DebitFen - l.CreditFen) }).ToListAsync(ct);
        long Net(string account) => turnover.Where(t => t.Account == account && MoneyKinds.Contains(t.Kind)).Sum(t => t.Net);
        var clearing = turnover.Where(t => t.Account == AccountCodes.Clearing).Sum(t => t.Net) + buckets.Sum(b => b.Clearing);
        if (clearing != 0) findings.AddRange(await ClearingCulprits(hall, accounts, clearing, ct));
        var moved = await Moved(db, hallId, date).GroupBy(m => m.Tender).Select(g => new { Tender = g.Key, Fen = g.Sum(m => m.AmountFen) }).ToListAsync(ct);
        foreach (var account in new[] { AccountCodes.Cash, AccountCodes.Bank, AccountCodes.Channels })
        {
            var tills = moved.Where(m => Booking.AccountOf(m.Tender) == account).Sum(m => m.Fen);
            if (tills != Net(account)) findings.Add(new("payments.finding.ledger_till", [account, new Money(Net(account)), new Money(tills)], "/settlement"));
        }

        return findings;
    }

    private static async Task<IReadOnlyList<DayFinding>> ClearingCulprits(IQueryable<JournalLine> hall, IQueryable<AccountJournalLine> accounts, long difference, CancellationToken ct)
    {
        var findings = new List<DayFinding> { new("payments.finding.clearing", [new Money(difference)], "/settlement") };
        var byNumber = new Dictionary<string, long>();
        foreach (var line in await hall.Where(l => l.Account == AccountCodes.Clearing).Select(l => new { l.Reference, Fen = l.DebitFen - l.CreditFen }).ToListAsync(ct))
            byNumber[line.Reference] = byNumber.GetValueOrDefault(line.Reference) + line.Fen;
        foreach (var line in await accounts.Where(l => l.Account == AccountCodes.Clearing).Select(l => new { l.Bucket, l.Reference, Fen = l.DebitFen - l.CreditFen }).ToListAsync(ct))
            byNumber[line.Reference] = byNumber.GetValueOrDefault(line.Reference) + line.Fen;
        foreach (var (number, fen) in byNumber.Where(n => n.Value != 0).OrderBy(n => n.Key, StringComparer.Ordinal).Take(MaxNamed))
            findings.Add(new("payments.finding.clearing_number", [number, new Money(fen)], $"/receipt/{number}"));
        return findings;
    }

    /// <summary>Customers' money; what goes between drawer and safe stays in the hall.</summary>
    private static IQueryable<TillMovement> Moved(HallDb db, Guid hallId, BusinessDate date) =>
        db.TillMovements.Where(m => m.HallId == hallId && m.BusinessDate == date && (m.Kind == MovementKind.Payment || m.Kind == MovementKind.Reversal));

    private static void Add(Dictionary<string, (long Account, long Till, long Stub)> sums, string number, (long Account, long Till, long Stub) more)
    {
        var sum = sums.GetValueOrDefault(number);
        sums[number] = (sum.Account + more.Account, sum.Till + more.Till, sum.Stub + more.Stub);
    }
}
