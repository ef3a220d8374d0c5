using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Changing one's own password. All other sessions of the person end; this one gets a new cookie.</summary>
public sealed class ChangeOwnPassword(Work work, HallDb db, Current current, Passwords passwords, TimeProvider clock)
{
    [NeedsSignIn("one's own password")]
    public sealed record Command(Guid RequestId, Secret Old, Secret New, Secret Again) : ICommand;

    /// <returns>The new security stamp, for the cookie of this session.</returns>
    /// <exception cref="Refused">password.wrong; password.not_repeated; password.same; password.too_short; password.too_long; password.too_simple; signin.locked_out</exception>
    public async Task<string> Handle(Command c, CancellationToken ct = default)
    {
        Passwords.Check(c.New.Value, current.StaffNumber, "New");
        Refused.IfField(c.New != c.Again, "Again", "password.not_repeated");
        Refused.IfField(c.New == c.Old, "New", "password.same");
        await OwnSecret.Check(work, db, current, passwords, clock, c.Old, "Old", ct);
        var hash = await passwords.Hash(c.New.Value, ct);
        return await work.Once(c, async db =>
        {
            var user = await db.Staff.Hold(u => u.Id == current.UserId, orRefuse: "staff.not_found", ct);
            (user.PasswordHash, user.OneTimeUntilUtc) = (hash, null);
            user.ChangeStamp();
            var at = clock.GetUtcNow().UtcDateTime;
            foreach (var other in await db.StaffSessions.AsTracking().Where(s => s.UserId == user.Id && s.EndedAtUtc == null && s.Id != current.SessionId).ToListAsync(ct)) other.End(at);
            db.Subject = user.UserName;
            db.Raise(new AccessChanged(user.Id));
            return user.SecurityStamp!;
        }, ct);
    }
}

/// <summary>A wrong password typed into one's own account counts like one at the sign-in: whoever found an open screen can't guess on.</summary>
static class OwnSecret
{
    [NeedsSignIn("one's own account; only counts")]
    private sealed record Command(Guid RequestId, bool IsRight) : ICommand;

    private sealed record Outcome(bool IsRight, DateTime? LockedUntilUtc);

    /// <exception cref="Refused">password.wrong; signin.locked_out</exception>
    public static async Task Check(Work work, HallDb db, Current current, Passwords passwords, TimeProvider clock, Secret password, string field, CancellationToken ct)
    {
        var hash = await db.Staff.Where(u => u.Id == current.UserId).Select(u => u.PasswordHash).SingleAsync(ct);
        var isRight = await passwords.IsRight(hash, password.Value, ct);
        var outcome = await work.Once(new Command(Guid.CreateVersion7(), isRight), async db =>
        {
            var user = await db.Staff.Hold(u => u.Id == current.UserId, orRefuse: "staff.not_found", ct);
            db.Subject = user.UserName;
            var now = clock.GetUtcNow();
            if (!user.IsLockedOut(now) && !isRight) Tries.CountWrong(user, now);
            else if (isRight && !user.IsLockedOut(now)) user.AccessFailedCount = 0;
            return new Outcome(isRight, user.IsLockedOut(now) ? user.LockoutEnd!.Value.UtcDateTime : null);
        }, ct);
        Refused.IfField(outcome.LockedUntilUtc is not null, field, "signin.locked_out", Entering.TimeOf(outcome.LockedUntilUtc));
        Refused.IfField(!outcome.IsRight, field, "password.wrong");
    }
}
