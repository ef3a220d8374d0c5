using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Ledger;

namespace OpenHall.Payments;

/// <summary>交班: the clerk hands in her blind count; what should be there is set beside it only then, and the difference goes to her
/// short/over account.</summary>
public sealed class CloseTill(Work work, Current current, PaymentTerms terms)
{
    /// <param name="Pieces">Pieces by the worth of one in 分, float included.</param>
    [Needs("tills.open")]
    public sealed record Command(Guid RequestId, Guid TillSessionId, IReadOnlyDictionary<int, int> Pieces) : ICommand;

    /// <param name="DifferenceFen">Above 0: over (长款); below: short (短款).</param>
    public sealed record Settled(Guid TillSessionId, long CountedFen, long ExpectedFen, long DifferenceFen);

    /// <exception cref="Refused">till.not_found; till.not_yours; till.closed; till.answers_missing; till.transfers_open; till.denomination_unknown; till.pieces_invalid</exception>
    public Task<Settled> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var till = await db.TillSessions.Hold(t => t.Id == c.TillSessionId, orRefuse: "till.not_found", ct);
        Refused.If(till.ClerkId != current.UserId, "till.not_yours", till.ClerkName);
        return await Settle(db, till, c.Pieces, terms, ct);
    }, ct);

    /// <summary>Books what was counted, whoever counted it.</summary>
    /// <exception cref="Refused">till.closed; till.answers_missing; till.transfers_open; till.denomination_unknown; till.pieces_invalid</exception>
    internal static async Task<Settled> Settle(HallDb db, TillSession till, IReadOnlyDictionary<int, int> pieces, PaymentTerms terms, CancellationToken ct)
    {
        till.RequireOpen();
        var asked = await db.ChannelOrders.CountAsync(o => o.TillSessionId == till.Id && o.State == ChannelOrderState.Asked, ct);
        Refused.If(asked > 0, "till.answers_missing", asked);
        var waiting = await db.SafeTransfers.CountAsync(t => t.TillSessionId == till.Id && t.State == TransferState.Offered, ct);
        Refused.If(waiting > 0, "till.transfers_open", waiting);
        var counted = CashCount.Sum(pieces, terms);
        var taken = new Money(await db.TillMovements.Where(m => m.TillSessionId == till.Id && m.Tender == TenderKind.Cash).SumAsync(m => m.AmountFen, ct));
        till.Close(counted, taken, db.AtUtc);
        db.AddRange(pieces.Where(p => p.Value > 0).Select(p => new TillCount { TillSessionId = till.Id, Turn = till.Counts, WorthFen = p.Key, Pieces = p.Value }));
        if (DifferenceEntry(till) is { } entry) db.Post(entry, till.HallId);
        db.Subject = till.ClerkNumber;
        db.Raise(new TillClosed(till.Id));
        return new Settled(till.Id, till.CountedFen!.Value, till.ExpectedFen!.Value, till.DifferenceFen!.Value);
    }

    /// <summary>长短款: short is owed by the clerk (debit), over is owed to whoever turns out to have lost it (credit); null: it was right.</summary>
    internal static JournalEntry? DifferenceEntry(TillSession till)
    {
        var difference = new Money(till.DifferenceFen!.Value);
        var (cash, shortOver) = (AccountCodes.Cash, AccountCodes.ShortOver);
        IReadOnlyList<Posting>? lines = difference == Money.Zero ? null
            : difference > Money.Zero ? [Posting.ToDebit(cash, difference), Posting.ToCredit(shortOver, difference, till.ClerkNumber)]
            : [Posting.ToDebit(shortOver, -difference, till.ClerkNumber), Posting.ToCredit(cash, -difference)];
        return lines is null ? null : new JournalEntry("till.difference", $"{till.ClerkNumber} {till.BusinessDate} {till.Counts}", till.BusinessDate, lines);
    }
}

public sealed record TillClosed(Guid TillSessionId);
