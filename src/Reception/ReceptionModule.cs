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
        new("/appointments", "appointment.title", "queue.see", "lobby", 11),
        new("/forecast", "forecast.title", "queue.see", "lobby", 12),
        new("/queue-figures", "figures.title", "ratings.see", "manage", 39),
        new("/ratings", "reception.ratings", "ratings.see", "manage", 40),
    ];

    public override IEnumerable<Setting> Settings => [TicketView.PublicAddress, LastTickets.StopMinutes, QueueNorms.Wait, QueueNorms.Service, QueueNorms.Idle, QueueNorms.MostInLine, QueueNorms.Within, QueueNorms.PeakDays];

    public override void Add(IServiceCollection services)
    {
        services.AddSingleton<PastDays>();
        services.AddScoped<IDayCondition, VisitsEnded>();
        services.AddScoped<IDayCondition, CountersClosed>();
    }

    public override void MapApi(IEndpointRouteBuilder api)
    {
        ReceptionApi.Map(api);
        AppointmentPages.MapApi(api);
    }

    public override void MapPages(IEndpointRouteBuilder pages)
    {
        QueuePages.Map(pages);
        DevicePages.Map(pages);
        LobbyPages.Map(pages);
        LobbyPages.MapForecast(pages);
        AppointmentPages.Map(pages);
    }
}
