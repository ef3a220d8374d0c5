using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Sets or removes the PIN that opens one's own locked screen.</summary>
public sealed class SetOwnPin(Work work, HallDb db, Current current, Passwords passwords, TimeProvider clock)
{
    /// <param name="Pin">Empty: no PIN any more.</param>
    [NeedsSignIn("one's own PIN")]
    public sealed record Command(Guid RequestId, Secret Password, Secret Pin, Secret Again) : ICommand;

    /// <exception cref="Refused">password.wrong; signin.locked_out; pin.shape; pin.too_simple; password.not_repeated</exception>
    public async Task<bool> Handle(Command c, CancellationToken ct = default)
    {
        if (!c.Pin.IsEmpty) Passwords.CheckPin(c.Pin.Value);
        Refused.IfField(c.Pin != c.Again, "Again", "pin.not_repeated");
        await OwnSecret.Check(work, db, current, passwords, clock, c.Password, "Password", ct);
        var hash = c.Pin.IsEmpty ? null : await passwords.Hash(c.Pin.Value, ct);
        return await work.Once(c, async db =>
        {
            var user = await db.Staff.Hold(u => u.Id == current.UserId, orRefuse: "staff.not_found", ct);
            user.PinHash = hash;
            db.Subject = user.UserName;
            return true;
        }, ct);
    }
}

/// <summary>Ends one's other sessions: the one left open at another counter.</summary>
public sealed class EndOtherSessions(Work work, Current current, TimeProvider clock)
{
    [NeedsSignIn("one's own sessions")]
    public sealed record Command(Guid RequestId) : ICommand;

    /// <returns>How many ended.</returns>
    public Task<int> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var at = clock.GetUtcNow().UtcDateTime;
        var others = await db.StaffSessions.AsTracking().Where(s => s.UserId == current.UserId && s.EndedAtUtc == null && s.Id != current.SessionId).ToListAsync(ct);
        foreach (var other in others) other.End(at);
        db.Subject = current.StaffNumber;
        db.Raise(new AccessChanged(current.UserId!.Value));
        return others.Count;
    }, ct);
}
