using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Duties;

/// <summary>What every post has to do: plans of the packs, one's own day, proof, board.</summary>
public sealed class DutiesModule : Module
{
    public override IEnumerable<MenuPage> Menu =>
    [
        new("/my-day", "myday.title", "duties.do", "counter", 5),
        new("/hand-over", "handover.title", "duties.hand_over", "counter", 25),
        new("/duties", "duties.title", "duties.see", "manage", 12),
        new("/duties/list", "duties.list", "duties.see", "manage", 13),
        new("/duties/faults", "fault.title", "duties.see", "manage", 14),
        new("/duties/log", "dutylog.title", "duties.see", "manage", 15),
    ];

    public override void Add(IServiceCollection services)
    {
        services.AddFromPacks(DutyPlans.Read);
        services.AddFromPacks(HandOverThings.Read);
        services.AddScoped<SystemFacts>();
        services.AddScoped<IDayCondition, DutiesDone>();
        services.AddScoped<IShellFact, DutiesInBar>();
        services.AddScoped<IDescribeApproval, DescribeException>();
        services.AddSingleton(new AttachmentOwner(DutyFiles.Kind, "duties.do", "duties.do"));
    }

    public override void MapApi(IEndpointRouteBuilder api)
    {
        DutiesApi.Map(api);
        HandOverPages.MapApi(api);
    }

    public override void MapPages(IEndpointRouteBuilder pages)
    {
        MyDayPages.Map(pages);
        BoardPages.Map(pages);
        MeetingPages.Map(pages);
        LogPages.Map(pages);
        HandOverPages.Map(pages);
    }
}
