using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;

namespace OpenHall.Halls;

/// <summary>Organisation tree, halls, counters, devices, business day.</summary>
public sealed class HallsModule : Module
{
    public override IEnumerable<MenuPage> Menu =>
    [
        new("/day", "day.title", "day.see", "manage", 10),
        new("/admin/halls", "halls.title", "admin.halls", "admin", 20),
    ];

    public override void Add(IServiceCollection services) => services.AddScoped<IShellFact, HallInBar>().AddScoped<IDescribeApproval, DescribeDayReopening>().AddScoped<UnitNames>();

    public override void MapApi(IEndpointRouteBuilder api) => HallsApi.Map(api);

    public override void MapPages(IEndpointRouteBuilder pages) => HallsPages.Map(pages);
}
