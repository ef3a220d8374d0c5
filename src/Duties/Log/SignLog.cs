using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>值班日志签字: keeps the day's events as they stand, locks the log, and ticks the duty that it is.</summary>
public sealed class SignLog(Work work, Current current, SystemFacts facts)
{
    [Needs("duties.log")]
    public sealed record Command(Guid RequestId, Guid HallId, DateOnly Date) : ICommand;

    /// <exception cref="Refused">duty.other_hall; dutylog.no_day; dutylog.signed (who, when); dutylog.not_closing</exception>
    public Task<Guid> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var day = await db.HoldLog(current, c.HallId, c.Date, ct);
        Refused.If(day.State is not (BusinessDayState.Closing or BusinessDayState.Closed), "dutylog.not_closing");
        var log = new DutyLog
        {
            HallId = day.HallId, Date = day.Date, SignedBy = current.UserId!.Value, SignedByName = current.Name, SignedAtUtc = db.AtUtc,
            IsLate = DateOnly.FromDateTime(LocalTime.At(db.AtUtc)) > c.Date,
        };
        db.Add(log);
        db.AddRange((await db.LinesOf(day, ct)).Select((l, i) => new DutyLogLine { LogId = log.Id, Line = i + 1, AtUtc = l.AtUtc, Kind = l.Kind, Who = l.Who, What = l.What, More = l.More }));
        await facts.Happened(db, new(DutyFact.LogSigned, day.HallId, day.Date, "log"), ct);
        (db.HallOfCommand, db.Subject) = (day.HallId, day.Date.ToString());
        return log.Id;
    }, ct);
}

/// <summary>值班日志备注: adds words to a log that is not signed.</summary>
public sealed class RemarkInLog(Work work, Current current)
{
    [Needs("duties.log")]
    public sealed record Command(Guid RequestId, Guid HallId, DateOnly Date, string? Words) : ICommand;

    /// <exception cref="Refused">duty.other_hall; dutylog.no_day; dutylog.signed (who, when); dutylog.words_missing; duty.remark_too_long</exception>
    public Task<Guid> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Words), "Words", "dutylog.words_missing");
        Refused.IfField(c.Words!.Trim().Length > DutyLog.MostWords, "Words", "duty.remark_too_long");
        var day = await db.HoldLog(current, c.HallId, c.Date, ct);
        var remark = new DutyLogRemark { HallId = day.HallId, Date = day.Date, Words = c.Words.Trim(), ById = current.UserId!.Value, ByName = current.Name, AtUtc = db.AtUtc };
        db.Add(remark);
        (db.HallOfCommand, db.Subject) = (day.HallId, day.Date.ToString());
        return remark.Id;
    }, ct);
}

static class HeldLog
{
    /// <summary>The log has no row before it is signed: its day is held, so that of two callers one waits.</summary>
    /// <exception cref="Refused">duty.other_hall; dutylog.no_day; dutylog.signed (who, when)</exception>
    public static async Task<BusinessDay> HoldLog(this HallDb db, Current current, Guid hallId, DateOnly of, CancellationToken ct)
    {
        Refused.If(hallId != current.HallId, "duty.other_hall");
        var date = new BusinessDate(of);
        var day = await db.BusinessDays.Hold(d => d.HallId == hallId && d.Date == date, orRefuse: "dutylog.no_day", ct);
        if (await db.DutyLogs.SingleOrDefaultAsync(l => l.HallId == hallId && l.Date == date, ct) is { } signed) throw new Refused("dutylog.signed", signed.SignedByName, LocalTime.Of(signed.SignedAtUtc));
        return day;
    }
}
