using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Payments;

public sealed class PaymentsModule : Module
{
    public override void Add(IServiceCollection services)
    {
        services.AddFromPacks(PaymentTerms.Read);
        services.AddScoped<IDayCondition, TillsSettled>().AddScoped<IDayCondition, AccountsTillsReceipts>().AddScoped<IDayCondition, LedgerBalanced>();
        services.TryAddSingleton<PaymentChannel, SimulatedChannel>();
    }
}
