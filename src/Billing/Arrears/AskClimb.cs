using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>催费: asks for a look at the unit's accounts; the worker does it at once. A day's opening asks by itself.</summary>
public sealed class AskClimb(Work work, Current current, BillRunSignal signal)
{
    /// <summary>Days back for which a look may be asked.</summary>
    public const int MostDaysBack = 31;

    /// <param name="Day">Business day by which it is counted; null: today.</param>
    /// <param name="UnitPath">With the units below; null: the person's own.</param>
    [Needs("arrears.climb")]
    public sealed record Command(Guid RequestId, DateOnly? Day = null, string? UnitPath = null) : ICommand;

    /// <returns>Id of the look.</returns>
    /// <exception cref="Refused">arrears.day_wrong; account.out_of_reach</exception>
    public async Task<Guid> Handle(Command c, CancellationToken ct = default)
    {
        var id = await Ask(c, ct);
        signal.Wake();
        return id;
    }

    private Task<Guid> Ask(Command c, CancellationToken ct) => work.Once(c, async db =>
    {
        var today = DateOnly.FromDateTime(Shown.Local(db.AtUtc));
        var (day, unit) = (c.Day ?? today, c.UnitPath ?? current.UnitPath);
        Refused.IfField(day > today || day < today.AddDays(-MostDaysBack), "Day", "arrears.day_wrong", MostDaysBack);
        Refused.If(!current.Covers(unit), "account.out_of_reach");
        db.Subject = Shown.Text(day);
        var waiting = await db.ArrearsClimbs.Where(k => k.State == ClimbState.Waiting && k.UnitPath == unit && k.Day == day).Select(k => (Guid?)k.Id).FirstOrDefaultAsync(ct);
        if (waiting is { } there) return there;
        var climb = new ArrearsClimb { UnitPath = unit, Day = day, AskedBy = current.UserId!.Value, AskedByName = current.Name, AskedAtUtc = db.AtUtc };
        db.Add(climb);
        return climb.Id;
    }, ct);
}

/// <summary>The opening of a business day looks at the hall's accounts, in the name of whoever opened it.</summary>
public sealed class ClimbAtOpening(Current current, ArrearsLadder ladder) : IHandle<DayOpened>
{
    public async Task Handle(DayOpened happened, HallDb db, CancellationToken ct)
    {
        if (ladder.Steps.Count == 0 || current.UserId is not { } person) return;
        var unit = await db.Halls.Where(h => h.Id == happened.HallId).Select(h => h.Path).SingleAsync(ct);
        db.Add(new ArrearsClimb { UnitPath = unit, Day = happened.Date.Day, AskedBy = person, AskedByName = current.Name, AskedAtUtc = db.AtUtc });
    }
}
