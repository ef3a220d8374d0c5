using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>Adds a hall below a city, with its opening hours.</summary>
public sealed class AddHall(Work work)
{
    [Needs("admin.halls")]
    public sealed record Command(Guid RequestId, Guid CityId, string Code, string NameZh, string NameEn, string Address, string Phone, string Periods, string Weekdays) : ICommand;

    /// <exception cref="Refused">unit.not_found; unit.code_invalid; unit.code_taken; unit.level_wrong; unit.name_missing; hall.periods_invalid; hall.weekdays_invalid</exception>
    public Task<Guid> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var unit = await AddUnit.Make(db, command.CityId, OrgUnitKind.Hall, command.Code, new(command.NameZh, command.NameEn), ct);
        var hall = new Hall(unit, command.Address, command.Phone, new(command.Periods, command.Weekdays));
        db.Add(hall);
        (db.HallOfCommand, db.Subject) = (hall.Id, hall.Path);
        return hall.Id;
    }, ct);
}

/// <summary>Changes a hall's name, address, phone and opening hours.</summary>
public sealed class ChangeHall(Work work, Current current)
{
    [Needs("admin.halls")]
    public sealed record Command(Guid RequestId, Guid HallId, string NameZh, string NameEn, string Address, string Phone, string Periods, string Weekdays) : ICommand;

    /// <exception cref="Refused">hall.not_found; hall.out_of_reach; unit.name_missing; hall.periods_invalid; hall.weekdays_invalid</exception>
    public Task<Guid> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        await db.HallInReach(current, command.HallId, ct);
        var unit = await db.OrgUnits.Hold(u => u.Id == command.HallId, orRefuse: "unit.not_found", ct);
        var hall = await db.Halls.Hold(h => h.Id == command.HallId, orRefuse: "hall.not_found", ct);
        unit.Rename(new(command.NameZh, command.NameEn));
        hall.Change(unit.Name, command.Address, command.Phone, new(command.Periods, command.Weekdays));
        (db.HallOfCommand, db.Subject) = (hall.Id, hall.Path);
        return hall.Id;
    }, ct);
}

/// <summary>Says that a hall is closed or open on one day against its weekdays, or (<c>IsOpen</c> null) that it goes by them again.</summary>
public sealed class SetSpecialDay(Work work, Current current)
{
    [Needs("admin.halls")]
    public sealed record Command(Guid RequestId, Guid HallId, DateOnly Day, bool? IsOpen, string Note) : ICommand;

    /// <exception cref="Refused">hall.not_found; hall.out_of_reach</exception>
    public Task<DateOnly> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        await db.HallInReach(current, command.HallId, ct);
        var old = await db.HallSpecialDays.HoldOrNull(s => s.HallId == command.HallId && s.Day == command.Day, ct);
        if (old is not null)
        {
            db.Remove(old);
            await db.SaveChangesAsync(ct);
        }

        if (command.IsOpen is { } isOpen) db.Add(new HallSpecialDay { HallId = command.HallId, Day = command.Day, IsOpen = isOpen, Note = command.Note.Trim() });
        (db.HallOfCommand, db.Subject) = (command.HallId, new BusinessDate(command.Day).ToString());
        return command.Day;
    }, ct);
}
