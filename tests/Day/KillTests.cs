using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Host;
using OpenHall.Payments;

namespace OpenHall.Tests.Day;

/// <summary>Rule 16: kill -9 at any moment; afterwards nothing that was acknowledged is lost, nothing is there twice, with no manual step.</summary>
public class KillTests
{
    private const int Kills = 20;
    private const int Clerks = 4;
    private const int Accounts = 40;
    private const long PaymentFen = 1_00;

    /// <summary>A payment that a clerk has begun: asked again with the same id until it is known.</summary>
    private sealed record Begun(Guid RequestId, int Clerk, long AccountId);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_twenty_times_during_payments_nothing_is_lost_or_double(bool onPostgres)
    {
        var server = onPostgres ? await PostgresServer.Durable : null;
        Assert.SkipWhen(onPostgres && server is null, "no PostgreSQL here");
        var folder = Directory.CreateTempSubdirectory("openhall-kill-").FullName;
        try
        {
            var postgres = server is null ? null : await server.CreateDatabase("killed");
            var options = new HallOptions { DataFolder = folder, PacksFolder = TestHall.PacksFolder, Postgres = postgres, Port = 0, RunsBackground = false };
            await using (var app = HallApp.Build(options, TimeProvider.System))
            {
                await HallApp.Prepare(app);
                await PayingHall.Make(app.Services, Clerks, Accounts);
            }

            var done = new ConcurrentDictionary<Guid, string>();
            var open = new ConcurrentDictionary<int, Begun>();
            var signedIn = new ConcurrentDictionary<int, ClerkConnection>();
            for (var kill = 0; kill < Kills; kill++) await WorkUntilKilled(folder, postgres, signedIn, done, open, kill);
            using (var hall = await RunningHall.Start(folder, postgres, waitsUntilWarm: false))
            {
                foreach (var clerk in open.Keys.ToList()) await Pay(signedIn[clerk].At(hall.Address), clerk, done, open);
                await hall.Kill();
            }

            await AssertNothingLostOrDouble(options, done);
            var (code, said) = await RunningHall.Verify(folder, postgres);
            Assert.True(code == 0, said);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static async Task WorkUntilKilled(string folder, string? postgres, ConcurrentDictionary<int, ClerkConnection> signedIn, ConcurrentDictionary<Guid, string> done, ConcurrentDictionary<int, Begun> open, int kill)
    {
        using var hall = await RunningHall.Start(folder, postgres, waitsUntilWarm: false);
        using var stop = new CancellationTokenSource();
        var enough = new TaskCompletionSource();
        // Another moment each time: after so many answers, with the others' payments under way.
        var (until, answered) = (5 + kill * 3, 0);
        var clerks = Enumerable.Range(1, Clerks).Select(async clerk =>
        {
            // Who signed in before the first kill stays signed in over all of them.
            if (!signedIn.ContainsKey(clerk)) signedIn[clerk] = await ClerkConnection.Open(hall.Address, PayingHall.StaffNumber(clerk));
            using var connection = signedIn[clerk].At(hall.Address);
            try
            {
                while (!stop.IsCancellationRequested)
                {
                    await Pay(connection, clerk, done, open);
                    if (Interlocked.Increment(ref answered) >= until) enough.TrySetResult();
                }
            }
            catch (Exception e) when (enough.Task.IsCompleted && e is HttpRequestException or IOException or TaskCanceledException)
            {
                // The line is cut: what was begun stays unknown until the next start.
            }
        }).ToList();
        var ended = Task.WhenAll(clerks);
        if (await Task.WhenAny(enough.Task, ended) == ended) await ended;
        await hall.Kill();
        await stop.CancelAsync();
        await ended;
    }

    /// <summary>Asks again for the payment that is open, else begins one.</summary>
    private static async Task Pay(ClerkConnection connection, int clerk, ConcurrentDictionary<Guid, string> done, ConcurrentDictionary<int, Begun> open)
    {
        var begun = open.GetOrAdd(clerk, c => new(Guid.CreateVersion7(), c, PayingHall.FirstAccount + (done.Count * Clerks + c) % Accounts));
        using var answer = await connection.Http.PostAsJsonAsync("/api/v1/payments",
            new { begun.RequestId, begun.AccountId, Bills = Array.Empty<string>(), AmountFen = PaymentFen, Tenders = new[] { new { Kind = "Cash", GivenFen = PaymentFen } } });
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{answer.StatusCode}: {text}");
        using var receipt = JsonDocument.Parse(text);
        done[begun.RequestId] = receipt.RootElement.GetProperty("receiptNumber").GetString()!;
        open.TryRemove(clerk, out _);
    }

    private static async Task AssertNothingLostOrDouble(HallOptions options, ConcurrentDictionary<Guid, string> done)
    {
        await using var app = HallApp.Build(options, TimeProvider.System);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<HallDb>>().CreateDbContextAsync();
        Assert.True(done.Count > Kills * 5, $"only {done.Count} payments were answered");
        Assert.Equal(done.Count, done.Values.Distinct().Count());
        var booked = await db.Payments.Where(p => p.State == PaymentState.Confirmed).Select(p => p.ReceiptNumber!).ToListAsync();
        Assert.Equal(done.Values.Order(StringComparer.Ordinal), booked.Order(StringComparer.Ordinal));
        Assert.Equal(done.Count * PaymentFen, await db.CustomerBills.SumAsync(b => b.PaidFen));
    }
}
