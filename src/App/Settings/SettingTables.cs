using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenHall.App;

/// <summary>A setting that differs from its default.</summary>
public sealed class SettingValue
{
    public required string Key { get; init; }
    public required string Value { get; set; }
    public DateTime ChangedAtUtc { get; set; }
}

/// <summary>History: who set what, when, from what, why.</summary>
public sealed class SettingChange
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required string Key { get; init; }
    public required string OldValue { get; init; }
    public required string NewValue { get; init; }
    public required string Reason { get; init; }
    public Guid? ChangedBy { get; init; }
    public required string ChangedByName { get; init; }
    public DateTime ChangedAtUtc { get; init; }
}

public static class SettingTables
{
    extension(HallDb db)
    {
        public DbSet<SettingValue> SettingValues => db.Set<SettingValue>();

        public DbSet<SettingChange> SettingChanges => db.Set<SettingChange>();

        public async Task<long> Value(NumberSetting setting, CancellationToken ct = default) =>
            long.Parse(await db.Text(setting, ct), System.Globalization.CultureInfo.InvariantCulture);

        public async Task<bool> Value(FlagSetting setting, CancellationToken ct = default) => await db.Text(setting, ct) == "true";

        public Task<string> Value(ChoiceSetting setting, CancellationToken ct = default) => db.Text(setting, ct);

        public Task<string> Value(TextSetting setting, CancellationToken ct = default) => db.Text(setting, ct);

        public Task<string> Value(AddressSetting setting, CancellationToken ct = default) => db.Text(setting, ct);

        internal async Task<string> Text(Setting setting, CancellationToken ct) =>
            await db.SettingValues.Where(v => v.Key == setting.Key).Select(v => v.Value).FirstOrDefaultAsync(ct) ?? setting.Default;
    }
}

sealed class SettingValueMap : IEntityTypeConfiguration<SettingValue>
{
    public void Configure(EntityTypeBuilder<SettingValue> value)
    {
        value.ToTable("settings").HasKey(v => v.Key);
        value.Property(v => v.Key).HasMaxLength(60);
        value.Property(v => v.Value).HasMaxLength(Setting.MaxLength);
    }
}

sealed class SettingChangeMap : IEntityTypeConfiguration<SettingChange>
{
    public void Configure(EntityTypeBuilder<SettingChange> change)
    {
        change.ToTable("setting_changes").InsertOnly();
        change.Property(c => c.Key).HasMaxLength(60);
        change.Property(c => c.OldValue).HasMaxLength(Setting.MaxLength);
        change.Property(c => c.NewValue).HasMaxLength(Setting.MaxLength);
        change.Property(c => c.Reason).HasMaxLength(200);
        change.Property(c => c.ChangedByName).HasMaxLength(60);
        change.HasIndex(c => c.Key);
    }
}
