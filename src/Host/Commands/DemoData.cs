using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Demo;

namespace OpenHall.Host.Commands;

/// <summary>The demo's database: filled once; one whose filling was cut off is made anew.</summary>
static class DemoData
{
    /// <returns>Commands carried out; 0 when the database was filled already.</returns>
    /// <exception cref="Kernel.Refused">demo.database_is_real</exception>
    public static async Task<int> Fill(HallOptions hall, SimulatedClock clock, DemoSize size, CancellationToken ct)
    {
        // The application itself, without a server: history is made by its own handlers.
        await using var app = HallApp.Build(hall with { Port = 0, RunsBackground = false }, clock);
        await HallApp.Prepare(app, ct);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<HallDb>>().CreateDbContextAsync(ct);
        if ((await db.Set<Installation>().SingleAsync(ct)).IsReady) return 0;
        if (await db.Users.AnyAsync(ct))
        {
            Console.WriteLine("The demo's last start was cut off; its database is made anew.");
            await db.Database.EnsureDeletedAsync(ct);
            await HallApp.Prepare(app, ct);
        }

        await new DemoHistory(app.Services, clock, size, new Lines()).Make(ct);
        await db.Set<Installation>().ExecuteUpdateAsync(set => set.SetProperty(i => i.IsReady, true), ct);
        return await db.Set<AuditLine>().CountAsync(ct);
    }

    public static Province Province()
    {
        var errors = new PackErrors();
        var province = Demo.Province.Read(errors);
        return errors.All.Count == 0 ? province : throw new InvalidOperationException(string.Join(Environment.NewLine, errors.All));
    }

    /// <summary>A line for each step, so that logs and terminals show the same.</summary>
    private sealed class Lines : IProgress<(string What, int Percent)>
    {
        public void Report((string What, int Percent) value) => Console.WriteLine($"making the demo: {value.Percent,3} %  {value.What}");
    }
}
