using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Reception;

/// <summary>The hall's queue: visits, tickets, calling, kiosk, boards, second screens, ratings.</summary>
public sealed class ReceptionModule : Module
{
    public override IEnumerable<MenuPage> Menu =>
    [
        new("/lobby", "reception.lobby", "queue.see", "lobby", 10),
        new("/ratings", "reception.ratings", "ratings.see", "manage", 40),
    ];

    public override IEnumerable<Setting> Settings => [TicketView.PublicAddress, LastTickets.StopMinutes];

    public override void Add(IServiceCollection services)
    {
        services.AddScoped<IDayCondition, VisitsEnded>();
        services.AddScoped<IDayCondition, CountersClosed>();
    }

    public override void MapApi(IEndpointRouteBuilder api) => ReceptionApi.Map(api);

    public override void MapPages(IEndpointRouteBuilder pages)
    {
        QueuePages.Map(pages);
        DevicePages.Map(pages);
        LobbyPages.Map(pages);
    }
}
