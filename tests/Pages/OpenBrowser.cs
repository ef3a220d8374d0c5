using Microsoft.Playwright;
using OpenHall.App;

namespace OpenHall.Tests.Pages;

/// <summary>One hall and one Chromium for all tests of the pages: a person for every post of the packs, each signed in once.</summary>
public sealed class OpenBrowser : IAsyncLifetime
{
    private readonly Dictionary<string, string> _signedIn = [];
    private readonly Lazy<Task<CounterHall>> _counter;
    private IPlaywright _playwright = null!;

    public OpenBrowser() => _counter = new(async () => await CounterHall.Open(Browser, await BothDatabasesAttribute.OnSqlite(), CounterHall.ManyCustomers));

    public TestHall Hall { get; private set; } = null!;
    public World World { get; private set; } = null!;
    public IBrowser Browser { get; private set; } = null!;
    public Uri Address { get; private set; } = null!;
    /// <summary>A hall of its own for what clerks' hands do; made when the first test asks for it.</summary>
    public Task<CounterHall> Counter => _counter.Value;

    /// <summary>Codes of the posts.</summary>
    public IReadOnlyList<string> Posts { get; private set; } = [];

    /// <summary>A page in the shell that everybody who is signed in may open.</summary>
    public const string AnyPage = "/changes";

    /// <summary>In place of a post: the clerk of the world, whose till is open.</summary>
    public const string AtTheCounter = "at the counter";

    /// <summary>Debian's Chromium, which asks nobody outside for anything.</summary>
    public static BrowserTypeLaunchOptions Chromium => new()
    {
        ExecutablePath = "/usr/bin/chromium",
        Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    };

    /// <summary>Where screenshots are kept.</summary>
    public static string Shots { get; } = Path.Combine(Root(), "artifacts", "pages");

    public async ValueTask InitializeAsync()
    {
        Hall = await BothDatabasesAttribute.OnSqlite();
        World = await World.Make(Hall);
        Address = await Hall.Start();
        Posts = [.. ((Packs)Hall.Services.GetService(typeof(Packs))!).Posts.Keys.Order()];
        foreach (var post in Posts) await Hall.HasStaff(NumberOf(post), post, World.Place.Id, "/zj/hz/h1/");
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(Chromium);
        Directory.CreateDirectory(Shots);
    }

    /// <summary>A page in a browser that speaks English, as that post, with what went wrong in it written down.</summary>
    /// <param name="post">Null: nobody is signed in.</param>
    public async Task<WatchedPage> Open(string? post = null, bool english = false, string theme = "light", int width = 1366, int height = 768)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = Address.ToString(), Locale = "en-US", ViewportSize = new() { Width = width, Height = height },
            StorageState = post is null ? null : await SignedIn(post),
        });
        var cookies = new List<Cookie> { new() { Name = "theme", Value = theme, Url = Address.ToString() } };
        if (english) cookies.Add(new() { Name = ".AspNetCore.Culture", Value = "c%3Dzh-CN%7Cuic%3Den", Url = Address.ToString() });
        await context.AddCookiesAsync(cookies);
        return new(await context.NewPageAsync());
    }

    private static string NumberOf(string post) => post == AtTheCounter ? World.ClerkNumber : "P" + post;

    private async Task<string> SignedIn(string post)
    {
        if (_signedIn.TryGetValue(post, out var state)) return state;
        var context = await Browser.NewContextAsync(new() { BaseURL = Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/signin");
        await page.FillAsync("[name=StaffNumber]", NumberOf(post));
        await page.FillAsync("[name=Password]", StaffInTests.Password);
        await page.PressAsync("[name=Password]", "Enter");
        await page.Arrives("^(?!.*/signin)");
        state = _signedIn[post] = await context.StorageStateAsync();
        await context.CloseAsync();
        return state;
    }

    public async ValueTask DisposeAsync()
    {
        if (_counter.IsValueCreated) await (await _counter.Value).DisposeAsync();
        await Browser.CloseAsync();
        _playwright.Dispose();
        await Hall.DisposeAsync();
    }

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OpenHall.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}

[CollectionDefinition("browser")]
public sealed class BrowserCollection : ICollectionFixture<OpenBrowser>;
