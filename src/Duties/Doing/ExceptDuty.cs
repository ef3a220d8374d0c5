using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>免做: a duty is not needed this time, with a reason, when another person of the manager's post agrees.</summary>
public sealed class ExceptDuty(Work work, Current current)
{
    [Needs("duties.do"), FourEyes("duties.except_approve")]
    public sealed record Command(Guid RequestId, Guid DutyId, string Reason) : ICommand;

    /// <exception cref="Refused">approval.needed; duty.not_found; duty.other_hall; duty.other_post; duty.other_person; duty.ended; reason.missing; duty.remark_too_long</exception>
    public Task<DutyState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Reason), "reason", "reason.missing");
        Refused.IfField(c.Reason.Trim().Length > Duty.MostRemark, "reason", "duty.remark_too_long");
        var duty = await db.Duties.Hold(d => d.Id == c.DutyId, orRefuse: "duty.not_found", ct);
        // What is excepted beforehand need not have begun.
        duty.RequireDoer(current, duty.FromUtc);
        duty.Except(current.UserId, current.Name, c.Reason, db.AtUtc);
        (db.HallOfCommand, db.Subject) = (duty.HallId, $"{duty.Date} {duty.Code}");
        db.Raise(new DutiesChanged(duty.HallId));
        return duty.State;
    }, ct);
}

/// <summary>An exception as the second person reads it.</summary>
sealed class DescribeException(HallDb db, DutyPlans plans, Texts texts) : IDescribeApproval
{
    public string Operation => nameof(ExceptDuty);

    public async Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct)
    {
        var command = content.Deserialize<ExceptDuty.Command>()!;
        if (await db.Duties.SingleOrDefaultAsync(d => d.Id == command.DutyId, ct) is not { } duty) return null;
        return new(texts["duty.words.except", plans.NameOf(duty.Code), duty.Date, LocalTime.Of(duty.FromUtc), command.Reason.Trim()], Href: $"/duties/one/{duty.Id}");
    }
}
