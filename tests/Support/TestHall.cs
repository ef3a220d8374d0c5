using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OpenHall.App;
using OpenHall.Host;

namespace OpenHall.Tests.Support;

/// <summary>The real application on a real, empty database. Module tests give it intents of their own by extension methods
/// (<c>extension(TestHall hall)</c>) in the file of the capability.</summary>
public sealed class TestHall : IAsyncDisposable
{
    /// <summary>Of a test's passwords, where the product's own count would take most of the time of a sign-in.</summary>
    public const int PasswordRounds = 1_000;

    private readonly string _connection;
    private readonly string _folder;
    private WebApplication _app = null!;
    private HttpClient? _http;

    private TestHall(string connection, string folder) => (_connection, _folder) = (connection, folder);

    /// <summary>What was logged.</summary>
    public LogLines Logs { get; } = new();

    /// <summary>The hall's data folder.</summary>
    public string Folder => _folder;

    public TestClock Clock { get; } = new();

    public IServiceProvider Services => _app.Services;

    public bool IsPostgres => Services.GetRequiredService<Database>().IsPostgres;

    /// <summary>Address of the started application, on HTTP; starts it at first use.</summary>
    public async Task<Uri> Start()
    {
        if (_app.Urls.Count == 0 || _http is null)
        {
            await _app.StartAsync();
            _http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        }

        return _http.BaseAddress!;
    }

    public async Task<HttpClient> Http()
    {
        await Start();
        return _http!;
    }

    /// <summary>Runs a handler as a person with the given permissions: <c>hall.As("payments.take").Do((TakePayment take) => take.Handle(command))</c>.</summary>
    public Person As(params string[] permissions) => new(this, Guid.CreateVersion7(), null, permissions);

    public Person As(Guid userId, Guid? hallId, params string[] permissions) => new(this, userId, hallId, permissions);

    /// <summary>Reads the database as it is.</summary>
    public async Task<T> Read<T>(Func<HallDb, Task<T>> query)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<HallDb>>().CreateDbContextAsync();
        return await query(db);
    }

    internal static async Task<TestHall> Open(string connectionString, string folder)
    {
        var hall = new TestHall(connectionString, folder);
        await hall.Build();
        return hall;
    }

    /// <summary>The application ends and another one begins on the same data.</summary>
    public async Task Restart()
    {
        _http?.Dispose();
        _http = null;
        await _app.DisposeAsync();
        await Build();
    }

    private async Task Build()
    {
        var options = new HallOptions { DataFolder = _folder, PacksFolder = PacksFolder, Postgres = _connection.Contains("Host=") ? _connection : null, Port = 0, RunsBackground = false };
        _app = HallApp.Build(options, Clock, services =>
        {
            services.RemoveAll<ILoggerProvider>();
            services.AddSingleton<ILoggerProvider>(Logs);
            services.AddSingleton<IInterceptor, BucketGuard>();
            services.Configure<PasswordHasherOptions>(o => o.IterationCount = PasswordRounds);
        });
        await HallApp.Prepare(_app);
    }

    public static string PacksFolder { get; } = Path.Combine(AppContext.BaseDirectory, "packs");

    public async ValueTask DisposeAsync()
    {
        if (_app is null) return;
        _http?.Dispose();
        var database = Services.GetRequiredService<Database>();
        await _app.DisposeAsync();
        // The runner remembers every hall it has shown to a test; what hangs on it can go.
        _app = null!;
        if (database.IsPostgres)
        {
            // Hundreds of halls share the server: none keeps its connections.
            await using var pooled = new Npgsql.NpgsqlConnection(database.ConnectionString);
            Npgsql.NpgsqlConnection.ClearPool(pooled);
        }

        if (IsFolderOurs) Directory.Delete(_folder, true);
    }

    private bool IsFolderOurs => Path.GetFileName(_folder).StartsWith("openhall-test-", StringComparison.Ordinal);
}

/// <summary>Somebody at work in a test hall.</summary>
public sealed class Person(TestHall hall, Guid userId, Guid? hallId, string[] permissions)
{
    private string _unitPath = "/";
    private DataScope _scope = DataScope.All;
    private string _posts = "";

    public Guid UserId => userId;

    /// <summary>The same person with another unit and data scope.</summary>
    public Person Within(string unitPath, DataScope scope) => new(hall, userId, hallId, permissions) { _unitPath = unitPath, _scope = scope, _posts = _posts };

    /// <summary>The same person holding these posts.</summary>
    public Person Holding(params string[] posts) => new(hall, userId, hallId, permissions) { _unitPath = _unitPath, _scope = _scope, _posts = string.Join(' ', posts) };

    public async Task<T> Do<THandler, T>(Func<THandler, Task<T>> act) where THandler : notnull
    {
        await using var scope = hall.Services.CreateAsyncScope();
        var user = new StaffUser { Id = userId, UserName = "t" + userId.ToString("N")[^6..], DisplayName = "测试", UnitPath = _unitPath, Posts = _posts, HallId = hallId, Scope = _scope };
        scope.ServiceProvider.GetRequiredService<Current>().Become(user, permissions.ToHashSet());
        return await act(scope.ServiceProvider.GetRequiredService<THandler>());
    }
}
