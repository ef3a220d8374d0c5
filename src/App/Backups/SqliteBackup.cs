using Microsoft.Data.Sqlite;

namespace OpenHall.App;

/// <summary>A copy of the SQLite file made while the hall works: page by page by SQLite itself, so it is one moment's whole picture.</summary>
public static class SqliteBackup
{
    /// <param name="file">Where the copy goes; replaced when it is there.</param>
    public static async Task Make(string connectionString, string file, CancellationToken ct = default)
    {
        var part = file + ".part";
        File.Delete(part);
        await using (var from = new SqliteConnection(connectionString))
        await using (var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = part, Pooling = false }.ConnectionString))
        {
            await from.OpenAsync(ct);
            await to.OpenAsync(ct);
            from.BackupDatabase(to);
        }

        await using (var written = new FileStream(part, FileMode.Open, FileAccess.ReadWrite)) written.Flush(flushToDisk: true);
        File.Move(part, file, overwrite: true);
    }

    /// <summary>What SQLite says is wrong with the file; nothing when it is whole.</summary>
    public static async Task<IReadOnlyList<string>> Damages(string file, CancellationToken ct = default)
    {
        await using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        await copy.OpenAsync(ct);
        await using var check = copy.CreateCommand();
        check.CommandText = "select integrity_check from pragma_integrity_check where integrity_check <> 'ok' union all select 'no audit trail in it' where not exists (select 1 from sqlite_master where name = 'audit_lines')";
        await using var rows = await check.ExecuteReaderAsync(ct);
        var damages = new List<string>();
        while (await rows.ReadAsync(ct)) damages.Add(rows.GetString(0));
        return damages;
    }
}
