using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace OpenHall.App;

/// <summary>The ground itself: commands, audit, events, live pages, sign-in.</summary>
public sealed class AppModule : Module
{
    public override IEnumerable<MenuPage> Menu => [.. AccessPages.Menu, .. Operations.Menu];

    public override IEnumerable<Setting> Settings => Operations.Settings;

    public override void Add(IServiceCollection services)
    {
        services.AddScoped<Current>();
        services.AddScoped<Work>();
        services.AddScoped<ApprovalDraft>();
        services.AddScoped<IDescribeApproval, DescribeToken>();
        services.AddSingleton<Texts>();
        services.AddSingleton<LiveHub>();
        services.AddFromPacks(AccountNames.Read);
        services.AddFromPacks(PackTariffs.Read);
        services.AddHostedService<PostgresListener>();
        services.AddHostedService<PostgresAnnouncer>();
        services.AddExceptionHandler<RefusalHandler>();
        Operations.Add(services);
        services.AddScoped<ShellFacts>();
        services.AddScoped<IShellFact, AccessFacts>();
        services.AddScoped<IPaletteSource, PagesInPalette>();
    }

    public override void MapPages(IEndpointRouteBuilder pages)
    {
        LiveEndpoint.Map(pages);
        UiEndpoints.Map(pages);
        ViewEndpoints.Map(pages);
        AccessPages.MapPages(pages);
        Operations.MapPages(pages);
    }

    public override void MapApi(IEndpointRouteBuilder api)
    {
        AccessPages.MapApi(api);
        Operations.MapApi(api);
    }
}
