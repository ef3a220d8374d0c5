using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>当场复核: the second person comes to the counter and signs with staff number and password or PIN. Wrong tries count
/// against that person's account like a sign-in.</summary>
public sealed class ApproveOnSpot(Work work, HallDb db, Current current, ApprovalDraft drafts, Passwords passwords, Packs packs, TimeProvider clock)
{
    [NeedsSignIn("asked for by who is signed in; the second person's secret was checked before, a wrong one is only counted")]
    public sealed record Command(Guid RequestId, string Operation, string ContentHash, string Reason, Guid ApproverId, bool IsRight) : ICommand;

    /// <summary>Null when the secret was wrong.</summary>
    public sealed record Signed(Guid? ApprovalId, DateTime? LockedUntilUtc);

    /// <returns>Id of the granted approval; the act may be done now.</returns>
    /// <exception cref="Refused">approval.draft_unreadable; approval.reason_missing; approval.wrong_secret; approval.same_person; approval.not_allowed; signin.locked_out</exception>
    public async Task<Guid> Handle(Guid requestId, string ticket, string reason, string staffNumber, Secret secret, CancellationToken ct = default)
    {
        var draft = drafts.Open(ticket, current);
        Refused.IfField(reason.Trim().Length is 0 or > AskApproval.MaxReason, "Reason", "approval.reason_missing");
        var number = StaffNumbers.Normal(staffNumber);
        var second = await db.Staff.SingleOrDefaultAsync(u => u.NormalizedUserName == number && !u.HasLeft, ct);
        Refused.IfField(second?.Id == current.UserId, "StaffNumber", "approval.same_person");
        // A PIN is six digits; anything else can only be the password. One hash is worked out either way.
        var isPin = secret.Value.Length == AccessLimits.PinLength && second?.PinHash is not null;
        var isRight = await passwords.IsRight(isPin ? second!.PinHash : second?.PasswordHash, secret.Value, ct);
        Refused.IfField(second is null, "Secret", "approval.wrong_secret");
        var signed = await Sign(new(requestId, draft.Operation, draft.ContentHash, reason.Trim(), second!.Id, isRight), draft, ct);
        Refused.IfField(signed.LockedUntilUtc is not null, "Secret", "signin.locked_out", Entering.TimeOf(signed.LockedUntilUtc));
        return signed.ApprovalId ?? throw new Refused("approval.wrong_secret") { Field = "Secret" };
    }

    private Task<Signed> Sign(Command c, ApprovalDraft.Draft draft, CancellationToken ct) => work.Once(c, async db =>
    {
        var user = await db.Staff.Hold(u => u.Id == c.ApproverId, orRefuse: "staff.not_found", ct);
        db.Subject = $"{draft.Operation} {user.UserName}";
        var now = clock.GetUtcNow();
        if (user.IsLockedOut(now)) return new(null, user.LockoutEnd!.Value.UtcDateTime);
        if (!c.IsRight) return new(null, Tries.CountWrong(user, now) ? user.LockoutEnd!.Value.UtcDateTime : null);
        user.AccessFailedCount = 0;
        var approver = new Current();
        approver.Become(user, packs.PermissionsOf(user.Posts.Split(' ')));
        Refused.IfField(user.HasLeft || user.OneTimeUntilUtc is not null || !approver.Can(draft.Permission) || !approver.Covers(current.UnitPath), "StaffNumber", "approval.not_allowed");
        var approval = AskApproval.New(draft, current, c.Reason, null, now.UtcDateTime);
        approval.Decide(true, user.Id, user.DisplayName, null, now.UtcDateTime);
        db.Add(approval);
        db.Raise(new ApprovalDecided(approval.Id, approval.AskedBy));
        return new Signed(approval.Id, null);
    }, ct);
}
