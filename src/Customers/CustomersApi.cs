using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;

namespace OpenHall.Customers;

/// <summary>Customers and accounts for programs; masked as on the pages.</summary>
static class CustomersApi
{
    /// <summary>An account as programs see it.</summary>
    public sealed record AccountNow(
        string Number, string CustomerNumber, string Name, string Phone, string Address, string MeterNumber, short MeterDigits, int Multiplier, string TariffCode, Voltage Voltage, int? ContractKva, short Persons,
        string? FreeQuotaKind, bool IsCombinedMeter, AccountState State, DateTime OpenedAtUtc);

    /// <param name="Words">What somebody looks for, at most 60 characters.</param>
    public sealed record Looked(string? Words);

    public static void Map(IEndpointRouteBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("Accounts");
        accounts.MapGet("/", async (HttpRequest request, CustomerList list, CancellationToken ct) =>
        {
            var (rows, total) = await list.Page(ListQuery.Of(request), ct);
            return new { total, rows };
        }).RequireAuthorization("customers.see").WithName("accounts").WithSummary("Accounts, page by page: q, state, tariff, sort, page, size.");
        accounts.MapPost("/find", (Looked looked, FindAccounts find, CancellationToken ct) => find.Find(looked.Words, ct)).RequireAuthorization("customers.see").WithName("findAccounts")
            .WithSummary("Search as you type: number, name, pinyin, telephone, meter, address; exact matches first. The words are in the body: names and telephones have no place in an address.");
        accounts.MapGet("/{number}", async (string number, CustomerFile files, CancellationToken ct) => Of(await files.OfAccount(number, ct))).RequireAuthorization("customers.see").WithName("account");
        accounts.MapPost("/", (OpenAccount.Command command, OpenAccount open, CancellationToken ct) => open.Handle(command, ct)).RequireAuthorization("customers.open").WithName("openAccount");
        accounts.MapPost("/supply", (ChangeSupplyPoint.Command command, ChangeSupplyPoint change, CancellationToken ct) => change.Handle(command, ct)).RequireAuthorization("customers.open").WithName("changeSupplyPoint");
        accounts.MapPost("/close", (CloseAccount.Command command, CloseAccount close, CancellationToken ct) => close.Handle(command, ct)).RequireAuthorization("customers.open").WithName("closeAccount");
        var customers = api.MapGroup("/customers").WithTags("Customers");
        customers.MapPost("/change", (ChangeCustomer.Command command, ChangeCustomer change, CancellationToken ct) => change.Handle(command, ct)).RequireAuthorization("customers.open").WithName("changeCustomer");
        customers.MapPost("/unmask", (UnmaskCustomer.Command command, UnmaskCustomer unmask, CancellationToken ct) => unmask.Handle(command, ct)).RequireAuthorization("customers.unmask").WithName("unmaskCustomer");
        customers.MapGet("/{number}/access", async (string number, CustomerFile files, CancellationToken ct) =>
        {
            var (customer, _) = await files.OfCustomer(number, ct);
            return (await files.Looks(customer.Id, ct)).Select(l => new { l.AtUtc, l.StaffNumber, l.SeenByName, l.HallId, l.Reason });
        }).RequireAuthorization("customers.see").WithName("customerAccess");
    }

    private static AccountNow Of(AccountFile f) => new(
        f.Account.Number, f.Customer.Number, f.Customer.MaskedName, f.Customer.MaskedPhone, f.MaskedAddress, f.Point.MeterNumber, f.Point.MeterDigits, f.Point.Multiplier, f.Point.TariffCode, f.Point.Voltage, f.Point.ContractKva, f.Point.Persons,
        f.Point.FreeQuotaKind, f.Point.IsCombinedMeter, f.Account.State, f.Account.OpenedAtUtc);
}
