using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using OpenHall.App;

namespace OpenHall.Host.Backups;

/// <summary>What a backup says of itself.</summary>
/// <param name="Database">sqlite or postgres</param>
/// <param name="Files">SHA-256 of each file in it, by its name.</param>
sealed record BackupManifest(int Format, string Version, string Database, DateTime MadeAtUtc, IReadOnlyDictionary<string, string> Files)
{
    public const int Newest = 1;
    public const string Name = "manifest.json";
}

/// <summary>One file with the database (copied while the hall works), attachments and the audit trail's day heads; sealed when a passphrase is given.</summary>
static class Backup
{
    private static readonly string[] Folders = ["attachments", "audit-heads"];

    public static string DatabaseFile(HallOptions hall) => hall.Postgres is null ? "openhall.db" : "postgres.dump";

    /// <returns>Bytes written.</returns>
    public static async Task<long> Make(HallOptions hall, string to, string? passphrase, CancellationToken ct)
    {
        var work = Directory.CreateDirectory(Path.Combine(hall.DataFolder, $"backup-{Guid.CreateVersion7():N}")).FullName;
        try
        {
            var database = Path.Combine(work, DatabaseFile(hall));
            if (hall.Postgres is { } postgres) await PostgresTools.Dump(postgres, database, ct);
            else await SqliteBackup.Make(hall.ConnectionString, database, ct);

            var zip = Path.Combine(work, "backup.zip");
            await Pack(hall, database, zip, ct);
            var part = to + ".part";
            await using (var from = File.OpenRead(zip))
            await using (var target = new FileStream(part, FileMode.Create, FileAccess.Write))
            {
                if (passphrase is null) await from.CopyToAsync(target, ct);
                else await Sealed.Seal(from, target, passphrase, ct);
                target.Flush(flushToDisk: true);
            }

            File.Move(part, to, overwrite: true);
            return new FileInfo(to).Length;
        }
        finally
        {
            Directory.Delete(work, true);
        }
    }

    private static async Task Pack(HallOptions hall, string database, string zipPath, CancellationToken ct)
    {
        await using var file = new FileStream(zipPath, FileMode.CreateNew);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        var hashes = new Dictionary<string, string>();
        await Put(Path.GetFileName(database), database);
        foreach (var folder in Folders.Select(f => new DirectoryInfo(Path.Combine(hall.DataFolder, f))).Where(f => f.Exists))
        {
            foreach (var kept in folder.GetFiles("*", SearchOption.AllDirectories).Where(f => !f.Name.StartsWith("incoming-", StringComparison.Ordinal)))
                await Put(Path.GetRelativePath(hall.DataFolder, kept.FullName).Replace('\\', '/'), kept.FullName);
        }

        var version = typeof(Backup).Assembly.GetName().Version?.ToString(3) ?? "";
        var manifest = new BackupManifest(BackupManifest.Newest, version, hall.Postgres is null ? "sqlite" : "postgres", TimeProvider.System.GetUtcNow().UtcDateTime, hashes);
        await using var entry = zip.CreateEntry(BackupManifest.Name).Open();
        await JsonSerializer.SerializeAsync(entry, manifest, cancellationToken: ct);

        async Task Put(string name, string path)
        {
            await using var content = File.OpenRead(path);
            hashes[name] = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
            content.Position = 0;
            await using var target = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            await content.CopyToAsync(target, ct);
        }
    }
}
