using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;

namespace OpenHall.Catalog;

/// <summary>What a hall does for its visitors: queue services, service types and their papers, from the packs.</summary>
public sealed class CatalogModule : Module
{
    public override void Add(IServiceCollection services) => services.AddFromPacks(ServiceCatalog.Read).AddFromPacks(BusinessServices.Read);

    public override void MapApi(IEndpointRouteBuilder api) => api
        .MapGet("/services", (ServiceCatalog catalog) => new { catalog.Services, catalog.Types, catalog.Classes }).WithTags("Catalog")
        .WithSummary("Queue services, service types with their papers, and visitor classes of the packs in use.");
}
