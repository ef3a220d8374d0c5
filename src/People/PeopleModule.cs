using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;

namespace OpenHall.People;

public sealed class PeopleModule : Module
{
    public override IEnumerable<MenuPage> Menu => [new("/admin/staff", "people.staff", "admin.staff", "admin", 10)];

    public override void Add(IServiceCollection services)
    {
        services.AddSingleton<StartCode>();
        services.AddHostedService<FirstStartNotice>();
        foreach (var operation in new[] { nameof(CreateStaff), nameof(ChangeRights) })
            services.AddScoped<IDescribeApproval>(s => new DescribeRights(operation, s.GetRequiredService<Packs>(), s.GetRequiredService<Texts>()));
    }

    public override void MapApi(IEndpointRouteBuilder api) => StaffEndpoints.MapApi(api);

    public override void MapPages(IEndpointRouteBuilder pages) => StaffEndpoints.MapPages(pages);
}
