using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>接班: the taker counts each line anew, notes where the giver's count is not hers, and signs. Her till may open now.</summary>
public sealed class SignHandOver(Work work, Current current, SystemFacts facts)
{
    [Needs("duties.hand_over")]
    public sealed record Command(Guid RequestId, Guid HandOverId, IReadOnlyList<HandOverCount> Counts) : ICommand;

    /// <returns>Lines that differ.</returns>
    /// <exception cref="Refused">handover.not_found; handover.not_yours; handover.ended; what <see cref="HandOverCounts.Read"/> refuses</exception>
    public Task<int> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var sheet = await db.HandOvers.Hold(h => h.Id == c.HandOverId, orRefuse: "handover.not_found", ct);
        Refused.If(sheet.TakerId != current.UserId, "handover.not_yours", sheet.TakerName);
        sheet.Move(HandOverAction.Sign, current.Name, null, db.AtUtc);
        var lines = await db.HandOverLines.Where(l => l.HandOverId == sheet.Id).OrderBy(l => l.Line).HoldAll(ct);
        foreach (var (line, (count, words)) in lines.Zip(HandOverCounts.Read(lines.Select(l => ($"{l.Kind}:{l.Key}", l.Name, l.Given)), c.Counts))) line.Take(count, words);
        sheet.Differ(lines.Count(l => l.Differs));
        await facts.Happened(db, new(DutyFact.HandOverSigned, sheet.HallId, sheet.Date, $"handover-{sheet.Id:N}", current.UserId, current.Name, sheet.GiverName), ct);
        (db.HallOfCommand, db.Subject) = (sheet.HallId, sheet.GiverName);
        db.Raise(new HandOverMoved(sheet.HallId, sheet.Id, sheet.State));
        return (int)sheet.Differences;
    }, ct);
}

/// <summary>退回、撤回: the taker sends it back because it isn't so; the giver, or whoever leads the hall, takes it back.</summary>
public sealed class DropHandOver(Work work, Current current)
{
    [Needs("duties.hand_over")]
    public sealed record Command(Guid RequestId, Guid HandOverId, string? Reason) : ICommand;

    /// <exception cref="Refused">handover.not_found; duty.other_hall; permission.missing; handover.reason_missing; handover.words_too_long; handover.ended</exception>
    public Task<HandOverState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Reason), "Reason", "handover.reason_missing");
        Refused.IfField(c.Reason!.Trim().Length > HandOver.MostWords, "Reason", "handover.words_too_long");
        var sheet = await db.HandOvers.Hold(h => h.Id == c.HandOverId, orRefuse: "handover.not_found", ct);
        Refused.If(sheet.HallId != current.HallId, "duty.other_hall");
        var isTaker = sheet.TakerId == current.UserId;
        if (!isTaker && sheet.GiverId != current.UserId) current.Require("duties.lead");
        sheet.Move(isTaker ? HandOverAction.SendBack : HandOverAction.Withdraw, current.Name, c.Reason, db.AtUtc);
        // The taker has nothing to sign any more; the next sheet makes a duty of its own.
        var slot = $"handover-{sheet.Id:N}";
        foreach (var duty in await db.HoldOpen(db.Duties.Where(d => d.HallId == sheet.HallId && d.Date == sheet.Date && d.Slot == slot), ct)) duty.Except(current.UserId, current.Name, sheet.Reason!, db.AtUtc);
        (db.HallOfCommand, db.Subject) = (sheet.HallId, sheet.GiverName);
        db.Raise(new HandOverMoved(sheet.HallId, sheet.Id, sheet.State));
        db.Raise(new DutiesChanged(sheet.HallId));
        return sheet.State;
    }, ct);
}
