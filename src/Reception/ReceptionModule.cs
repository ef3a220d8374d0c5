using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Reception;

/// <summary>The hall's queue: visits, tickets, calling, kiosk, boards, second screens, ratings.</summary>
public sealed class ReceptionModule : Module
{
    public override void Add(IServiceCollection services)
    {
        services.AddScoped<IDayCondition, VisitsEnded>();
        services.AddScoped<IDayCondition, CountersClosed>();
    }

    public override void MapPages(IEndpointRouteBuilder pages)
    {
        QueuePages.Map(pages);
        DevicePages.Map(pages);
    }
}
