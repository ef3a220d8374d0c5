using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Catalog;
using OpenHall.Customers;

namespace OpenHall.Orders;

/// <summary>Business orders: acceptance at the counter, stages on work lists, mechanisms that act on accounts.</summary>
public sealed class OrdersModule : Module
{
    /// <summary>Kind of attachments that belong to an order, by its number.</summary>
    public const string OrderPapers = "order";

    public override IEnumerable<MenuPage> Menu =>
    [
        new("/orders/new", "order.take", "orders.take", "counter", 20),
        new("/orders/work", "order.work", "orders.work", "counter", 21),
        new("/orders", "order.title", "orders.see", "counter", 22),
    ];

    public override void Add(IServiceCollection services)
    {
        foreach (var effect in typeof(OrdersModule).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IServiceEffect).IsAssignableFrom(t))) services.AddScoped(typeof(IServiceEffect), effect);
        services.AddScoped<ServiceEffects>().AddScoped<OrderFlow>().AddScoped<KnownFacts>();
        services.AddScoped<IDescribeApproval, DescribeOrderReversal>().AddScoped<IPaletteSource, OrdersInPalette>();
        services.AddSingleton(new AttachmentOwner(OrderPapers, "orders.see", "orders.see"));
        services.AddSingleton(new AccountPart(typeof(OrdersOfAccount))).AddSingleton(new CustomerPart(typeof(OrdersOfCustomer)));
        // Effects have rows to read and so live in a scope; their names are looked at once.
        services.AddSingleton(new PackPart(s =>
        {
            using var scope = s.CreateScope();
            scope.ServiceProvider.GetRequiredService<ServiceEffects>().Check(s.GetRequiredService<BusinessServices>());
        }));
    }

    public override void MapApi(IEndpointRouteBuilder api) => OrdersApi.Map(api);

    public override void MapPages(IEndpointRouteBuilder pages) => OrderPages.Map(pages);
}
