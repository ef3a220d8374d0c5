using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>Meter readings, bill runs, bills and balances.</summary>
public sealed class BillingModule : Module
{
    public override IEnumerable<MenuPage> Menu =>
    [
        new("/readings", "billing.imports", "readings.import", "billing", 0),
        new("/routes", "routes.title", "routes.see", "billing", 5),
        new("/billrun", "billing.runs", "bills.run", "billing", 10),
        new("/given-prices", "given.title", "bills.run", "billing", 15),
        new("/bills/held", "billing.held", "bills.check", "billing", 20),
        new("/arrears", "arrears.title", "arrears.see", "billing", 25),
        new("/arrears/suspensions", "suspension.title", "arrears.see", "billing", 26),
        new("/agreements", "agreement.list", "arrears.see", "billing", 27),
        new("/writeoffs", "writeoff.list", "arrears.see", "billing", 28),
        new("/prepaid", "prepaid.title", "arrears.see", "billing", 29),
        new("/charges", "charges.title", "charges.see", "billing", 30),
        new("/whatif", "whatif.title", "bills.see", "billing", 40),
    ];

    public override void Add(IServiceCollection services)
    {
        services.AddFromPacks(BillingTerms.Read);
        services.AddFromPacks(BillChecks.Read);
        services.AddFromPacks(ReadingTerms.Read);
        services.AddScoped<TryTariff>().AddScoped<IDescribeApproval, DescribeWaiver>().AddScoped<IDescribeApproval, DescribeAdjustment>().AddScoped<IDescribeApproval, DescribeRebilling>();
        services.AddFromPacks(ArrearsLadder.Read);
        services.AddFromPacks(InstalmentTerms.Read);
        services.AddFromPacks(WriteOffTerms.Read);
        services.AddFromPacks(PrepaidTerms.Read);
        services.AddScoped<PrepaidLook>().AddSingleton(new AccountPart(typeof(PrepaidOfAccount)));
        services.AddScoped<IDescribeApproval, DescribeWriteOff>().AddSingleton(new AttachmentOwner(WriteOff.OwnerKind, "arrears.see", "writeoff.propose"));
        services.AddScoped<IDescribeApproval, DescribeAgreement>().AddSingleton(new AccountPart(typeof(AgreementOfAccount)));
        services.AddSingleton(new AccountPart(typeof(ArrearsOfAccount)));
        services.AddSingleton<LateFeeRules>().AddSingleton<LineSources>().AddScoped<FeeBills>().AddSingleton<BillMaker>();
        services.AddFromPacks(VatTerms.Read);
        services.AddSingleton<IntervalFileCheck>().AddSingleton<ReadingFileCheck>().AddSingleton<ReadingProgress>();
        services.AddSingleton<BillRunSignal>().AddHostedService<BillRunWorker>();
    }

    public override void MapApi(IEndpointRouteBuilder api)
    {
        BillingApi.Map(api);
        ArrearsPages.MapApi(api);
        RoutePages.MapApi(api);
        AgreementPages.MapApi(api);
        FinalPages.MapApi(api);
        WriteOffPages.MapApi(api);
        PrepaidPages.MapApi(api);
        GivenPricePages.MapApi(api);
    }

    public override void MapPages(IEndpointRouteBuilder pages)
    {
        BillingPages.Map(pages);
        ArrearsPages.Map(pages);
        RoutePages.Map(pages);
        AgreementPages.Map(pages);
        FinalPages.Map(pages);
        WriteOffPages.Map(pages);
        PrepaidPages.Map(pages);
        GivenPricePages.Map(pages);
    }
}
