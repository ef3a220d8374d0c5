using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpenHall.Demo;
using OpenHall.Host;

namespace OpenHall.Tests.Pages;

/// <summary>A small demo province, its last day closed and today's prepared, and browsers for each of the people in it.</summary>
public sealed class DemoBrowser : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("openhall-test-").FullName;
    private WebApplication _app = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public IServiceProvider Services => _app.Services;

    public Actors Actors { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var clock = new SimulatedClock();
        _app = HallApp.Build(new HallOptions { DataFolder = _folder, PacksFolder = TestHall.PacksFolder, Port = 0, IsDemo = true }, clock,
            services => services.Configure<PasswordHasherOptions>(o => o.IterationCount = TestHall.PasswordRounds));
        await HallApp.Prepare(_app);
        await new DemoHistory(_app.Services, clock, new DemoSize(Accounts: 60, Days: 1, VisitorsADay: 10, Months: 2, OpensToday: false), new Progress<(string, int)>()).Make(CancellationToken.None);
        await _app.StartAsync();
        Actors = new(_app.Services);
        await Actors.Know(CancellationToken.None);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(OpenBrowser.Chromium);
        Directory.CreateDirectory(OpenBrowser.Shots);
    }

    /// <summary>A browser of its own in which nobody is signed in: a kiosk, a board, a telephone.</summary>
    /// <param name="scale">Size of its pictures.</param>
    public async Task<WatchedPage> Device(int width = 1080, int height = 1920, float scale = 1) =>
        new(await (await _browser.NewContextAsync(new() { BaseURL = _app.Urls.First(), ViewportSize = new() { Width = width, Height = height }, DeviceScaleFactor = scale, Locale = "zh-CN" })).NewPageAsync());

    /// <summary>A browser in which that person has signed in with the keyboard.</summary>
    public async Task<WatchedPage> SignedIn(string number)
    {
        var watched = await Device(1366, 768);
        await watched.Go("/signin");
        await watched.Page.FillAsync("[name=StaffNumber]", number);
        await watched.Page.FillAsync("[name=Password]", Province.Password);
        await watched.Page.PressAsync("[name=Password]", "Enter");
        await watched.Page.Arrives("^(?!.*/signin)");
        return watched;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, true);
    }
}

[CollectionDefinition("demo")]
public sealed class DemoCollection : ICollectionFixture<DemoBrowser>;
