using System.Reflection;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Host.Watching;

/// <summary>Whether this node should be given requests: its first database calls and pages are compiled (a cold node answers in
/// hundreds of milliseconds), and the database answers.</summary>
public sealed class Readiness(IDbContextFactory<HallDb> databases)
{
    private static readonly TimeSpan DatabaseWithin = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _warm = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The first pages answer as quickly as later; the tables are still being warmed.</summary>
    public Task WhenOpen => _open.Task;

    /// <summary>The first read of every table: model, connection and row readers are made now, not under the first customer.</summary>
    internal async Task WarmTables(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var read = typeof(Readiness).GetMethod(nameof(First), BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var entity in db.Model.GetEntityTypes().Where(e => !e.IsOwned() && e.GetTableName() is not null && !e.HasSharedClrType))
            await (Task)read.MakeGenericMethod(entity.ClrType).Invoke(null, [db, ct])!;
    }

    internal void SayOpen() => _open.TrySetResult();

    internal void SayWarm()
    {
        SayOpen();
        _warm.TrySetResult();
    }

    private static Task First<T>(HallDb db, CancellationToken ct) where T : class => db.Set<T>().Take(1).TagWith("openhall:warm").ToListAsync(ct);

    /// <summary>What keeps the node from being ready; nothing when it is.</summary>
    public async Task<IReadOnlyList<string>> Missing(CancellationToken ct)
    {
        if (!_warm.Task.IsCompletedSuccessfully) return ["warming up"];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(DatabaseWithin);
        try
        {
            await using var db = await databases.CreateDbContextAsync(limit.Token);
            if (!await db.Database.CanConnectAsync(limit.Token)) return ["database does not answer"];
            return db.Database.GetMigrations().Any() && (await db.Database.GetPendingMigrationsAsync(limit.Token)).Any() ? ["database is not up to date"] : [];
        }
        catch (Exception e) when (e is OperationCanceledException or System.Data.Common.DbException)
        {
            return ["database does not answer"];
        }
    }
}

/// <summary>Warms the node once it listens: the pages that open first, by its own address, then every table.</summary>
sealed class WarmUp(Readiness readiness, HallOptions options, IHostApplicationLifetime life, IServiceProvider services, ILogger<WarmUp> log) : BackgroundService
{
    private static readonly string[] FirstPages = ["/signin", "/health/live"];

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        if (!options.RunsBackground)
        {
            readiness.SayWarm();
            return;
        }

        try
        {
            var started = new TaskCompletionSource();
            await using var _ = life.ApplicationStarted.Register(() => started.TrySetResult());
            await started.Task.WaitAsync(stopping);
            await OpenPages(stopping);
            readiness.SayOpen();
            await readiness.WarmTables(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
        // A slow machine runs into the time limit: the node is ready all the same, only colder.
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or System.Data.Common.DbException)
        {
            log.LogWarning("Warming up ended early: {Failure}", e.GetType().Name);
        }

        readiness.SayWarm();
    }

    private async Task OpenPages(CancellationToken ct)
    {
        var addresses = services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>();
        if (addresses?.Addresses.FirstOrDefault(a => a.StartsWith("http:", StringComparison.Ordinal)) is not { } address) return;
        using var browser = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(20) };
        foreach (var page in FirstPages)
        {
            using var answer = await browser.GetAsync(new Uri(page, UriKind.Relative), ct);
        }
    }
}
