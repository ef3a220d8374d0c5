using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using OpenHall.App;

namespace OpenHall.Tests.Modules;

/// <summary>Rules of account-side tables and of both schemas, on the model and on the database as it was made.</summary>
public partial class SchemaTests
{
    private static IEnumerable<IEntityType> AccountSide(HallDb db) => db.Model.GetEntityTypes().Where(e => e.IsAccountSide());

    [Theory, BothDatabases]
    public async Task The_bucket_leads_every_key_and_unique_index_of_account_side_tables(TestHall hall) => await hall.Read(db =>
    {
        Assert.NotEmpty(AccountSide(db));
        foreach (var table in AccountSide(db))
        {
            var keys = table.GetKeys().Select(k => k.Properties).Concat(table.GetIndexes().Where(i => i.IsUnique).Select(i => i.Properties));
            Assert.All(keys, k => Assert.True(k[0].GetColumnName() == "bucket", $"{table.GetTableName()}: {string.Join(", ", k.Select(p => p.GetColumnName()))} does not begin with bucket"));
            Assert.Equal(typeof(short), table.FindProperty("Bucket")!.ClrType);
        }

        return Task.FromResult(0);
    });

    [Theory, BothDatabases]
    public async Task Foreign_keys_among_account_side_tables_carry_the_bucket(TestHall hall) => await hall.Read(db =>
    {
        var foreign = AccountSide(db).SelectMany(t => t.GetForeignKeys()).Where(f => f.PrincipalEntityType.IsAccountSide());
        Assert.All(foreign, f => Assert.Equal("bucket", f.Properties[0].GetColumnName()));
        return Task.FromResult(0);
    });

    [Theory, BothDatabases]
    public async Task Account_side_rows_get_nothing_from_the_database_itself(TestHall hall) => await hall.Read(async db =>
    {
        foreach (var table in AccountSide(db))
        {
            Assert.All(table.GetProperties(), p =>
            {
                Assert.Null(p.GetDefaultValueSql());
                Assert.Null(p.GetComputedColumnSql());
                Assert.False(p.ValueGenerated != ValueGenerated.Never && p.ClrType == typeof(long), $"{table.GetTableName()}.{p.GetColumnName()} is numbered by the database");
            });
        }

        if (db.IsSqlite) return 0;
        var names = AccountSide(db).Select(t => t.GetTableName()!).ToArray();
        var triggers = await db.Database.SqlQuery<string>($"select c.relname || '.' || t.tgname as \"Value\" from pg_trigger t join pg_class c on c.oid = t.tgrelid where not t.tgisinternal and c.relname = any({names})").ToListAsync();
        Assert.Empty(triggers);
        var defaults = await db.Database.SqlQuery<string>($"select table_name || '.' || column_name as \"Value\" from information_schema.columns where table_name = any({names}) and (column_default is not null or is_identity = 'YES')").ToListAsync();
        Assert.Empty(defaults);
        return 0;
    });

    [Fact]
    public async Task Check_constraints_are_the_same_on_both_databases()
    {
        Assert.SkipWhen(await PostgresServer.Shared is null, "no PostgreSQL here");
        await using var small = await BothDatabasesAttribute.OnSqlite();
        await using var large = await BothDatabasesAttribute.OnPostgres();
        var tables = await TablesOf(small);
        var onSqlite = tables.SelectMany(sql => Constraint().Matches(sql)).Where(m => !Length().IsMatch(m.Groups[2].Value)).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal).ToList();
        var onPostgres = await large.Read(async db => (await db.Database.SqlQueryRaw<string>("select conname as \"Value\" from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace").ToListAsync())
            .Order(StringComparer.Ordinal).ToList());
        Assert.NotEmpty(onSqlite);
        Assert.Equal(onSqlite, onPostgres);
    }

    [Fact]
    public async Task A_text_longer_than_its_limit_is_refused_by_a_check_on_SQLite_and_by_the_type_on_PostgreSQL()
    {
        Assert.SkipWhen(await PostgresServer.Shared is null, "no PostgreSQL here");
        await using var small = await BothDatabasesAttribute.OnSqlite();
        await using var large = await BothDatabasesAttribute.OnPostgres();
        var tables = await TablesOf(small);
        var onSqlite = tables.SelectMany(sql => Constraint().Matches(sql).Select(m => Length().Match(m.Groups[2].Value)).Where(m => m.Success), (sql, m) => $"{TableName().Match(sql).Groups[1]}.{m.Groups[1]} {m.Groups[2]}").ToHashSet();
        var onPostgres = (await large.Read(db => db.Database.SqlQueryRaw<string>("select table_name || '.' || column_name || ' ' || character_maximum_length as \"Value\" from information_schema.columns where table_schema = 'public' and data_type = 'character varying' and character_maximum_length is not null").ToListAsync())).ToHashSet();
        Assert.True(onSqlite.Count > 50);
        Assert.Subset(onPostgres, onSqlite);
    }

    [Theory, BothDatabases]
    public async Task No_table_keeps_fractions_or_local_times(TestHall hall) => await hall.Read(db =>
    {
        var wrong = db.Model.GetEntityTypes().SelectMany(t => t.GetProperties(), (t, p) => (Name: $"{t.GetTableName()}.{p.GetColumnName()}", Type: p.GetColumnType().ToLowerInvariant()))
            .Where(c => c.Type is "real" or "double precision" or "numeric" or "time with time zone" or "timestamp without time zone");
        Assert.Empty(wrong.Select(c => $"{c.Name} {c.Type}"));
        return Task.FromResult(0);
    });

    [Fact]
    public async Task SQLite_has_every_commit_on_the_disk_before_it_answers()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        Assert.Equal(2, await hall.Read(db => db.Database.SqlQueryRaw<long>("select synchronous as \"Value\" from pragma_synchronous").SingleAsync()));
        Assert.Equal("wal", await hall.Read(db => db.Database.SqlQueryRaw<string>("select journal_mode as \"Value\" from pragma_journal_mode").SingleAsync()));
    }

    [Fact]
    public async Task SQLite_keeps_short_rows_in_the_order_of_their_key_and_long_ones_not()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        var byKey = await hall.Read(db => db.Database.SqlQueryRaw<string>("select name as \"Value\" from pragma_table_list where wr").ToListAsync());
        Assert.Subset(byKey.ToHashSet(), new HashSet<string> { "payments", "account_journal_lines", "customer_search_terms", "audit_lines" });
        // Numbered by the database, with a file in the row, with a long text.
        Assert.Empty(byKey.Intersect(["events", "reading_import_files", "command_requests"]));
    }

    private static Task<List<string>> TablesOf(TestHall onSqlite) =>
        onSqlite.Read(db => db.Database.SqlQueryRaw<string>("select sql as \"Value\" from sqlite_master where type = 'table' and sql is not null").ToListAsync());

    [GeneratedRegex("CONSTRAINT \"(ck_[a-z0-9_]+)\" CHECK \\((.*)\\)")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"^length\(([a-z0-9_]+)\) <= (\d+)$")]
    private static partial Regex Length();

    [GeneratedRegex("^CREATE TABLE \"([a-z0-9_]+)\"")]
    private static partial Regex TableName();
}
