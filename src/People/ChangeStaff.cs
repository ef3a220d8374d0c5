using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.People;

/// <summary>Changes a person's posts, hall, unit and data scope. Their open sessions have the new rights at the next click.</summary>
public sealed class ChangeRights(Work work, Current current, Packs packs)
{
    [Needs("admin.staff"), FourEyes("staff.approve", UnlessAlone = true)]
    public sealed record Command(Guid RequestId, string StaffNumber, IReadOnlyList<string> Posts, Guid? HallId, string UnitPath, DataScope Scope, IReadOnlyList<string>? ScopeUnits = null) : ICommand;

    /// <exception cref="Refused">staff.not_found; staff.self; staff.left_already; staff.last_administrator; those of <see cref="CreateStaff"/>; approval.needed</exception>
    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var user = await StaffRow.Hold(db, current, c.StaffNumber, ct);
        Refused.If(user.HasLeft, "staff.left_already", user.UserName!);
        await Rights.Check(db, current, packs, c.Posts, c.HallId, c.UnitPath, c.Scope, c.ScopeUnits ?? [], ct);
        if (!c.Posts.Any(p => packs.Posts[p].Permissions.Contains("admin.staff"))) await StaffRow.KeepAnAdministrator(db, user, packs, ct);
        (user.Posts, user.HallId, user.UnitPath, user.Scope, user.ScopeUnits) = (string.Join(' ', c.Posts), c.HallId, c.UnitPath, c.Scope, string.Join(' ', c.ScopeUnits ?? []));
        db.Raise(new AccessChanged(user.Id));
        return true;
    }, ct);
}

/// <summary>Corrects the name shown.</summary>
public sealed class RenameStaff(Work work, Current current)
{
    [Needs("admin.staff")]
    public sealed record Command(Guid RequestId, string StaffNumber, string DisplayName) : ICommand;

    /// <exception cref="Refused">staff.not_found; staff.name_missing; scope.outside</exception>
    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.DisplayName), "DisplayName", "staff.name_missing");
        var user = await StaffRow.Hold(db, current, c.StaffNumber, ct);
        user.DisplayName = c.DisplayName.Trim();
        db.Raise(new AccessChanged(user.Id));
        return true;
    }, ct);
}

/// <summary>离职: the person is out at once, on every node; the account stays, because documents name it.</summary>
public sealed class LeaveStaff(Work work, Current current, Packs packs, TimeProvider clock)
{
    [Needs("admin.staff")]
    public sealed record Command(Guid RequestId, string StaffNumber, string Reason) : ICommand;

    /// <exception cref="Refused">staff.not_found; staff.self; staff.left_already; staff.last_administrator; scope.outside</exception>
    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var user = await StaffRow.Hold(db, current, c.StaffNumber, ct);
        Refused.If(user.Id == current.UserId, "staff.self");
        Refused.If(user.HasLeft, "staff.left_already", user.UserName!);
        await StaffRow.KeepAnAdministrator(db, user, packs, ct);
        user.HasLeft = true;
        await StaffRow.EndSessions(db, user, clock.GetUtcNow().UtcDateTime, ct);
        return true;
    }, ct);
}

/// <summary>A new one-time password, for who forgot the old one; code generator, PIN and passkeys go with it, and a lock-out ends.</summary>
public sealed class ResetPassword(Work work, Current current, Passwords passwords, TimeProvider clock)
{
    [Needs("admin.staff")]
    public sealed record Command(Guid RequestId, string StaffNumber) : ICommand;

    /// <param name="OneTimePassword">Shown once; empty when the same request is sent again.</param>
    public sealed record Reset(string StaffNumber, Secret OneTimePassword);

    /// <exception cref="Refused">staff.not_found; staff.self; staff.left_already; scope.outside</exception>
    public async Task<Reset> Handle(Command c, CancellationToken ct = default)
    {
        var password = OneTimePassword.Make();
        var hash = await passwords.Hash(password, ct);
        return await work.Once(c, async db =>
        {
            var user = await StaffRow.Hold(db, current, c.StaffNumber, ct);
            Refused.If(user.Id == current.UserId, "staff.self");
            Refused.If(user.HasLeft, "staff.left_already", user.UserName!);
            var at = clock.GetUtcNow().UtcDateTime;
            (user.PasswordHash, user.OneTimeUntilUtc) = (hash, at + AccessLimits.OneTimePasswordFor);
            (user.TotpSecret, user.PinHash, user.LockoutEnd, user.AccessFailedCount) = (null, null, null, 0);
            db.RemoveRange(await db.Set<RecoveryCode>().AsTracking().Where(r => r.UserId == user.Id).ToListAsync(ct));
            db.RemoveRange(await db.UserPasskeys.AsTracking().Where(p => p.UserId == user.Id).ToListAsync(ct));
            await StaffRow.EndSessions(db, user, at, ct);
            return new Reset(user.UserName!, password);
        }, ct);
    }
}

/// <summary>Ends a lock-out before its time.</summary>
public sealed class UnlockStaff(Work work, Current current)
{
    [Needs("admin.staff")]
    public sealed record Command(Guid RequestId, string StaffNumber) : ICommand;

    /// <exception cref="Refused">staff.not_found; scope.outside</exception>
    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var user = await StaffRow.Hold(db, current, c.StaffNumber, ct);
        (user.LockoutEnd, user.AccessFailedCount) = (null, 0);
        return true;
    }, ct);
}

static class StaffRow
{
    /// <summary>The person's row, held, and inside the data scope of whoever works on it.</summary>
    public static async Task<StaffUser> Hold(HallDb db, Current current, string staffNumber, CancellationToken ct)
    {
        var number = StaffNumbers.Normal(staffNumber);
        var user = await db.Staff.Hold(u => u.NormalizedUserName == number, orRefuse: "staff.not_found", ct);
        current.RequireCovers(user.UnitPath);
        (db.Subject, db.HallOfCommand) = (user.UserName, user.HallId);
        return user;
    }

    /// <exception cref="Refused">staff.last_administrator</exception>
    public static async Task KeepAnAdministrator(HallDb db, StaffUser leaving, Packs packs, CancellationToken ct)
    {
        var posts = packs.Posts.Values.Where(p => p.Permissions.Contains("admin.staff")).Select(p => p.Code).ToHashSet();
        var others = await db.Staff.Where(u => u.Id != leaving.Id && !u.HasLeft).Select(u => u.Posts).ToListAsync(ct);
        Refused.If(leaving.Posts.Split(' ').Any(posts.Contains) && !others.Any(held => held.Split(' ').Any(posts.Contains)), "staff.last_administrator");
    }

    public static async Task EndSessions(HallDb db, StaffUser user, DateTime at, CancellationToken ct)
    {
        user.ChangeStamp();
        foreach (var session in await db.StaffSessions.AsTracking().Where(s => s.UserId == user.Id && s.EndedAtUtc == null).ToListAsync(ct)) session.End(at);
        db.Raise(new AccessChanged(user.Id));
    }
}
