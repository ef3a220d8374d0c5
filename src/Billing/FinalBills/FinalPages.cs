using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Doors to the last bill of an account and to a change of customer, for pages and programs.</summary>
static class FinalPages
{
    public sealed record FinalForm
    {
        public Guid RequestId { get; init; }
        public string? AccountNumber { get; init; }
        public DateOnly? ReadOn { get; init; }
        public string? Kwh { get; init; }
        public string? Sharp { get; init; }
        public string? Peak { get; init; }
        public string? Flat { get; init; }
        public string? Valley { get; init; }
        public string? DeepValley { get; init; }
        public string? Reason { get; init; }
        public long AmountFen { get; init; }
        public bool IsTransfer { get; init; }
        public string? CustomerNumber { get; init; }
        public CustomerKind Kind { get; init; }
        public string? Name { get; init; }
        public string? PaperNumber { get; init; }
        public string? Phone { get; init; }
        public bool HasConsented { get; init; }

        public FinalReading Reading()
        {
            var mistakes = new List<Refused>();
            if (ReadOn is null) mistakes.Add(new("reading.date_missing") { Field = "ReadOn" });
            if (string.IsNullOrWhiteSpace(Kwh)) mistakes.Add(new("reading.value_missing") { Field = "Kwh" });
            var values = new[] { (Kwh, "Kwh"), (Sharp, "Sharp"), (Peak, "Peak"), (Flat, "Flat"), (Valley, "Valley"), (DeepValley, "DeepValley") }.Select(v => BillingPages.Kwh(v.Item1, v.Item2, mistakes)).ToArray();
            Refused.IfAny(mistakes);
            return new(ReadOn!.Value, values[0]!.Value, values[1], values[2], values[3], values[4], values[5], Reason);
        }
    }

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/account/final/preview", async ([FromForm] FinalForm f, FinalPreview preview, CancellationToken ct) =>
            Fragment.Of<FinalPreviewPane>(new { View = await preview.Of(f.AccountNumber ?? "", f.Reading(), ct) })).RequireAuthorization("bills.final").ExcludeFromDescription();
        pages.MapPost("/account/final", async ([FromForm] FinalForm f, EndSupply end, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var known = f.IsTransfer && !string.IsNullOrWhiteSpace(f.CustomerNumber) ? f.CustomerNumber.Trim().ToUpperInvariant() : null;
            var customer = f.IsTransfer && known is null ? new CustomerFields(f.Kind, f.Name, f.PaperNumber, f.Phone, f.HasConsented) : null;
            var ended = await end.Handle(new(f.RequestId, f.AccountNumber ?? "", f.Reading(), f.AmountFen, known, customer), ct);
            return Fragment.Go(http, "/account/" + f.AccountNumber, ended.NewAccount is { } next ? texts["final.transferred_said", next] : texts["final.ended_said"]);
        }).RequireAuthorization("bills.final").ExcludeFromDescription();
    }

    public static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapPost("/accounts/{number}/final-bill/preview", async (string number, FinalReading reading, FinalPreview preview, CancellationToken ct) =>
        {
            var view = await preview.Of(number, reading, ct);
            return new
            {
                view.Bill.Period, view.Bill.FromDay, view.Bill.ToDay, view.Bill.UsageWh, view.Bill.AmountFen, balanceFen = view.Balance.Fen, owingBeforeFen = view.OwingBefore.Fen,
                lines = view.Lines.Select(l => new { kind = l.Source.Kind.ToString(), l.Source.Tier, band = l.Source.Band.ToString(), l.Source.Unit, l.Line.Quantity, l.Line.Price, l.Line.AmountFen, l.Source.Notice }),
            };
        }).RequireAuthorization("bills.final").WithName("previewFinalBill").WithTags("Bills").WithSummary("An account's last bill up to a final reading; nothing is written.");
        api.MapPost("/accounts/end-supply", (EndSupply.Command command, EndSupply end, CancellationToken ct) => end.Handle(command, ct)).RequireAuthorization("bills.final").WithName("endSupply").WithTags("Bills")
            .WithSummary("Ends an account's supply with a final reading, bills it at once, and opens an account for who takes the meter over.");
    }
}
