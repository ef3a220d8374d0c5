using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;

namespace OpenHall.Reconciliation;

/// <summary>Statements of banks and channels against the books, and what does not agree.</summary>
public sealed class ReconciliationModule : Module
{
    public override IEnumerable<MenuPage> Menu =>
    [
        new("/bank", "bank.title", "bank.see", "money", 30),
        new("/bank/findings", "finding.title", "bank.see", "money", 31),
    ];

    public override void Add(IServiceCollection services)
    {
        services.AddFromPacks(StatementLayouts.Read);
        services.AddFromPacks(StatementTerms.Read);
        services.AddSingleton<StatementReader>().AddSingleton<Matching>();
    }

    public override void MapApi(IEndpointRouteBuilder api) => ReconciliationApi.Map(api);

    public override void MapPages(IEndpointRouteBuilder pages) => BankPages.Map(pages);
}
