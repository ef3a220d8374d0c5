using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>What the forms of the billing pages send, and the fragments they ask for.</summary>
static class BillingPages
{
    public sealed record EnterForm
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
        public string? DemandKw { get; init; }
        public string? Kvarh { get; init; }
        public string? FeedIn { get; init; }
        public string? Reason { get; init; }
    }

    public static void Map(IEndpointRouteBuilder pages)
    {
        MapReadings(pages);
        pages.MapPost("/bills/held/decide", async ([FromForm] DecideHeldBill.Command command, DecideHeldBill decide, HttpContext http, CancellationToken ct) =>
        {
            await decide.Handle(command, ct);
            return Fragment.Go(http, "/bill/" + command.Number);
        }).RequireAuthorization("bills.check").ExcludeFromDescription();
        pages.MapPost("/bills/waive", async ([FromForm] Guid requestId, [FromForm] string number, [FromForm] string? amount, [FromForm] string? reason, WaiveLateFee waive, HttpContext http, CancellationToken ct) =>
        {
            await waive.Handle(new(requestId, number, MoneyText.Read(amount, "Amount").Fen, reason ?? ""), ct);
            return Fragment.Go(http, "/bill/" + number);
        }).RequireAuthorization("latefee.waive").ExcludeFromDescription();
        pages.MapPost("/bills/adjust", async ([FromForm] Guid requestId, [FromForm] string number, [FromForm] AdjustmentKind kind, [FromForm] string? amount, [FromForm] AdjustmentReason reason, [FromForm] string? note, AdjustBill adjust, HttpContext http, CancellationToken ct) =>
        {
            await adjust.Handle(new(requestId, number, kind, MoneyText.Read(amount, "Amount").Fen, reason, note ?? ""), ct);
            return Fragment.Go(http, "/bill/" + number);
        }).RequireAuthorization("bill.adjust").ExcludeFromDescription();
        pages.MapPost("/bills/rebill", async ([FromForm] string number, [FromForm] RebillPeriod.Command command, RebillPeriod rebill, HttpContext http, CancellationToken ct) =>
        {
            await rebill.Handle(command with { Reason = command.Reason ?? "" }, ct);
            return Fragment.Go(http, $"/bill/{number}/rebill");
        }).RequireAuthorization("bill.rebill").ExcludeFromDescription();
        pages.MapPost("/billrun/start", async ([FromForm] Guid requestId, [FromForm] int period, [FromForm] Guid? routeId, [FromForm] Guid? cycleId, StartBillRun start, HttpContext http, CancellationToken ct) =>
            Fragment.Go(http, "/billrun/" + await start.Handle(new(requestId, period, null, routeId, cycleId), ct))).RequireAuthorization("bills.run").ExcludeFromDescription();
        pages.MapPost("/billrun/move", async ([FromForm] MoveBillRun.Command command, MoveBillRun move, HttpContext http, CancellationToken ct) =>
        {
            await move.Handle(command, ct);
            return Fragment.Go(http, "/billrun/" + command.RunId);
        }).RequireAuthorization("bills.run").ExcludeFromDescription();
        pages.MapPost("/billrun/release", async ([FromForm] MoveBillRun.Release command, MoveBillRun move, HttpContext http, CancellationToken ct) =>
        {
            await move.Handle(command, ct);
            return Fragment.Go(http, "/billrun/" + command.RunId);
        }).RequireAuthorization("bills.release").ExcludeFromDescription();
        pages.MapGet("/billrun/{id:guid}/now", async (Guid id, BillRunList runs, CancellationToken ct) =>
            Fragment.Of<BillRunNow>(new { View = await runs.Of(id, ct), Findings = await runs.Findings(id, null, ct) })).RequireAuthorization("bills.run").ExcludeFromDescription();
    }

    private static void MapReadings(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/readings/import", async ([FromForm] Guid requestId, IFormFile? file, ImportReadings import, HttpContext http) =>
        {
            Refused.IfField(file is null, "File", "file.empty");
            Refused.IfField(file!.Length > SheetFile.MostBytes, "File", "file.too_large", SheetFile.MostBytes / 1024 / 1024);
            using var content = new MemoryStream((int)file.Length);
            await file.CopyToAsync(content);
            // The check goes on when the page is left; it is found again in the list.
            return Fragment.Go(http, "/readings/import/" + await import.Handle(requestId, file.FileName, content.ToArray()));
        }).WithMetadata(new RequestSizeLimitAttribute(SheetFile.MostBytes + 1024 * 1024), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = SheetFile.MostBytes + 1024 * 1024 })
            .RequireAuthorization("readings.import").ExcludeFromDescription();
        pages.MapPost("/readings/confirm", async ([FromForm] ImportReadings.Confirm command, ImportReadings import, HttpContext http) =>
        {
            await import.Handle(command);
            return Fragment.Go(http, "/readings/import/" + command.ImportId);
        }).RequireAuthorization("readings.import").ExcludeFromDescription();
        pages.MapGet("/readings/progress/{id:guid}", (Guid id, ReadingProgress progress, Texts texts) => progress.Lines(id) is { } lines
            ? Results.Text($"<p>{texts["billing.progress", lines.ToString("#,##0", CultureInfo.InvariantCulture)]}</p>", "text/html")
            : Results.Text("", "text/html")).RequireAuthorization("readings.import").ExcludeFromDescription();
        pages.MapGet("/readings/template.csv", () => Results.File(
            [.. System.Text.Encoding.UTF8.GetPreamble(), .. "户号,表号,抄表日期,示数,峰,平,谷,抄表类型,需量,无功,上网\r\n"u8], "text/csv; charset=utf-8", "readings.csv")).RequireAuthorization("readings.import").ExcludeFromDescription();
        pages.MapPost("/readings/enter", async ([FromForm] EnterForm f, EnterReading enter, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var mistakes = new List<Refused>();
            if (f.ReadOn is null) mistakes.Add(new("reading.date_missing") { Field = "ReadOn" });
            if (string.IsNullOrWhiteSpace(f.Kwh)) mistakes.Add(new("reading.value_missing") { Field = "Kwh" });
            var total = Kwh(f.Kwh, "Kwh", mistakes);
            var (sharp, peak, flat, valley, deep) = (Kwh(f.Sharp, "Sharp", mistakes), Kwh(f.Peak, "Peak", mistakes), Kwh(f.Flat, "Flat", mistakes), Kwh(f.Valley, "Valley", mistakes), Kwh(f.DeepValley, "DeepValley", mistakes));
            var (demand, reactive, fedIn) = (Kwh(f.DemandKw, "DemandKw", mistakes), Kwh(f.Kvarh, "Kvarh", mistakes), Kwh(f.FeedIn, "FeedIn", mistakes));
            Refused.IfAny(mistakes);
            var revision = await enter.Handle(new(f.RequestId, f.AccountNumber ?? "", f.ReadOn!.Value, total!.Value, sharp, peak, flat, valley, deep, ReadingKind.Cycle, f.Reason, demand, reactive, fedIn), ct);
            return Fragment.Go(http, "/account/" + f.AccountNumber, texts[revision == 0 ? "billing.entered_said" : "billing.corrected_said"]);
        }).RequireAuthorization("readings.enter").ExcludeFromDescription();
    }

    internal static decimal? Kwh(string? text, string field, List<Refused> mistakes)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return value;
        mistakes.Add(new("reading.value_wrong", text.Length > 20 ? text[..20] : text) { Field = field });
        return null;
    }
}
