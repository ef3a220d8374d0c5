using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Customers;

/// <summary>What the forms of the customers' pages send.</summary>
static class CustomerPages
{
    public sealed record OpenForm(
        Guid RequestId, string? CustomerNumber, CustomerKind Kind, string? Name, string? PaperNumber, string? Phone, bool HasConsented,
        string? Address, string? MeterNumber, string? TariffCode, string? MeterDigits, string? Multiplier, Voltage Voltage, string? Persons, string? FreeQuotaKind, bool IsCombinedMeter, bool ChoosesCombinedPrice,
        DateOnly? OpenedOn, string? FirstReading);

    public sealed record SupplyForm(
        Guid RequestId, string? AccountNumber, string? Address, string? MeterNumber, string? TariffCode, string? MeterDigits, string? Multiplier, Voltage Voltage, string? Persons, string? FreeQuotaKind,
        bool IsCombinedMeter, bool ChoosesCombinedPrice);

    public sealed record CustomerForm(Guid RequestId, string? Number, string? Name, string? PaperNumber, string? Phone);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/accounts/open", async ([FromForm] OpenForm f, OpenAccount open, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var customer = f.CustomerNumber is null ? new CustomerFields(f.Kind, f.Name, f.PaperNumber, f.Phone, f.HasConsented) : null;
            var place = new SupplyPointFields(f.MeterNumber, Number(f.MeterDigits), (int)Math.Min(Whole(f.Multiplier), int.MaxValue), f.Address, f.TariffCode, f.Voltage, Number(f.Persons), f.FreeQuotaKind, f.IsCombinedMeter, f.ChoosesCombinedPrice);
            Refused.IfField(f.OpenedOn is null, "OpenedOn", "account.day_missing");
            var opened = await open.Handle(new(f.RequestId, f.CustomerNumber, customer, place, null, f.OpenedOn!.Value, Wh(f.FirstReading)), ct);
            return Fragment.Go(http, $"/account/{opened.AccountNumber}", texts["customers.opened_said", opened.AccountNumber]);
        }).RequireAuthorization("customers.open").ExcludeFromDescription();
        pages.MapPost("/account/supply", async ([FromForm] SupplyForm f, ChangeSupplyPoint change, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var place = new SupplyPointFields(f.MeterNumber, Number(f.MeterDigits), (int)Math.Min(Whole(f.Multiplier), int.MaxValue), f.Address, f.TariffCode, f.Voltage, Number(f.Persons), f.FreeQuotaKind, f.IsCombinedMeter, f.ChoosesCombinedPrice);
            var changed = await change.Handle(new(f.RequestId, f.AccountNumber ?? "", place), ct);
            return Fragment.Go(http, $"/account/{f.AccountNumber}", texts["customers.changed_said", changed]);
        }).RequireAuthorization("customers.open").ExcludeFromDescription();
        pages.MapPost("/customers/change", async ([FromForm] CustomerForm f, ChangeCustomer change, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var changed = await change.Handle(new(f.RequestId, f.Number ?? "", new(default, f.Name, f.PaperNumber, f.Phone, true)), ct);
            return Fragment.Go(http, $"/customers/{f.Number}", texts["customers.changed_said", changed]);
        }).RequireAuthorization("customers.open").ExcludeFromDescription();
        pages.MapPost("/customers/unmask", async ([FromForm] UnmaskCustomer.Command command, UnmaskCustomer unmask, CancellationToken ct) =>
            Fragment.Of<FullData>(new { Full = await unmask.Handle(command, ct) })).RequireAuthorization("customers.unmask").ExcludeFromDescription();
        pages.MapPost("/account/close", async ([FromForm] CloseAccount.Command command, CloseAccount close, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            await close.Handle(command, ct);
            return Fragment.Go(http, $"/account/{command.AccountNumber}", texts["customers.closed_said"]);
        }).RequireAuthorization("customers.open").ExcludeFromDescription();
    }

    private static short Number(string? text) => (short)Math.Min(Whole(text), short.MaxValue);

    /// <summary>What is no whole number becomes −1, which the command refuses beside its field.</summary>
    private static long Whole(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static long Wh(string? kwh) =>
        decimal.TryParse(kwh, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= 1_000_000_000m && value * 1000m == decimal.Truncate(value * 1000m) ? (long)(value * 1000m) : -1;
}
