namespace OpenHall.Tests.Day;

/// <summary>Days made by <c>openhall simulate</c> hold every promise, also when the making was cut off and begun again.</summary>
public class SimulateTests
{
    private static readonly string[] ThreeDays = ["simulate", "--days", "3", "--accounts", "80", "--visitors", "16", "--months", "2"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Simulated_days_are_verified_clean_also_after_the_making_was_killed(bool onPostgres)
    {
        // A server with each commit on its disk, as in service: verify would find one without.
        var server = onPostgres ? await PostgresServer.Durable : null;
        Assert.SkipWhen(onPostgres && server is null, "no PostgreSQL here");
        var folder = Directory.CreateTempSubdirectory("openhall-simulate-").FullName;
        try
        {
            var postgres = server is null ? null : await server.CreateDatabase("simulated");
            await RunningHall.KillWhenItSays("day 1 of", folder, postgres, ThreeDays);
            Assert.False(File.Exists(Path.Combine(folder, "openhall.db")));

            var (code, said) = await RunningHall.Run(folder, postgres, ThreeDays);
            Assert.True(code == 0, said);
            Assert.Contains("made anew", said, StringComparison.Ordinal);
            Assert.DoesNotContain("commands 0 ", said, StringComparison.Ordinal);

            (code, said) = await RunningHall.Verify(folder, postgres);
            Assert.True(code == 0, said);
            Assert.Contains("all clean", said, StringComparison.Ordinal);

            (code, said) = await RunningHall.Run(folder, postgres, ThreeDays);
            Assert.True(code == 0, said);
            Assert.Contains("commands 0 ", said, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
