using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;

namespace OpenHall.Customers;

/// <summary>Parties, their accounts and supply points; masked data; search.</summary>
public sealed class CustomersModule : Module
{
    /// <summary>Kind of attachments that belong to a customer: papers, forms, contracts; by customer number.</summary>
    public const string CustomerPapers = "customer";

    public override IEnumerable<MenuPage> Menu => [new("/customers", "customers.title", "customers.see", "counter", 30)];

    public override void Add(IServiceCollection services) => services
        .AddScoped<IPaletteSource, AccountsInPalette>()
        .AddScoped<StartSupply>()
        .AddSingleton(new AttachmentOwner(CustomerPapers, "customers.see", "customers.open"));

    public override void MapApi(IEndpointRouteBuilder api) => CustomersApi.Map(api);

    public override void MapPages(IEndpointRouteBuilder pages) => CustomerPages.Map(pages);
}

/// <summary>Accounts in the palette (Ctrl+K), for those who may see them.</summary>
sealed class AccountsInPalette(FindAccounts find, Current current) : IPaletteSource
{
    public (string TextKey, int Order) Heading => ("customers.title", 10);

    public async Task<IReadOnlyList<PaletteHit>> Find(string words, CancellationToken ct) => !current.Can("customers.see") ? [] :
        [.. (await find.Find(words, ct)).Take(PaletteHit.MaxHits).Select(h => new PaletteHit("/account/" + h.AccountNumber, $"{h.Name} {h.AccountNumber}", $"{h.Phone} · {h.Address}", "customer"))];
}
