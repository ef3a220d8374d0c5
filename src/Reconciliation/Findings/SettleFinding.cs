using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reconciliation;

/// <summary>Explains a difference: the cause and what was done. The line or item is not compared again.</summary>
public sealed class SettleFinding(Work work, Current current)
{
    [Needs("findings.settle")]
    public sealed record Command(Guid RequestId, Guid FindingId, FindingCause Cause, string Note) : ICommand;

    /// <exception cref="Refused">finding.not_found; finding.ended; finding.note_missing</exception>
    public Task<FindingState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var finding = await db.HoldFinding(current, c.FindingId, ct);
        finding.Settle(c.Cause, c.Note, current.Name, db.AtUtc);
        db.Raise(new FindingChanged(finding.Id, finding.State));
        return finding.State;
    }, ct);
}

/// <summary>Gives a difference to somebody else, with a day.</summary>
public sealed class GiveFinding(Work work, Current current)
{
    [Needs("findings.settle")]
    public sealed record Command(Guid RequestId, Guid FindingId, Guid OwnerId, DateOnly DueOn) : ICommand;

    /// <exception cref="Refused">finding.not_found; finding.ended; finding.owner_not_found; finding.due_past</exception>
    public Task<FindingState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var finding = await db.HoldFinding(current, c.FindingId, ct);
        var owner = await db.Users.SingleOrDefaultAsync(u => u.Id == c.OwnerId && !u.HasLeft, ct) ?? throw new Refused("finding.owner_not_found") { Field = "OwnerId" };
        Refused.IfField(c.DueOn < DateOnly.FromDateTime(Shown.Local(db.AtUtc)), "DueOn", "finding.due_past");
        finding.Give(owner.Id, owner.DisplayName, c.DueOn);
        db.Raise(new FindingChanged(finding.Id, finding.State));
        return finding.State;
    }, ct);
}

/// <summary>A difference was explained or given to somebody.</summary>
public sealed record FindingChanged(Guid FindingId, FindingState State);

static class HeldFinding
{
    public static async Task<MoneyFinding> HoldFinding(this HallDb db, Current current, Guid id, CancellationToken ct)
    {
        var accounts = db.AccountsOf(current);
        Refused.If(!await db.MoneyFindings.AnyAsync(f => f.Id == id && accounts.Any(a => a.Id == f.MoneyAccountId), ct), "finding.not_found");
        var finding = await db.MoneyFindings.Hold(f => f.Id == id, orRefuse: "finding.not_found", ct);
        if (finding.HallId is { } hall) await db.HallInReach(current, hall, ct);
        db.Subject = finding.Number;
        return finding;
    }
}
