using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OpenHall.App;
using OpenHall.Host;
using OpenHall.Tests.Support;

namespace OpenHall.Bench;

/// <summary>The whole application on a fresh database in this process, with clerks and accounts, listening on loopback.</summary>
sealed class BenchHall : IAsyncDisposable
{
    private readonly string _folder;

    private BenchHall(WebApplication app, HallOptions options, string folder) => (App, Options, _folder) = (app, options, folder);

    public WebApplication App { get; }
    public HallOptions Options { get; }
    /// <summary>Statements sent to the database so far, each with its time.</summary>
    public StatementLog Statements { get; private init; } = new();
    public Uri Address => new(App.Urls.First());

    /// <summary>"sqlite" and "postgres", the latter where it is installed; only one of them where BENCH_ONLY names it.</summary>
    public static async Task<IReadOnlyList<string>> Databases()
    {
        IReadOnlyList<string> all = await PostgresServer.Durable is null ? ["sqlite"] : ["sqlite", "postgres"];
        return Environment.GetEnvironmentVariable("BENCH_ONLY") is { Length: > 0 } only ? [.. all.Where(d => d == only)] : all;
    }

    public static async Task<BenchHall> Open(string database, int clerks, int accounts)
    {
        var folder = Directory.CreateTempSubdirectory("openhall-bench-").FullName;
        var options = new HallOptions
        {
            DataFolder = folder, PacksFolder = TestHall.PacksFolder, Port = 0, RunsBackground = false, ApiCallsPerMinute = 0,
            Postgres = database == "postgres" ? await (await PostgresServer.Durable)!.CreateDatabase($"bench{Environment.TickCount64}") + ";Maximum Pool Size=60" : null,
        };
        var statements = new StatementLog();
        var app = HallApp.Build(options, TimeProvider.System, services =>
        {
            services.RemoveAll<ILoggerProvider>();
            services.AddSingleton<IInterceptor>(statements);
        });
        await HallApp.Prepare(app);
        if (clerks > 0) await PayingHall.Make(app.Services, clerks, accounts);
        await app.StartAsync();
        return new(app, options, folder) { Statements = statements };
    }

    /// <summary>Acts as somebody who may do everything everywhere.</summary>
    public async Task<T> Do<THandler, T>(Func<THandler, Task<T>> act) where THandler : notnull
    {
        await using var scope = App.Services.CreateAsyncScope();
        var packs = scope.ServiceProvider.GetRequiredService<Packs>();
        var user = new StaffUser { UserName = "bench", DisplayName = "bench", UnitPath = "/", Posts = "", Scope = DataScope.All };
        scope.ServiceProvider.GetRequiredService<Current>().Become(user, packs.PermissionsOf(packs.Posts.Keys));
        return await act(scope.ServiceProvider.GetRequiredService<THandler>());
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        Directory.Delete(_folder, true);
    }
}

/// <summary>Counts statements of EF and those written by hand; keeps the last thousand of EF's.</summary>
sealed class StatementLog : DbCommandInterceptor, IEnumerable<string>
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _last = new();
    private readonly System.Diagnostics.Metrics.MeterListener _meters = new() { InstrumentPublished = (instrument, l) => { if (instrument is { Name: "openhall.statements" }) l.EnableMeasurementEvents(instrument); } };
    private long _byHand;

    public StatementLog()
    {
        _meters.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _byHand, count));
        _meters.Start();
    }

    public long Count => _last.Count + _byHand;

    public void Clear()
    {
        _last.Clear();
        _byHand = 0;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData data, DbDataReader result, CancellationToken ct = default)
    {
        Note(command, data);
        return new(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData data, int result, CancellationToken ct = default)
    {
        Note(command, data);
        return new(result);
    }

    public IEnumerator<string> GetEnumerator() => _last.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    private void Note(DbCommand command, CommandExecutedEventData data)
    {
        if (_last.Count < 1000) _last.Enqueue($"{data.Duration.TotalMilliseconds:0.00} ms {command.CommandText.ReplaceLineEndings(" ")}");
    }
}

/// <summary>Times of many calls and what can be said of them.</summary>
sealed class Times
{
    private readonly List<double> _milliseconds = [];

    public void Add(TimeSpan took) => _milliseconds.Add(took.TotalMilliseconds);

    public void AddMilliseconds(double took) => _milliseconds.Add(took);

    public int Count => _milliseconds.Count;

    /// <param name="share">0.99: all but one in a hundred took less.</param>
    public double Percentile(double share)
    {
        _milliseconds.Sort();
        return _milliseconds[Math.Min(_milliseconds.Count - 1, (int)Math.Ceiling(_milliseconds.Count * share) - 1)];
    }
}
