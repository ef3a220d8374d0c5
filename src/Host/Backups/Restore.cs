using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using OpenHall.App;
using OpenHall.Host.Commands;

namespace OpenHall.Host.Backups;

/// <summary>Brings a backup back: opened and checked aside first, put in place only when it is whole; what was there before is kept beside it.</summary>
static class Restore
{
    /// <param name="force">Put it in place although there is data already.</param>
    /// <exception cref="CannotDo">The file is damaged, of another kind of database, or there is data and no force.</exception>
    public static async Task<BackupManifest> Run(HallOptions hall, string file, string? passphrase, bool force, CancellationToken ct)
    {
        if (!File.Exists(file)) throw new CannotDo($"{file} is not there.");
        using var _ = DataLock.Take(hall.DataFolder);
        var there = hall.Postgres is null ? File.Exists(Path.Combine(hall.DataFolder, "openhall.db")) : await PostgresTools.HasTables(hall.Postgres, ct);
        if (there && !force) throw new CannotDo("There is a database already. With --force it is replaced" + (hall.Postgres is null ? "; the old file is kept beside it." : "."));

        var aside = Directory.CreateDirectory(Path.Combine(hall.DataFolder, $"restore-{Guid.CreateVersion7():N}")).FullName;
        try
        {
            var manifest = await Unpack(file, passphrase, aside, ct);
            var kind = hall.Postgres is null ? "sqlite" : "postgres";
            if (manifest.Database != kind) throw new CannotDo($"This is a backup of {manifest.Database}, the target is {kind}.");
            await Check(aside, hall, ct);
            await PutInPlace(aside, hall, ct);
            return manifest;
        }
        finally
        {
            Directory.Delete(aside, true);
        }
    }

    private static async Task<BackupManifest> Unpack(string file, string? passphrase, string aside, CancellationToken ct)
    {
        var zipPath = file;
        if (Sealed.IsSealed(file))
        {
            if (passphrase is null) throw new CannotDo("The backup is sealed: give its passphrase (--passphrase-file or OPENHALL_BACKUP_PASSPHRASE).");
            zipPath = Path.Combine(aside, "opened.zip");
            await using var from = File.OpenRead(file);
            await using var plain = File.Create(zipPath);
            await Sealed.Open(from, plain, passphrase, ct);
        }

        try
        {
            using var zip = ZipFile.OpenRead(zipPath);
            await using var entry = (zip.GetEntry(BackupManifest.Name) ?? throw new InvalidDataException()).Open();
            var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(entry, cancellationToken: ct) ?? throw new InvalidDataException();
            if (manifest.Format > BackupManifest.Newest) throw new CannotDo($"The backup was made by a newer OpenHall ({manifest.Version}).");
            foreach (var (name, hash) in manifest.Files) await Extract(zip, name, hash, aside, ct);
            return manifest;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            throw new CannotDo($"{file} is no backup of OpenHall, or it is damaged.");
        }
    }

    private static async Task Extract(ZipArchive zip, string name, string hash, string aside, CancellationToken ct)
    {
        var path = Path.GetFullPath(Path.Combine(aside, name));
        if (!path.StartsWith(aside + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw new InvalidDataException();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var content = (zip.GetEntry(name) ?? throw new InvalidDataException()).Open();
        await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
        await content.CopyToAsync(target, ct);
        target.Flush(flushToDisk: true);
        target.Position = 0;
        if (Convert.ToHexStringLower(await SHA256.HashDataAsync(target, ct)) != hash) throw new CannotDo($"{name} in the backup is damaged.");
    }

    private static async Task Check(string aside, HallOptions hall, CancellationToken ct)
    {
        var database = Path.Combine(aside, Backup.DatabaseFile(hall));
        if (!File.Exists(database)) throw new CannotDo("The backup has no database in it.");
        if (hall.Postgres is not null)
        {
            await PostgresTools.Check(database, ct);
            return;
        }

        if (await SqliteBackup.Damages(database, ct) is [_, ..] damages) throw new CannotDo("The database in the backup is damaged: " + string.Join("; ", damages));
        await using var app = CommandLine.Open(hall with { DataFolder = aside });
        await using var scope = app.Services.CreateAsyncScope();
        await foreach (var check in scope.ServiceProvider.GetRequiredService<Verification>().Run([], ct))
        {
            if (!check.IsClean) throw new CannotDo($"The backup breaks the promise {check.Name}: {check.Findings[0].Row} {check.Findings[0].Problem}");
        }
    }

    private static async Task PutInPlace(string aside, HallOptions hall, CancellationToken ct)
    {
        var database = Path.Combine(aside, Backup.DatabaseFile(hall));
        if (hall.Postgres is { } postgres)
        {
            await PostgresTools.Restore(postgres, database, ct);
        }
        else
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            var target = Path.Combine(hall.DataFolder, "openhall.db");
            // The old file with its log, so that nothing of it is lost or read into the new one.
            foreach (var old in new[] { "-wal", "-shm", "" }.Select(end => target + end).Where(File.Exists)) File.Move(old, old.Replace("openhall.db", "openhall.db.before-restore", StringComparison.Ordinal), overwrite: true);
            File.Move(database, target);
        }

        foreach (var kept in Directory.GetFiles(aside, "*", SearchOption.AllDirectories).Where(f => Path.GetDirectoryName(f) != aside))
        {
            var target = Path.Combine(hall.DataFolder, Path.GetRelativePath(aside, kept));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(kept, target, overwrite: true);
        }
    }
}
