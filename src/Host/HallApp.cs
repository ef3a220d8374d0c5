using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Catalog;
using OpenHall.Customers;
using OpenHall.Duties;
using OpenHall.Halls;
using OpenHall.Host.Api;
using OpenHall.Host.Watching;
using OpenHall.Orders;
using OpenHall.Payments;
using OpenHall.People;
using OpenHall.Reception;
using OpenHall.Reconciliation;
using OpenHall.Reports;
using OpenHall.Stock;
using OpenHall.Vouchers;

namespace OpenHall.Host;

/// <summary>Puts the whole application together. Tests start the same one on a free port.</summary>
public static class HallApp
{
    /// <summary>The house's modules, lower ones first: the project references in one list.</summary>
    public static readonly IReadOnlyList<Module> Modules =
    [
        new AppModule(),
        new HallsModule(),
        new PeopleModule(),
        new CustomersModule(),
        new CatalogModule(),
        new ReceptionModule(),
        new VouchersModule(),
        new BillingModule(),
        new PaymentsModule(),
        new StockModule(),
        new OrdersModule(),
        new DutiesModule(),
        new ReconciliationModule(),
        new ReportsModule(),
    ];

    /// <summary>What is under way when the program is told to stop may take so long.</summary>
    public static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(20);

    /// <summary>Settings are read once: a watcher on every file would use up the machine's few, where many halls run side by side.</summary>
    private static readonly string[] NoWatching = ["--hostBuilder:reloadConfigOnChange=false"];

    /// <param name="clock">The time that everything goes by; the simulator and tests bring their own.</param>
    /// <param name="with">Further services, added last.</param>
    public static WebApplication Build(HallOptions options, TimeProvider clock, Action<IServiceCollection>? with = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "openhall", ContentRootPath = AppContext.BaseDirectory, Args = NoWatching });
        builder.WebHost.UseKestrelHttpsConfiguration().UseStaticWebAssets();
        // Otherwise files of a build are packed anew at every request, and hardly: 150 KB of scripts and styles instead of 42.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.WebHost.ConfigureKestrel(kestrel => Addresses.Listen(kestrel, options));
        Logs.Configure(builder.Logging, options);
        var services = builder.Services;
        services.AddSingleton(options).AddSingleton(clock).AddSingleton(new DataFolder(options.DataFolder)).AddSingleton(new BackgroundSwitch(options.RunsBackground));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);
        services.AddSingleton<Readiness>().AddHostedService<WarmUp>();
        Telemetry.Add(services, options);
        // Pages carry no secret beside a token that is new each time, so compressing them over HTTPS gives nothing away.
        services.AddResponseCompression(o => o.EnableForHttps = true);
        services.AddSingleton(_ => Packs.Read(options.PacksFolder, ["base", .. options.Packs]));
        services.AddHallDb(new Database(options.ConnectionString) { WaitsForDisk = !options.IsBeingMade });
        services.AddModules(Modules);
        services.AddScoped<IShellFact, DemoInBar>();
        ApiConventions.Add(services, options);
        services.AddRazorComponents();
        services.AddAccess();
        services.AddRequestLocalization(languages =>
        {
            languages.SetDefaultCulture("zh-CN").AddSupportedCultures("zh-CN").AddSupportedUICultures("zh-CN", "en");
            // Only the cookie: an English browser still gets Chinese first.
            languages.RequestCultureProviders = [new Microsoft.AspNetCore.Localization.CookieRequestCultureProvider()];
        });
        with?.Invoke(services);

        var app = builder.Build();
        app.UseResponseCompression();
        app.UseMiddleware<RequestLog>();
        Telemetry.Use(app);
        app.UseErrors();
        app.UseRequestLocalization();
        app.UseAccess();
        app.UseRateLimiter();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<Root>().AddAdditionalAssemblies([.. Modules.Select(m => m.Assembly).Distinct().Where(a => a != typeof(Root).Assembly)]);
        // Visitors' endpoints say AllowAnonymous; the rest needs a person or an API token, and the commands their permissions.
        var api = app.MapGroup(ApiConventions.Root).RequireAuthorization().DisableAntiforgery().WithConventions();
        foreach (var module in Modules)
        {
            module.MapApi(api);
            module.MapPages(app);
        }

        ApiDocument.Map(app);
        Health.Map(app);
        return app;
    }

    /// <summary>Before the first request: packs checked, database up to date, insert-only tables guarded.</summary>
    public static async Task Prepare(WebApplication app, CancellationToken ct = default)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HallDb>();
        // Making the model is the longest piece of a start; the packs are read meanwhile.
        var model = Task.Run(() => db.Model, ct);
        foreach (var part in app.Services.GetServices<PackPart>()) part.Read(app.Services);
        app.Services.GetRequiredService<Packs>().ThrowIfWrong();
        Directory.CreateDirectory(app.Services.GetRequiredService<HallOptions>().DataFolder);
        await model;
        await db.Prepare(ct);
        app.Services.GetRequiredService<KeyRenewal>().RenewSoon();
        await Installation.MarkOrCheck(db, app.Services.GetRequiredService<HallOptions>().IsDemo, app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, ct);
    }
}
