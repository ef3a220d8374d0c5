using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>申请复核: asks for another person's agreement to exactly the act that was refused a moment ago.</summary>
public sealed class AskApproval(Work work, Current current, ApprovalDraft drafts, TimeProvider clock)
{
    /// <summary>Characters of a reason or remark.</summary>
    public const int MaxReason = 200;

    [NeedsSignIn("asking only; who may do the act was checked when it was refused")]
    public sealed record Command(Guid RequestId, string Operation, string ContentHash, string Reason) : ICommand;

    /// <param name="ticket">The sealed draft that came with the refusal.</param>
    /// <param name="href">Page where the act is done once it is granted.</param>
    /// <returns>Id of the request.</returns>
    /// <exception cref="Refused">approval.draft_unreadable; approval.reason_missing</exception>
    public Task<Guid> Handle(Guid requestId, string ticket, string reason, string? href, CancellationToken ct = default)
    {
        var draft = drafts.Open(ticket, current);
        Refused.IfField(reason.Trim().Length is 0 or > MaxReason, "Reason", "approval.reason_missing");
        return work.Once(new Command(requestId, draft.Operation, draft.ContentHash, reason.Trim()), db =>
        {
            var approval = New(draft, current, reason.Trim(), href, clock.GetUtcNow().UtcDateTime);
            db.Add(approval);
            db.Subject = draft.Operation;
            db.Raise(new ApprovalAsked(approval.Id));
            return Task.FromResult(approval.Id);
        }, ct);
    }

    internal static Approval New(ApprovalDraft.Draft draft, Current current, string reason, string? href, DateTime atUtc) => new()
    {
        Operation = draft.Operation, ContentHash = draft.ContentHash, Content = draft.Content, Permission = draft.Permission, HallId = current.HallId, UnitPath = current.UnitPath,
        AskedBy = current.UserId!.Value, AskedByName = current.Name, Reason = reason, AskedAtUtc = atUtc, Href = href is { Length: <= 300 } ? Homes.Ours(href) : null,
    };
}

/// <summary>复核: says yes or no to what a colleague asked for.</summary>
public sealed class DecideApproval(Work work, Current current, TimeProvider clock)
{
    [NeedsSignIn("the permission is the one the asked act names; checked below together with the data scope")]
    public sealed record Command(Guid RequestId, Guid ApprovalId, bool Grant, string? Remark) : ICommand;

    /// <exception cref="Refused">approval.not_found; permission.missing; scope.outside; approval.already_decided; approval.same_person; approval.expired; approval.remark_missing</exception>
    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(!c.Grant && string.IsNullOrWhiteSpace(c.Remark), "Remark", "approval.remark_missing");
        var approval = await db.Set<Approval>().Hold(a => a.Id == c.ApprovalId, orRefuse: "approval.not_found", ct);
        Refused.If(approval.AskedBy == current.UserId, "approval.same_person");
        current.Require(approval.Permission);
        current.RequireCovers(approval.UnitPath);
        approval.Decide(c.Grant, current.UserId!.Value, current.Name, c.Remark, clock.GetUtcNow().UtcDateTime);
        (db.Subject, db.HallOfCommand) = (approval.Operation, approval.HallId);
        db.Raise(new ApprovalDecided(approval.Id, approval.AskedBy));
        return c.Grant;
    }, ct);
}

/// <summary>Takes back one's own request, or a grant that is no longer wanted.</summary>
public sealed class WithdrawApproval(Work work, Current current)
{
    [NeedsSignIn("one's own request")]
    public sealed record Command(Guid RequestId, Guid ApprovalId) : ICommand;

    /// <exception cref="Refused">approval.not_found; approval.already_decided</exception>
    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var approval = await db.Set<Approval>().Hold(a => a.Id == c.ApprovalId && a.AskedBy == current.UserId, orRefuse: "approval.not_found", ct);
        approval.Withdraw();
        db.Subject = approval.Operation;
        db.Raise(new ApprovalDecided(approval.Id, approval.AskedBy));
        return true;
    }, ct);
}
