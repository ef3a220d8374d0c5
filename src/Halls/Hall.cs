using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>营业厅. Shares its id with its unit of the organisation; <see cref="Path"/> is the unit's.</summary>
public sealed class Hall
{
    private Hall() { }

    /// <exception cref="Refused">hall.unit_not_hall</exception>
    public Hall(OrgUnit unit, string address, string phone, OpeningHours hours)
    {
        Refused.IfField(unit.Kind != OrgUnitKind.Hall, "unitId", "hall.unit_not_hall");
        (Id, Code, Path) = (unit.Id, unit.Code, unit.Path);
        Change(unit.Name, address, phone, hours);
    }

    public Guid Id { get; private init; }
    public string Code { get; private init; } = "";
    public string Path { get; private init; } = "";
    public string NameZh { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public string Address { get; private set; } = "";
    public string Phone { get; private set; } = "";
    /// <summary>Opening periods of an open day, <c>08:30-12:00 13:30-17:30</c>.</summary>
    public string Periods { get; private set; } = "";
    /// <summary>Weekdays open, 1 = Monday … 7 = Sunday: <c>1234567</c>.</summary>
    public string Weekdays { get; private set; } = "";

    public LocalText Name => new(NameZh, NameEn);

    public OpeningHours Hours => new(Periods, Weekdays);

    public void Change(LocalText name, string address, string phone, OpeningHours hours)
    {
        hours.Validate();
        Refused.IfField(string.IsNullOrWhiteSpace(name.Zh), "nameZh", "unit.name_missing");
        (NameZh, NameEn) = (name.Zh.Trim(), string.IsNullOrWhiteSpace(name.En) ? name.Zh.Trim() : name.En.Trim());
        (Address, Phone, Periods, Weekdays) = (address.Trim(), phone.Trim(), hours.Periods, hours.Weekdays);
    }
}

/// <summary>A day on which the hall departs from its weekdays: a holiday, or a make-up day (调休).</summary>
public sealed class HallSpecialDay
{
    public Guid HallId { get; init; }
    public DateOnly Day { get; init; }
    public bool IsOpen { get; init; }
    public required string Note { get; init; }
}

sealed class HallMap : IEntityTypeConfiguration<Hall>
{
    public void Configure(EntityTypeBuilder<Hall> hall)
    {
        hall.ToTable("halls");
        hall.Property(h => h.Code).HasMaxLength(20);
        hall.Property(h => h.Path).HasMaxLength(OrgUnit.MaxPath);
        hall.Property(h => h.NameZh).HasMaxLength(60);
        hall.Property(h => h.NameEn).HasMaxLength(80);
        hall.Property(h => h.Address).HasMaxLength(120);
        hall.Property(h => h.Phone).HasMaxLength(20);
        hall.Property(h => h.Periods).HasMaxLength(80);
        hall.Property(h => h.Weekdays).HasMaxLength(7);
        hall.Ignore(h => h.Name).Ignore(h => h.Hours);
        hall.HasIndex(h => h.Path).IsUnique();
        hall.HasOne<OrgUnit>().WithOne().HasForeignKey<Hall>(h => h.Id);
    }
}

sealed class HallSpecialDayMap : IEntityTypeConfiguration<HallSpecialDay>
{
    public void Configure(EntityTypeBuilder<HallSpecialDay> special)
    {
        special.ToTable("hall_special_days").HasKey(s => new { s.HallId, s.Day });
        special.Property(s => s.Note).HasMaxLength(60);
        special.HasOne<Hall>().WithMany().HasForeignKey(s => s.HallId);
    }
}
