using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Customers;

/// <summary>What the forms of the customers' pages send. Properties, not parameters: a field that a form leaves out is nothing, not a mistake.</summary>
static class CustomerPages
{
    /// <summary>What both forms say of the supply point.</summary>
    public record PlaceForm
    {
        public string? Address { get; init; }
        public string? MeterNumber { get; init; }
        public string? TariffCode { get; init; }
        public string? MeterDigits { get; init; }
        public string? Multiplier { get; init; }
        public Voltage Voltage { get; init; }
        public string? Persons { get; init; }
        public string? ContractKva { get; init; }
        public string? FreeQuotaKind { get; init; }
        public bool IsCombinedMeter { get; init; }
        public bool ChoosesCombinedPrice { get; init; }

        public SupplyPointFields Fields() => new(
            MeterNumber, Number(MeterDigits), (int)Math.Min(Whole(Multiplier), int.MaxValue), Address, TariffCode, Voltage, Number(Persons), FreeQuotaKind, IsCombinedMeter, ChoosesCombinedPrice,
            string.IsNullOrWhiteSpace(ContractKva) ? null : (int)Math.Min(Whole(ContractKva), int.MaxValue));
    }

    public sealed record OpenForm : PlaceForm
    {
        public Guid RequestId { get; init; }
        public string? CustomerNumber { get; init; }
        public CustomerKind Kind { get; init; }
        public string? Name { get; init; }
        public string? PaperNumber { get; init; }
        public string? Phone { get; init; }
        public bool HasConsented { get; init; }
        public DateOnly? OpenedOn { get; init; }
        public string? FirstReading { get; init; }
    }

    public sealed record SupplyForm : PlaceForm
    {
        public Guid RequestId { get; init; }
        public string? AccountNumber { get; init; }
    }

    public sealed record CustomerForm
    {
        public Guid RequestId { get; init; }
        public string? Number { get; init; }
        public string? Name { get; init; }
        public string? PaperNumber { get; init; }
        public string? Phone { get; init; }
    }

    public sealed record UnmaskForm
    {
        public Guid RequestId { get; init; }
        public string? CustomerNumber { get; init; }
        public string? Reason { get; init; }
        public Guid? VisitId { get; init; }
    }

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/accounts/open", async ([FromForm] OpenForm f, OpenAccount open, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var customer = f.CustomerNumber is null ? new CustomerFields(f.Kind, f.Name, f.PaperNumber, f.Phone, f.HasConsented) : null;
            Refused.IfField(f.OpenedOn is null, "OpenedOn", "account.day_missing");
            var opened = await open.Handle(new(f.RequestId, f.CustomerNumber, customer, f.Fields(), null, f.OpenedOn!.Value, Wh(f.FirstReading)), ct);
            return Fragment.Go(http, $"/account/{opened.AccountNumber}", texts["customers.opened_said", opened.AccountNumber]);
        }).RequireAuthorization("customers.open").ExcludeFromDescription();
        pages.MapPost("/account/supply", async ([FromForm] SupplyForm f, ChangeSupplyPoint change, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var changed = await change.Handle(new(f.RequestId, f.AccountNumber ?? "", f.Fields()), ct);
            return Fragment.Go(http, $"/account/{f.AccountNumber}", texts["customers.changed_said", changed]);
        }).RequireAuthorization("customers.open").ExcludeFromDescription();
        pages.MapPost("/customers/change", async ([FromForm] CustomerForm f, ChangeCustomer change, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var changed = await change.Handle(new(f.RequestId, f.Number ?? "", new(default, f.Name, f.PaperNumber, f.Phone, true)), ct);
            return Fragment.Go(http, $"/customers/{f.Number}", texts["customers.changed_said", changed]);
        }).RequireAuthorization("customers.open").ExcludeFromDescription();
        pages.MapPost("/customers/unmask", async ([FromForm] UnmaskForm f, UnmaskCustomer unmask, CancellationToken ct) =>
            Fragment.Of<FullData>(new { Full = await unmask.Handle(new(f.RequestId, f.CustomerNumber ?? "", f.Reason, f.VisitId), ct) })).RequireAuthorization("customers.unmask").ExcludeFromDescription();
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
