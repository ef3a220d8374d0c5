using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>What holds for every table on both databases, so that no map has to say it.</summary>
public static partial class Conventions
{
    public static void Configure(ModelConfigurationBuilder conventions, bool sqlite)
    {
        conventions.Properties<DateTime>().HaveConversion<UtcMilliseconds>();
        conventions.Properties<BusinessDate>().HaveConversion<BusinessDateToDay>();
        conventions.Properties<Enum>().HaveConversion<string>();
        if (sqlite) conventions.Properties<Guid>().HaveConversion<GuidToBytes>();
    }

    /// <summary>Snake-case names; limits of texts and states of enums as check constraints, on SQLite as strict as on PostgreSQL.</summary>
    /// <exception cref="InvalidOperationException">A text column has no limit, or a column is a decimal or a DateTimeOffset.</exception>
    public static void Finish(IMutableModel model, bool sqlite)
    {
        foreach (var entity in model.GetEntityTypes().Where(e => e.GetTableName() is not null && !e.IsMappedToJson()))
        {
            var table = Snake(entity.GetTableName()!);
            entity.SetTableName(table);
            foreach (var property in entity.GetProperties()) Finish(entity, table, property, sqlite);
            foreach (var key in entity.GetKeys()) key.SetName(Short($"pk_{table}" + (key.IsPrimaryKey() ? "" : "_" + string.Join('_', key.Properties.Select(p => p.GetColumnName())))));
            foreach (var foreign in entity.GetForeignKeys())
            {
                foreign.DeleteBehavior = DeleteBehavior.Restrict;
                foreign.SetConstraintName(Short($"fk_{table}_{string.Join('_', foreign.Properties.Select(p => p.GetColumnName()))}"));
            }

            foreach (var index in entity.GetIndexes())
                index.SetDatabaseName(Short($"{(index.IsUnique ? "ux" : "ix")}_{table}_{string.Join('_', index.Properties.Select(p => p.GetColumnName()))}"));
        }

        Guards.NoChildrenOfInsertOnly(model);
    }

    private static void Finish(IMutableEntityType entity, string table, IMutableProperty property, bool sqlite)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        var column = Snake(property.GetColumnName());
        property.SetColumnName(column);
        var stored = property.GetValueConverter()?.ProviderClrType ?? type;
        if (IsForeignTable(entity)) return;
        if (stored == typeof(decimal) || stored == typeof(DateTimeOffset) || type == typeof(double) || type == typeof(float))
            throw new InvalidOperationException($"{table}.{column}: store whole units in a long (分, Wh, g) and UTC DateTime.");
        // Told so that SQLite's tables know it for a short column (TablesByKey).
        if (sqlite && type == typeof(Guid)) property.SetMaxLength(16);
        if (type.IsEnum)
        {
            var names = Enum.GetNames(type);
            property.SetMaxLength(names.Max(n => n.Length));
            Check(entity, $"ck_{table}_{column}", $"{column} in ({string.Join(", ", names.Select(n => $"'{n}'"))})");
        }
        else if (type == typeof(string))
        {
            var limit = property.GetMaxLength() ?? throw new InvalidOperationException($"{table}.{column}: every text has a limit (HasMaxLength).");
            // PostgreSQL's own type refuses longer text; each check costs it some microseconds a row.
            if (sqlite) Check(entity, $"ck_{table}_{column}_length", $"length({column}) <= {limit}");
        }
    }

    /// <summary>Tables whose shape is Microsoft's: their texts keep the limits given there.</summary>
    private static bool IsForeignTable(IMutableEntityType entity) => entity.ClrType.Namespace?.StartsWith("Microsoft", StringComparison.Ordinal) == true;

    private static void Check(IMutableEntityType entity, string name, string sql) => entity.AddCheckConstraint(Short(name), sql);

    /// <summary>PostgreSQL cuts names at 63 bytes; we refuse rather than let two of them fall together.</summary>
    private static string Short(string name) => name.Length <= 63 ? name : name[..52] + "_" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)))[..8];

    public static string Snake(string name) => WordStart().Replace(name, "_$1$2").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])([A-Z])|(?<=[A-Z])([A-Z])(?=[a-z])")]
    private static partial Regex WordStart();

    private sealed class UtcMilliseconds() : ValueConverter<DateTime, DateTime>(
        at => new DateTime(at.Ticks - at.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc),
        at => DateTime.SpecifyKind(at, DateTimeKind.Utc));

    private sealed class BusinessDateToDay() : ValueConverter<BusinessDate, DateOnly>(date => date.Day, day => new BusinessDate(day));

    /// <summary>SQLite keeps an id as its sixteen bytes in their written order.</summary>
    private sealed class GuidToBytes() : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), bytes => new Guid(bytes, true));
}
