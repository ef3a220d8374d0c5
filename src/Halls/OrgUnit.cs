using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>Levels of the organisation, upper ones first.</summary>
public enum OrgUnitKind { Province, City, Hall }

/// <summary>组织机构: a unit of the company. Its path, made of the codes from the top, says what lies below what: <c>/zj/hz/xh01/</c>.</summary>
public sealed class OrgUnit
{
    public const int MaxPath = 200;

    private OrgUnit() { }

    /// <param name="parent">Unit above it, one level higher; null for a province.</param>
    /// <param name="code">1–20 of a–z, 0–9 and hyphen; unique below its parent.</param>
    /// <exception cref="Refused">unit.code_invalid; unit.level_wrong</exception>
    public OrgUnit(OrgUnit? parent, OrgUnitKind kind, string code, LocalText name)
    {
        Refused.IfField(code.Length is 0 or > 20 || code.Any(c => c is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '-')), "code", "unit.code_invalid");
        Refused.IfField(parent is null ? kind != OrgUnitKind.Province : kind <= parent.Kind, "parentId", "unit.level_wrong");
        (Id, ParentId, Kind, Code, Path) = (Guid.CreateVersion7(), parent?.Id, kind, code, (parent?.Path ?? "/") + code + "/");
        Rename(name);
    }

    public Guid Id { get; private init; }
    public Guid? ParentId { get; private init; }
    public OrgUnitKind Kind { get; private init; }
    public string Code { get; private init; } = "";
    public string NameZh { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public string Path { get; private init; } = "";

    public LocalText Name => new(NameZh, NameEn);

    /// <exception cref="Refused">unit.name_missing</exception>
    public void Rename(LocalText name)
    {
        Refused.IfField(string.IsNullOrWhiteSpace(name.Zh), "nameZh", "unit.name_missing");
        NameZh = name.Zh.Trim();
        NameEn = string.IsNullOrWhiteSpace(name.En) ? NameZh : name.En.Trim();
    }
}

sealed class OrgUnitMap : IEntityTypeConfiguration<OrgUnit>
{
    public void Configure(EntityTypeBuilder<OrgUnit> unit)
    {
        unit.ToTable("org_units");
        unit.Property(u => u.Code).HasMaxLength(20);
        unit.Property(u => u.NameZh).HasMaxLength(60);
        unit.Property(u => u.NameEn).HasMaxLength(80);
        unit.Property(u => u.Path).HasMaxLength(OrgUnit.MaxPath);
        unit.Ignore(u => u.Name);
        unit.HasIndex(u => u.Path).IsUnique();
        unit.HasOne<OrgUnit>().WithMany().HasForeignKey(u => u.ParentId);
    }
}
