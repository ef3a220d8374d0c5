using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>知道了: somebody of the post that was told of a late duty says so.</summary>
public sealed class SeeNotice(Work work, Current current)
{
    [Needs("duties.do")]
    public sealed record Command(Guid RequestId, Guid NoticeId) : ICommand;

    /// <exception cref="Refused">duty.notice_not_found; duty.other_hall; duty.other_post</exception>
    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var notice = await db.DutyNotices.Hold(n => n.Id == c.NoticeId, orRefuse: "duty.notice_not_found", ct);
        Refused.If(notice.HallId != current.HallId, "duty.other_hall");
        Refused.If(!current.Posts.Contains(notice.Post), "duty.other_post");
        notice.See(current.Name, db.AtUtc);
        db.HallOfCommand = notice.HallId;
        db.Raise(new DutiesChanged(notice.HallId));
        return true;
    }, ct);
}
