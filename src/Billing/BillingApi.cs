using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Readings, bill runs and bills for programs. A command's <c>RequestId</c> is its idempotency key.</summary>
static class BillingApi
{
    public sealed record BillNow(string Number, int Period, BillState State, DateOnly FromDay, DateOnly ToDay, DateOnly DueDate, long UsageWh, long AmountFen, long PaidFen, long OwingFen, long LateFeeFen);

    public sealed record LineNow(string Kind, int Tier, string Band, string Unit, long? TierFromWh, long? TierUpToWh, decimal Quantity, decimal Price, long AmountFen, string Notice, DateOnly ValidFrom);

    public static void Map(IEndpointRouteBuilder api)
    {
        var readings = api.MapGroup("/readings").WithTags("Readings");
        readings.MapPost("/", (EnterReading.Command command, EnterReading enter, CancellationToken ct) => enter.Handle(command, ct)).RequireAuthorization("readings.enter").WithName("enterReading");
        readings.MapPost("/imports", async (Guid requestId, string fileName, HttpRequest request, ImportReadings import, ImportList imports, CancellationToken ct) =>
        {
            using var content = new MemoryStream();
            await request.Body.CopyToAsync(content, ct);
            return Of(await imports.Of(await import.Handle(requestId, fileName, content.ToArray(), ct), ct));
        }).WithMetadata(new RequestSizeLimitAttribute(SheetFile.MostBytes)).Accepts<byte[]>("text/csv", "application/octet-stream").RequireAuthorization("readings.import").WithName("uploadReadings")
            .WithSummary("Checks a CSV or XLSX file of readings whole; nothing is written before it is confirmed.");
        readings.MapGet("/imports/{id:guid}", async (Guid id, ImportList imports, CancellationToken ct) => Of(await imports.Of(id, ct))).RequireAuthorization("readings.import").WithName("readingImport");
        readings.MapPost("/imports/confirm", (ImportReadings.Confirm command, ImportReadings import, CancellationToken ct) => import.Handle(command, ct)).RequireAuthorization("readings.import").WithName("confirmReadings");

        var runs = api.MapGroup("/bill-runs").WithTags("Bill runs");
        runs.MapGet("/preview", (int period, string? unit, Guid? route, Guid? cycle, BillRunList list, CancellationToken ct) => list.Preview(period, unit, route, cycle, ct)).RequireAuthorization("bills.run").WithName("previewBillRun");
        runs.MapPost("/", (StartBillRun.Command command, StartBillRun start, CancellationToken ct) => start.Handle(command, ct)).RequireAuthorization("bills.run").WithName("startBillRun");
        runs.MapPost("/move", (MoveBillRun.Command command, MoveBillRun move, CancellationToken ct) => move.Handle(command, ct)).RequireAuthorization("bills.run").WithName("moveBillRun");
        runs.MapPost("/release", (MoveBillRun.Release command, MoveBillRun move, CancellationToken ct) => move.Handle(command, ct)).RequireAuthorization("bills.release").WithName("releaseBillRun");
        runs.MapGet("/{id:guid}", async (Guid id, BillRunList list, CancellationToken ct) => await list.Of(id, ct) is var v
            ? new { v.Run.Id, v.Run.Period, v.Run.UnitPath, v.Run.RouteId, v.Run.CycleId, v.Run.State, v.Run.Accounts, v.AccountsDone, v.Bills, v.Findings, v.Skipped, v.UsageWh, v.AmountFen, v.Run.DueDate } : null).RequireAuthorization("bills.run").WithName("billRun");
        runs.MapGet("/{id:guid}/findings", (Guid id, string? code, BillRunList list, CancellationToken ct) => list.Findings(id, code, ct)).RequireAuthorization("bills.run").WithName("billRunFindings");

        api.MapPost("/bills/held/decide", (DecideHeldBill.Command command, DecideHeldBill decide, CancellationToken ct) => decide.Handle(command, ct)).RequireAuthorization("bills.check").WithName("decideHeldBill").WithTags("Bills")
            .WithSummary("Releases, investigates or withdraws a bill that was kept back.");
        api.MapPost("/bills/waive-late-fee", (WaiveLateFee.Command command, WaiveLateFee waive, CancellationToken ct) => waive.Handle(command, ct)).RequireAuthorization("latefee.waive").WithName("waiveLateFee").WithTags("Bills");
        api.MapPost("/bills/adjust", (AdjustBill.Command command, AdjustBill adjust, CancellationToken ct) => adjust.Handle(command, ct)).RequireAuthorization("bill.adjust").WithName("adjustBill").WithTags("Bills")
            .WithSummary("Lowers (credit) or raises (debit) what a released bill asks for; another person has to have agreed.");
        api.MapPost("/bills/rebill", (RebillPeriod.Command command, RebillPeriod rebill, CancellationToken ct) => rebill.Handle(command, ct)).RequireAuthorization("bill.rebill").WithName("rebillPeriod").WithTags("Bills")
            .WithSummary("Rates a released month again, and the months that rest on it; another person has to have agreed to the difference.");
        api.MapGet("/bills/{number}/rebill", async (string number, bool? byPresentTariff, RebillPreview preview, CancellationToken ct) =>
        {
            var view = await preview.Of(number, byPresentTariff ?? false, ct);
            return new { differenceFen = view.Difference.Fen, refused = view.Refusal?.Code, bills = view.Preview.Select(p => new { old = p.Old.Number, p.Old.Period, oldFen = p.Old.AmountFen, newFen = p.New.AmountFen, oldWh = p.Old.UsageWh, newWh = p.New.UsageWh }) };
        }).RequireAuthorization("bills.see").WithName("previewRebill").WithTags("Bills").WithSummary("What re-billing the bill's month would change; nothing is written.");
        api.MapPost("/what-if", (TryTariff.Question question, TryTariff tariffs) => tariffs.Rate(question) is var bill
            ? new { totalFen = bill.Total.Fen, bill.CountedKwh, lines = bill.Lines.Select(l => new { kind = l.Source.Kind.ToString(), l.Source.Tier, band = l.Source.Band.ToString(), l.From, l.UpTo, l.Quantity, l.Source.Unit, l.Price, amountFen = l.Amount.Fen, l.Source.Notice }), bill.Findings } : null)
            .RequireAuthorization("bills.see").WithName("whatIf").WithTags("Bills").WithSummary("Rates any usage by any tariff; nothing is booked.");
        api.MapGet("/accounts/{number}/tariffs", async (string number, CompareTariffs compare, CancellationToken ct) => (await compare.Of(number, ct)).Ways.Select(w => new { w.Code, totalFen = w.Total.Fen, savesFen = w.Saves.Fen, w.Findings }))
            .RequireAuthorization("bills.see").WithName("compareTariffs").WithTags("Bills").WithSummary("The last twelve bills by every tariff open to the account, cheapest first.");

        api.MapGet("/accounts/{number}/bills", async (string number, AccountBills accounts, CancellationToken ct) =>
        {
            var view = await accounts.Of(number, ct);
            return new { balanceFen = view.Balance.Fen, owingFen = view.Owing.Fen, bills = view.Bills.Select(b => Of(b.Bill, b.LateFee)) };
        }).RequireAuthorization("bills.see").WithName("accountBills").WithTags("Bills");
        api.MapGet("/accounts/{number}/intervals", async (string number, DateOnly from, DateOnly to, LoadCurves curves, CancellationToken ct) =>
            (await curves.Of(number, from, to, ct)).Days.Select(d => new { d.Day, d.Minutes, d.Total, d.MaxKw, d.Missing, d.Kwh })).RequireAuthorization("bills.see").WithName("loadCurve").WithTags("Readings")
            .WithSummary("An account's load curve by day, kWh of each interval; 62 days at most.");
        api.MapGet("/bills/{number}", async (string number, ExplainBill bills, VatTerms vat, CancellationToken ct) =>
        {
            var e = await bills.Of(number, ct);
            var tax = vat.Of(e.Bill, e.TaxLine);
            return new
            {
                vatRate = tax?.Rate, netFen = tax?.Net.Fen, vatFen = tax?.Tax.Fen, e.Bill.IsByIntervals,
                bill = Of(e.Bill, e.LateFeeLeft), account = e.File.Account.Number, tariff = e.Bill.TariffCode, fromWh = e.From?.TotalWh, toWh = e.To?.TotalWh, yearToDateWh = e.Bill.YearToDateWh, leftInTierKwh = e.LeftInTier,
                lines = e.Lines.Select(l => new LineNow(
                    l.Source.Kind.ToString(), l.Source.Tier, l.Source.Band.ToString(), l.Source.Unit, l.Line.TierFromWh, l.Line.TierUpToWh, l.Line.Quantity, l.Line.Price, l.Line.AmountFen, l.Source.Notice, l.Source.VersionFrom)),
                adjustments = e.Adjustments.Select(a => new { a.Number, a.AmountFen, a.BeforeFen, a.AfterFen, a.ToBalanceFen, a.LateFeeBackFen, a.PayBy, a.Reason, a.Note, a.AskedByName, a.ApprovedByName, a.AtUtc }),
                lateFee = e.LateFee.Lines.Select(f => new { f.From, f.To, f.Days, unpaidFen = f.Unpaid.Fen, f.PerDay, f.Yuan }),
            };
        }).RequireAuthorization("bills.see").WithName("bill").WithTags("Bills").WithSummary("A bill with every step: readings, lines, prices with their notice, late fee by days.");
    }

    private static BillNow Of(CustomerBill b, Money lateFee) => new(b.Number, b.Period, b.State, b.FromDay, b.ToDay, b.DueDate, b.UsageWh, b.AmountFen, b.PaidFen, b.Owing.Fen, lateFee.Fen);

    private static object Of(ReadingImport i) => new { i.Id, i.FileName, i.Format, i.State, i.Readings, i.ImportedAtUtc, i.ImportedByName, report = i.Report };
}
