using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>完成职责: does one duty with its proof. A fault found on the way opens a line that is followed until it is put right.</summary>
public sealed class FinishDuty(Work work, Current current, DutyPlans plans)
{
    /// <param name="Said">By line of the checklist.</param>
    /// <param name="SpotKey">What was scanned; a code or the address it stands in.</param>
    [Needs("duties.do")]
    public sealed record Command(Guid RequestId, Guid DutyId, IReadOnlyList<Said> Said, string? SpotKey = null, string? Remark = null) : ICommand;

    public sealed record Finished(Guid DutyId, string Code, bool IsLate, int Faults);

    /// <exception cref="Refused">duty.not_found; duty.other_hall; duty.other_post; duty.other_person; duty.ended; duty.too_early; duty.by_system; spot.missing; spot.unknown;
    /// spot.other_hall; spot.other_place; duty.photo_missing; duty.file_missing; what <see cref="Checklist.Read"/> refuses</exception>
    public Task<Finished> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var duty = await db.Duties.Hold(d => d.Id == c.DutyId, orRefuse: "duty.not_found", ct);
        duty.RequireDoer(current, db.AtUtc);
        var plan = plans.Find(duty.Code) ?? throw new Refused("duty.plan_gone", duty.Code);
        Refused.If(plan.Proof.Fact is not null, "duty.by_system");
        Refused.IfField(c.Remark?.Trim().Length > Duty.MostRemark, "Remark", "duty.remark_too_long");
        await RequireSpot(db, plan, duty.HallId, c.SpotKey, ct);
        await RequireFiles(db, plan, duty.Id, ct);
        var answers = Checklist.Read(duty.Id, plan.Proof.Items, c.Said);
        var faults = FaultsOf(duty, plan, answers, db.AtUtc);
        duty.Finish(current.UserId, current.Name, c.Remark, plan.Proof.Spot is not null, faults.Count, db.AtUtc);
        db.AddRange(answers);
        db.AddRange(faults);
        (db.HallOfCommand, db.Subject) = (duty.HallId, $"{duty.Date} {duty.Code}");
        db.Raise(new DutiesChanged(duty.HallId));
        foreach (var fault in faults) db.Raise(new FaultMoved(duty.HallId, fault.Id));
        return new Finished(duty.Id, duty.Code, duty.LateAtUtc is not null, faults.Count);
    }, ct);

    private List<FaultLine> FaultsOf(Duty duty, DutyPlan plan, IReadOnlyList<DutyAnswer> answers, DateTime atUtc) =>
    [
        .. answers.Where(a => a.Result == DutyResult.Fault).Select(a => new FaultLine
        {
            HallId = duty.HallId, DutyId = duty.Id, Line = a.Line, Kind = plan.Proof.Items[a.Line - 1].IsRequest ? FaultKind.Request : FaultKind.Repair,
            WhereZh = a.NameZh, WhereEn = a.NameEn, What = a.Remark!, FoundByName = current.Name, FoundAtUtc = atUtc,
        }),
    ];

    private static async Task RequireSpot(HallDb db, DutyPlan plan, Guid hallId, string? scanned, CancellationToken ct)
    {
        if (plan.Proof.Spot is not { } place) return;
        Refused.IfField(string.IsNullOrWhiteSpace(scanned), "SpotKey", "spot.missing");
        // A scanner hands over the whole address.
        var key = scanned!.Trim().Split('/')[^1].ToUpperInvariant();
        var spot = await db.DutySpots.SingleOrDefaultAsync(s => s.Key == key, ct);
        Refused.IfField(spot is null, "SpotKey", "spot.unknown");
        Refused.IfField(spot!.HallId != hallId, "SpotKey", "spot.other_hall");
        Refused.IfField(spot.Code != place, "SpotKey", "spot.other_place");
    }

    private static async Task RequireFiles(HallDb db, DutyPlan plan, Guid dutyId, CancellationToken ct)
    {
        if (plan.Proof is { Photo: false, File: false }) return;
        var key = dutyId.ToString();
        var kinds = await db.Attachments.Where(a => a.OwnerKind == DutyFiles.Kind && a.OwnerKey == key).Select(a => a.Kind).ToListAsync(ct);
        Refused.IfField(plan.Proof.Photo && !kinds.Any(DutyFiles.IsPhoto), "Photo", "duty.photo_missing");
        Refused.IfField(plan.Proof.File && kinds.Count == 0, "Photo", "duty.file_missing");
    }
}

/// <summary>Files of a duty.</summary>
public static class DutyFiles
{
    public const string Kind = "duty";

    public static bool IsPhoto(FileKind kind) => kind is FileKind.Png or FileKind.Jpeg;
}

static class DoerOfDuty
{
    /// <exception cref="Refused">duty.other_hall; duty.other_post; duty.other_person; duty.too_early</exception>
    public static void RequireDoer(this Duty duty, Current current, DateTime atUtc)
    {
        Refused.If(duty.HallId != current.HallId, "duty.other_hall");
        Refused.If(!current.Posts.Contains(duty.Post), "duty.other_post");
        Refused.If(duty.PersonId is { } person && person != current.UserId, "duty.other_person", duty.PersonName!);
        Refused.If(duty.State == DutyState.Open && atUtc < duty.FromUtc, "duty.too_early", Halls.LocalTime.Of(duty.FromUtc));
    }
}
