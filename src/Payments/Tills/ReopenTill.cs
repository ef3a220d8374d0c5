using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>重开班次: by a right and four eyes, on the same business day; the booked difference is taken back and the drawer is counted blind again.</summary>
public sealed class ReopenTill(Work work, Current current)
{
    public const int MaxReason = 200;

    [Needs("tills.reopen")]
    [FourEyes("tills.reopen_approve")]
    public sealed record Command(Guid RequestId, Guid TillSessionId, string Reason) : ICommand;

    /// <exception cref="Refused">approval.needed; till.not_found; till.not_closed; till.other_day; till.reason_missing; till.already_open; hall.out_of_reach</exception>
    public Task<Guid> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Reason) || c.Reason.Length > MaxReason, "Reason", "till.reason_missing", MaxReason);
        var till = await db.TillSessions.Hold(t => t.Id == c.TillSessionId, orRefuse: "till.not_found", ct);
        await db.HallInReach(current, till.HallId, ct);
        var day = await db.OpenDay(till.HallId, ct);
        Refused.If(day.Date != till.BusinessDate, "till.other_day", till.BusinessDate);
        Refused.If(till.State == TillState.Open, "till.not_closed");
        if (CloseTill.DifferenceEntry(till) is { } booked) db.Post(booked.Reversed("till.difference_back", booked.Reference, day.Date), till.HallId);
        till.Reopen(c.Reason.Trim());
        db.Subject = till.ClerkNumber;
        db.Raise(new TillOpened(till.Id));
        return till.Id;
    }, ct);
}
