using Microsoft.EntityFrameworkCore;

namespace OpenHall.Tests.Modules;

public class MigrationTests
{
    [Theory, BothDatabases]
    public async Task The_steps_lead_to_exactly_the_model(TestHall hall)
    {
        Assert.False(await hall.Read(db => Task.FromResult(db.Database.HasPendingModelChanges())), "Run ./migration NAME");
        Assert.Empty(await hall.Read(db => db.Database.GetPendingMigrationsAsync()));
    }

    [Fact]
    public async Task Neither_database_lacks_a_step_of_the_other()
    {
        await using var sqlite = await BothDatabasesAttribute.OnSqlite();
        Assert.SkipWhen(await PostgresServer.Shared is null && Environment.GetEnvironmentVariable("CI") is null, "PostgreSQL is not installed.");
        await using var postgres = await BothDatabasesAttribute.OnPostgres();
        Assert.Equal(await Steps(sqlite), await Steps(postgres));
    }

    /// <summary>Names without their times: the two sets are written seconds apart.</summary>
    private static async Task<IReadOnlyList<string>> Steps(TestHall hall) =>
        [.. (await hall.Read(db => Task.FromResult(db.Database.GetMigrations()))).Select(step => step[(step.IndexOf('_') + 1)..])];
}
