using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Rule 19: a commit is on the disk before anybody hears of it; the file is whole; foreign keys hold.</summary>
sealed class DatabaseSettings : IVerifyCheck
{
    private const long Full = 2;

    public string Name => "database.settings";

    public IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct) => db.IsSqlite ? Sqlite(db, ct) : Postgres(db, ct);

    private static async IAsyncEnumerable<Finding> Sqlite(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        if (await Value<long>(db, "select synchronous as \"Value\" from pragma_synchronous", ct) is var synchronous and < Full)
            yield return new("pragma synchronous", string.Create(CultureInfo.InvariantCulture, $"is {synchronous}; below FULL a power cut loses acknowledged payments"));
        if (await Value<string>(db, "select journal_mode as \"Value\" from pragma_journal_mode", ct) is var mode and not "wal") yield return new("pragma journal_mode", $"is {mode}, not wal");
        if (await Value<long>(db, "select foreign_keys as \"Value\" from pragma_foreign_keys", ct) == 0) yield return new("pragma foreign_keys", "is off");
        foreach (var damage in await db.Database.SqlQueryRaw<string>("select integrity_check as \"Value\" from pragma_integrity_check").ToListAsync(ct))
        {
            if (damage != "ok") yield return new("database file", damage);
        }

        foreach (var row in await db.Database.SqlQueryRaw<string>("select \"table\" || ' rowid ' || coalesce(rowid, 0) || ' -> ' || parent as \"Value\" from pragma_foreign_key_check limit 50").ToListAsync(ct))
            yield return new(row, "points to a row that is not there");
    }

    private static async IAsyncEnumerable<Finding> Postgres(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var setting in new[] { "fsync", "synchronous_commit" })
        {
            var value = await db.Database.SqlQuery<string>($"select current_setting({setting}) as \"Value\"").SingleAsync(ct);
            if (value == "off") yield return new(setting, "is off: a power cut loses acknowledged payments");
        }

        if (await Value<string>(db, "select current_setting('is_superuser') as \"Value\"", ct) == "on") yield return new("current_user", "is a superuser: nothing can be withheld from it");
    }

    private static Task<T> Value<T>(HallDb db, string sql, CancellationToken ct) => db.Database.SqlQueryRaw<T>(sql).SingleAsync(ct);
}
