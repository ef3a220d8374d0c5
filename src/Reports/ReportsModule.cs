using Microsoft.AspNetCore.Routing;
using OpenHall.App;

namespace OpenHall.Reports;

/// <summary>What is looked at over all the others: dashboards of hall, city and province.</summary>
public sealed class ReportsModule : Module
{
    public override IEnumerable<MenuPage> Menu => [new("/dashboard", "dashboard.title", "dashboard.see", "manage", 5)];

    public override void MapApi(IEndpointRouteBuilder api) => DashboardPages.MapApi(api);

    public override void MapPages(IEndpointRouteBuilder pages) => DashboardPages.Map(pages);
}
