using System.Globalization;

namespace OpenHall.App;

/// <summary>Every night a copy of the SQLite database in <c>backups/</c> of the data folder; the oldest go. A province backs up its
/// PostgreSQL with PostgreSQL's own tools.</summary>
sealed class KeepBackups(Database database, DataFolder data) : IJob
{
    public static readonly FlagSetting Wanted = new("backup.nightly", true);
    public static readonly NumberSetting Copies = new("backup.copies", 14, 1, 366);

    public string Name => "backup.nightly";

    public string Cron => "30 2 * * *";

    public async Task<long> Run(HallDb db, DateTime dueAtUtc, CancellationToken ct)
    {
        if (database.IsPostgres || !await db.Value(Wanted, ct)) return 0;
        var folder = Directory.CreateDirectory(data.At("backups"));
        var day = TimeZoneInfo.ConvertTimeFromUtc(dueAtUtc, JobLimits.Zone);
        await SqliteBackup.Make(database.ConnectionString, Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"openhall-{day:yyyyMMdd}.db")), ct);
        var copies = await db.Value(Copies, ct);
        var kept = folder.GetFiles("openhall-????????.db").OrderByDescending(f => f.Name, StringComparer.Ordinal).ToList();
        foreach (var old in kept.Skip((int)copies)) old.Delete();
        return Math.Min(kept.Count, copies);
    }
}
