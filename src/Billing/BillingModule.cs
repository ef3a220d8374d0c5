using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;

namespace OpenHall.Billing;

public sealed class BillingModule : Module
{
    public override void Add(IServiceCollection services)
    {
        services.AddFromPacks(BillingTerms.Read);
        services.AddSingleton<LateFeeRules>().AddSingleton<LineSources>().AddSingleton<BillMaker>();
        services.AddSingleton<ReadingFileCheck>().AddSingleton<ReadingProgress>();
        services.AddSingleton<BillRunSignal>().AddHostedService<BillRunWorker>();
    }
}
