using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Vouchers;

public sealed class VouchersModule : Module
{
    public override void Add(IServiceCollection services) => services.AddScoped<IDayCondition, ReceiptsWithoutGap>();
}
