using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using Xunit.Sdk;
using Xunit.v3;

namespace OpenHall.Tests.Support;

/// <summary>Gives a theory its hall twice: on SQLite and on PostgreSQL, each with a fresh database copied from one prepared template.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothDatabasesAttribute : DataAttribute, IBeforeAfterTestAttribute
{
    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplate);
    private static readonly Lazy<Task> PostgresTemplate = new(MakePostgresTemplate);
    private static int _count;

    public override bool SupportsDiscoveryEnumeration() => false;

    public override async ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var rows = new List<ITheoryDataRow> { new TheoryDataRow<TestHall>(await OnSqlite()) { TestDisplayName = testMethod.Name + " [SQLite]" } };
        if (await PostgresServer.Shared is not null) rows.Add(new TheoryDataRow<TestHall>(await OnPostgres()) { TestDisplayName = testMethod.Name + " [PostgreSQL]" });
        else if (Environment.GetEnvironmentVariable("CI") is not null) throw new InvalidOperationException("PostgreSQL is missing: apt-get install postgresql");
        foreach (var row in rows) disposalTracker.Add(row.GetData()[0]);
        return rows;
    }

    public void Before(MethodInfo methodUnderTest, IXunitTest test) { }

    /// <summary>The hall ends with its test: the runner itself would keep all of them running to the end of the assembly.</summary>
    public void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        foreach (var hall in test.TestMethodArguments.OfType<TestHall>()) Task.Run(() => hall.DisposeAsync().AsTask()).Wait();
    }

    /// <summary>A hall on a fresh SQLite file, for tests that need only one.</summary>
    public static async Task<TestHall> OnSqlite()
    {
        var folder = Directory.CreateTempSubdirectory("openhall-test-").FullName;
        var template = await SqliteTemplate.Value;
        File.Copy(template, Path.Combine(folder, "openhall.db"));
        return await TestHall.Open("", folder);
    }

    public static async Task<TestHall> OnPostgres()
    {
        await PostgresTemplate.Value;
        var connection = await (await PostgresServer.Shared)!.CreateDatabase($"t{Interlocked.Increment(ref _count)}", "hall_template");
        return await TestHall.Open(connection, Directory.CreateTempSubdirectory("openhall-test-").FullName);
    }

    /// <summary>Another node of the same application, on the same PostgreSQL database and with a folder of its own.</summary>
    public static Task<TestHall> AnotherNode(TestHall first) =>
        TestHall.Open(first.Services.GetRequiredService<Database>().ConnectionString, Directory.CreateTempSubdirectory("openhall-test-").FullName);

    private static async Task<string> MakeSqliteTemplate()
    {
        var folder = Directory.CreateTempSubdirectory("openhall-template-").FullName;
        await using (await TestHall.Open("", folder)) { }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, true);
        return Path.Combine(folder, "openhall.db");
    }

    private static async Task MakePostgresTemplate()
    {
        var connection = await (await PostgresServer.Shared)!.CreateDatabase("hall_template");
        await using (await TestHall.Open(connection, Directory.CreateTempSubdirectory("openhall-test-").FullName)) { }
        // A template may have no open connection.
        await using var pooled = new Npgsql.NpgsqlConnection(connection);
        Npgsql.NpgsqlConnection.ClearPool(pooled);
    }
}
