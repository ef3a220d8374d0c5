using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>A hall's log of a day: as it grows, or as it was signed.</summary>
public sealed class LogView(HallDb db, Current current, DutyPlans plans, Texts texts)
{
    /// <param name="Told">The event in words of the reader's language.</param>
    public sealed record Line(DateTime AtUtc, LogKind Kind, string Told);

    /// <param name="Date">Null: the hall has no such day.</param>
    /// <param name="CanWrite">The reader may add remarks.</param>
    /// <param name="CanSign">The reader may sign it now.</param>
    public sealed record View(Hall Hall, DateOnly? Date, DutyLog? Signed, IReadOnlyList<Line> Lines, IReadOnlyList<DutyLogRemark> Remarks, bool CanWrite, bool CanSign);

    /// <param name="date">Null: the hall's last day.</param>
    /// <exception cref="Refused">permission.missing; hall.not_found; hall.out_of_reach</exception>
    public async Task<View> Of(Guid hallId, DateOnly? date, CancellationToken ct = default)
    {
        current.Require("duties.see");
        var hall = await db.HallInReach(current, hallId, ct);
        var days = db.BusinessDays.Where(d => d.HallId == hallId && d.OpenedAtUtc != null);
        if (date is { } asked)
        {
            var on = new BusinessDate(asked);
            days = days.Where(d => d.Date == on);
        }

        var day = await days.OrderByDescending(d => d.Date).FirstOrDefaultAsync(ct);
        if (day is null) return new(hall, date, null, [], [], false, false);
        var signed = await db.DutyLogs.SingleOrDefaultAsync(l => l.HallId == hallId && l.Date == day.Date, ct);
        var lines = signed is null ? await db.LinesOf(day, ct)
            : [.. (await db.DutyLogLines.Where(l => l.LogId == signed.Id).OrderBy(l => l.Line).ToListAsync(ct)).Select(l => new LogLine(l.AtUtc, l.Kind, l.Who, l.What, l.More))];
        var remarks = await db.DutyLogRemarks.Where(r => r.HallId == hallId && r.Date == day.Date).OrderBy(r => r.AtUtc).ThenBy(r => r.Id).ToListAsync(ct);
        var writes = signed is null && current.Can("duties.log") && current.HallId == hallId;
        return new(hall, day.Date.Day, signed, [.. lines.Select(l => new Line(l.AtUtc, l.Kind, Told(l)))], remarks, writes, writes && day.State is (BusinessDayState.Closing or BusinessDayState.Closed));
    }

    private string Told(LogLine line)
    {
        var what = line.Kind switch
        {
            LogKind.Granted or LogKind.Denied => texts["operation." + line.What],
            LogKind.DutyLate or LogKind.DutyMissed => plans.NameOf(line.What),
            LogKind.MeetingSigned => texts["meeting.kind." + line.What],
            _ => line.What,
        };
        var more = line.More.Split('\n') is [var zh, var en] ? new LocalText(zh, en).ToString() : line.More;
        return texts["dutylog.event." + line.Kind, line.Who ?? "–", what, more];
    }
}
