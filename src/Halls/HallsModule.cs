using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;

namespace OpenHall.Halls;

public sealed class HallsModule : Module
{
    public override void Add(IServiceCollection services) => services.AddScoped<IShellFact, HallInBar>();
}
