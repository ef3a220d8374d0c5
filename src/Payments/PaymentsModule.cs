using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Halls;

namespace OpenHall.Payments;

/// <summary>Tills, tenders, payments, reversals, receipts as printed, settlement, and the clerk's workbench.</summary>
public sealed class PaymentsModule : Module
{
    public override IEnumerable<MenuPage> Menu =>
    [
        new("/", "workbench.title", "payments.take", "counter", 0),
        new("/shift", "shift.title", "tills.open", "counter", 10),
        new("/receipt", "receipt.page", "receipts.see", "counter", 20),
        new("/settlement", "settlement.title", "tills.settlement", "money", 0),
        new("/debits", "debit.title", "debits.see", "money", 30),
        new("/safe", "safe.title", "safe.see", "money", 5),
    ];

    public override void Add(IServiceCollection services)
    {
        services.AddFromPacks(PaymentTerms.Read);
        services.AddScoped<IDayCondition, TillsSettled>().AddScoped<IDayCondition, AccountsTillsReceipts>().AddScoped<IDayCondition, LedgerBalanced>().AddScoped<IDayCondition, SafeInOrder>().AddScoped<IDayCondition, DebitsBooked>();
        services.AddScoped<IDescribeApproval, DescribeReversal>().AddScoped<IDescribeApproval, DescribeReopening>().AddScoped<IDescribeApproval, DescribeClosingFor>();
        services.AddFromPacks(DebitBanks.Read);
        services.AddScoped<DueDebits>().AddScoped<IDescribeApproval, DescribeDebits>().AddScoped<IDescribeApproval, DescribeDebitReturn>().AddSingleton(s => DebitsAtBank.Waiting(s.GetRequiredService<DebitBanks>())).AddSingleton(new AccountPart(typeof(DebitOfAccount)));
        services.AddSingleton(new AccountPart(typeof(AccountPayments)));
        services.TryAddSingleton<PaymentChannel, SimulatedChannel>();
        services.AddHostedService<UnansweredOrders>().AddHostedService<DebitWorker>();
    }

    public override void MapApi(IEndpointRouteBuilder api)
    {
        PaymentsApi.Map(api);
        DebitPages.MapApi(api);
        SafePages.MapApi(api);
    }

    public override void MapPages(IEndpointRouteBuilder pages)
    {
        WorkbenchPages.Map(pages);
        ReceiptPages.Map(pages);
        TillPages.Map(pages);
        DebitPages.Map(pages);
        SafePages.Map(pages);
    }
}
