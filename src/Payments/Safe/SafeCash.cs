using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Ledger;

namespace OpenHall.Payments;

/// <summary>领取找零备用金: change brought from the bank into the safe.</summary>
public sealed class FetchCash(Work work, Current current)
{
    /// <param name="Reference">Number of the bank's paper.</param>
    [Needs("safe.keep")]
    public sealed record Command(Guid RequestId, long AmountFen, string Reference) : ICommand;

    /// <returns>In the safe now, 分.</returns>
    /// <exception cref="Refused">day.not_open; safe.amount_invalid; safe.reference_missing</exception>
    public Task<long> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var hallId = current.RequireHall();
        var day = await db.OpenDay(hallId, ct);
        var reference = (c.Reference ?? "").Trim();
        Refused.IfField(c.AmountFen is < 1 or > Tendering.MaxFen, "Amount", "safe.amount_invalid");
        Refused.IfField(reference.Length is 0 or > 40, "Reference", "safe.reference_missing");
        var safe = await HallSafe.Hold(db, hallId, ct);
        safe.Move(db, SafeMovementKind.Fetched, day.Date, c.AmountFen, reference, current.Name);
        db.Post(new JournalEntry("safe.fetched", reference, day.Date, Posting.ToDebit(AccountCodes.Cash, new(c.AmountFen)), Posting.ToCredit(AccountCodes.Bank, new(c.AmountFen))), hallId);
        db.Subject = reference;
        db.Raise(new SafeMoved(hallId));
        return safe.BalanceFen;
    }, ct);
}

/// <summary>盘库: the safe is counted by denomination; what is found more or less is posted to short/over, and named.</summary>
public sealed class CountSafe(Work work, Current current, PaymentTerms terms)
{
    /// <summary>Sub-account of what a safe had more or less.</summary>
    private const string Sub = "SAFE";

    [Needs("safe.keep")]
    public sealed record Command(Guid RequestId, IReadOnlyDictionary<int, int> Pieces) : ICommand;

    public sealed record Counted(long CountedFen, long ExpectedFen, long DifferenceFen);

    /// <exception cref="Refused">day.not_open; till.denomination_unknown; till.pieces_invalid</exception>
    public Task<Counted> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var hallId = current.RequireHall();
        var day = await db.OpenDay(hallId, ct);
        var counted = CashCount.Sum(c.Pieces, terms);
        var safe = await HallSafe.Hold(db, hallId, ct);
        var (expected, difference) = (safe.Balance, counted - safe.Balance);
        if (difference != Money.Zero)
        {
            safe.Move(db, SafeMovementKind.Count, day.Date, difference.Fen, Sub, current.Name);
            var lines = difference > Money.Zero
                ? new[] { Posting.ToDebit(AccountCodes.Cash, difference), Posting.ToCredit(AccountCodes.ShortOver, difference, Sub) }
                : [Posting.ToDebit(AccountCodes.ShortOver, -difference, Sub), Posting.ToCredit(AccountCodes.Cash, -difference)];
            db.Post(new JournalEntry("safe.count", $"{Sub} {day.Date}", day.Date, lines), hallId);
        }

        db.Subject = day.Date.ToString();
        db.Raise(new SafeMoved(hallId));
        return new Counted(counted.Fen, expected.Fen, difference.Fen);
    }, ct);
}

/// <summary>Money came into a safe or left it.</summary>
public sealed record SafeMoved(Guid HallId);
