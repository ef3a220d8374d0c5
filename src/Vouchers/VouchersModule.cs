using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Vouchers;

/// <summary>Receipt books and the receipts used from them.</summary>
public sealed class VouchersModule : Module
{
    public override IEnumerable<MenuPage> Menu => [new("/vouchers", "vouchers.title", "vouchers.see", "money", 10)];

    public override void Add(IServiceCollection services) => services.AddScoped<IDayCondition, ReceiptsWithoutGap>();

    public override void MapApi(IEndpointRouteBuilder api) => VouchersPages.MapApi(api);

    public override void MapPages(IEndpointRouteBuilder pages) => VouchersPages.Map(pages);
}
