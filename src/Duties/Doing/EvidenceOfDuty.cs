using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>What is left of a duty that may be looked at.</summary>
public sealed class EvidenceOfDuty(HallDb db, Packs packs, FetchAttachment files)
{
    public sealed record Trail(IReadOnlyList<DutyAnswer> Answers, IReadOnlyList<FaultLine> Faults, IReadOnlyList<FetchAttachment.Line> Files, DutyNotice? Notice, string? ToldPost);

    /// <param name="duty">One that the caller may see.</param>
    public async Task<Trail> Of(Duty duty, CancellationToken ct = default)
    {
        var answers = await db.DutyAnswers.Where(a => a.DutyId == duty.Id).OrderBy(a => a.Line).ToListAsync(ct);
        var faults = duty.Faults == 0 ? [] : await db.FaultLines.Where(f => f.DutyId == duty.Id).ToListAsync(ct);
        var notice = duty.LateAtUtc is null ? null : await db.DutyNotices.SingleOrDefaultAsync(n => n.DutyId == duty.Id, ct);
        var attached = await files.Of(DutyFiles.Kind, duty.Id.ToString(), ct);
        return new(answers, faults, attached, notice, notice is null ? null : packs.Posts.GetValueOrDefault(notice.Post)?.Name.ToString() ?? notice.Post);
    }
}
