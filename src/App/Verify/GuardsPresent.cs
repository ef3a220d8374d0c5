using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Rule 3: the database itself refuses to change or delete insert-only rows.</summary>
sealed class GuardsPresent : IVerifyCheck
{
    public string Name => "database.insert_only";

    public async IAsyncEnumerable<Finding> Look(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var table in db.Model.GetEntityTypes().Where(e => e.IsInsertOnly()).Select(e => e.GetTableName()!).Distinct().Order())
        {
            var open = db.IsSqlite ? await WithoutTrigger(db, table, ct) : await RightsHeld(db, table, ct);
            foreach (var act in open) yield return new(table, $"{act} is not refused by the database");
        }
    }

    private static async Task<IReadOnlyList<string>> WithoutTrigger(HallDb db, string table, CancellationToken ct)
    {
        var there = await db.Database.SqlQuery<string>($"select lower(sql) as \"Value\" from sqlite_master where type = 'trigger' and tbl_name = {table}").ToListAsync(ct);
        return [.. new[] { "update", "delete" }.Where(act => !there.Any(sql => sql.Contains($"before {act} on {table} begin select raise(abort", StringComparison.Ordinal)))];
    }

    private static async Task<IReadOnlyList<string>> RightsHeld(HallDb db, string table, CancellationToken ct) =>
        await db.Database.SqlQuery<string>(
            $"select act as \"Value\" from unnest(array['update', 'delete', 'truncate']) act where has_table_privilege(current_user, quote_ident({table}), act)").ToListAsync(ct);
}
