using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>Adds a province or city to the organisation.</summary>
public sealed class AddUnit(Work work)
{
    [Needs("admin.halls")]
    public sealed record Command(Guid RequestId, Guid? ParentId, OrgUnitKind Kind, string Code, string NameZh, string NameEn) : ICommand;

    /// <exception cref="Refused">unit.not_found; unit.code_invalid; unit.code_taken; unit.level_wrong; unit.name_missing</exception>
    public Task<Guid> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        Refused.IfField(command.Kind == OrgUnitKind.Hall, "kind", "unit.level_wrong");
        var unit = await Make(db, command.ParentId, command.Kind, command.Code, new(command.NameZh, command.NameEn), ct);
        db.Subject = unit.Path;
        return unit.Id;
    }, ct);

    internal static async Task<OrgUnit> Make(HallDb db, Guid? parentId, OrgUnitKind kind, string code, LocalText name, CancellationToken ct)
    {
        var parent = parentId is null ? null : await db.OrgUnits.SingleOrDefaultAsync(u => u.Id == parentId, ct) ?? throw new Refused("unit.not_found") { Field = "parentId" };
        var unit = new OrgUnit(parent, kind, code.Trim(), name);
        Refused.IfField(await db.OrgUnits.AnyAsync(u => u.Path == unit.Path, ct), "code", "unit.code_taken", unit.Code);
        db.Add(unit);
        return unit;
    }
}

/// <summary>Gives a province or city another name; codes stay, since paths are made of them.</summary>
public sealed class RenameUnit(Work work)
{
    [Needs("admin.halls")]
    public sealed record Command(Guid RequestId, Guid UnitId, string NameZh, string NameEn) : ICommand;

    /// <exception cref="Refused">unit.not_found; unit.name_missing</exception>
    public Task<Guid> Handle(Command command, CancellationToken ct = default) => work.Once(command, async db =>
    {
        var unit = await db.OrgUnits.Hold(u => u.Id == command.UnitId, orRefuse: "unit.not_found", ct);
        unit.Rename(new(command.NameZh, command.NameEn));
        db.Subject = unit.Path;
        return unit.Id;
    }, ct);
}
