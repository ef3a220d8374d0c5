using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>代交班: a clerk was called away with her till open. By a right and four eyes another person counts the drawer blind and hands it in
/// for her; the difference goes to the clerk's short/over account, as at her own count.</summary>
public sealed class CloseTillFor(Work work, Current current, PaymentTerms terms)
{
    public const int MaxReason = 200;

    /// <param name="Pieces">Pieces by the worth of one in 分, float included. The second person agrees to exactly this count.</param>
    [Needs("tills.close_for")]
    [FourEyes("tills.close_for_approve")]
    public sealed record Command(Guid RequestId, Guid TillSessionId, IReadOnlyDictionary<int, int> Pieces, string Reason) : ICommand;

    /// <exception cref="Refused">approval.needed; till.not_found; hall.out_of_reach; till.own; till.for_reason_missing; till.closed; till.answers_missing;
    /// till.denomination_unknown; till.pieces_invalid</exception>
    public Task<CloseTill.Settled> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Reason) || c.Reason.Length > MaxReason, "Reason", "till.for_reason_missing", MaxReason);
        var till = await db.TillSessions.Hold(t => t.Id == c.TillSessionId, orRefuse: "till.not_found", ct);
        await db.HallInReach(current, till.HallId, ct);
        Refused.If(till.ClerkId == current.UserId, "till.own");
        db.HallOfCommand = till.HallId;
        var settled = await CloseTill.Settle(db, till, c.Pieces, terms, ct);
        till.WasClosedFor(current.Name, c.Reason.Trim());
        return settled;
    }, ct);
}
