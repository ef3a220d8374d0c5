using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace OpenHall.App;

/// <summary>The ground itself: commands, audit, events, live pages, sign-in.</summary>
public sealed class AppModule : Module
{
    public override IEnumerable<MenuPage> Menu => Operations.Menu;

    public override IEnumerable<Setting> Settings => Operations.Settings;

    public override void Add(IServiceCollection services)
    {
        services.AddScoped<Current>();
        services.AddScoped<Work>();
        services.AddScoped<ApprovalDraft>();
        services.AddSingleton<Texts>();
        services.AddSingleton<LiveHub>();
        services.AddFromPacks(AccountNames.Read);
        services.AddFromPacks(PackTariffs.Read);
        services.AddHostedService<PostgresListener>();
        services.AddExceptionHandler<RefusalHandler>();
        Operations.Add(services);
        services.AddScoped<ShellFacts>();
        services.AddScoped<IPaletteSource, PagesInPalette>();
    }

    public override void MapPages(IEndpointRouteBuilder pages)
    {
        LiveEndpoint.Map(pages);
        UiEndpoints.Map(pages);
        ViewEndpoints.Map(pages);
        SignOut.MapPages(pages);
        // The home of the person's post: where the mark in the head leads.
        pages.MapGet("/home", (Current current, Packs packs) => Results.LocalRedirect(Homes.Of(current, packs))).RequireAuthorization().ExcludeFromDescription();
        Operations.MapPages(pages);
    }

    public override void MapApi(IEndpointRouteBuilder api) => Operations.MapApi(api);
}
