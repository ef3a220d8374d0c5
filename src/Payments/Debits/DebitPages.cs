using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Doors to direct debits, for pages and programs.</summary>
static class DebitPages
{
    public sealed record SignForm
    {
        public Guid RequestId { get; init; }
        public string? AccountNumber { get; init; }
        public string? BankCode { get; init; }
        public string? BankAccount { get; init; }
        public string? Holder { get; init; }
        public string? Limit { get; init; }
        public string? PaperNumber { get; init; }
        public DateOnly? StartsOn { get; init; }
        public DateOnly? EndsOn { get; init; }
    }

    public static IReadOnlyList<Column<DebitBatchRow>> Columns(Texts texts) =>
    [
        new("number", texts["debit.number"], r => r.Batch.Number),
        new("bank", texts["debit.bank"], r => r.Bank),
        new("collect", texts["debit.collect_on"], r => r.Batch.CollectOn),
        new("items", texts["debit.items"], r => r.Batch.Items),
        new("total", texts["debit.total"], r => r.Batch.Total) { Sum = r => r.Batch.Total },
        new("collected", texts["debit.collected"], r => r.Collected) { Sum = r => r.Collected },
        new("missed", texts["debit.missed"], r => r.Missed) { Sum = r => r.Missed },
        new("state", texts["settlement.state"], r => texts["debit.batch_state." + r.Batch.State]),
        new("by", texts["debit.made_by"], r => r.Batch.MadeByName),
        new("approved", texts["debit.approved_by"], r => r.Batch.ApprovedByName) { IsExtra = true },
    ];

    public static IReadOnlyList<Column<DebitItemRow>> ItemColumns(Texts texts) =>
    [
        new("sequence", texts["debit.sequence"], r => r.Item.Sequence),
        new("account", texts["customers.account"], r => r.Item.AccountNumber),
        new("customer", texts["customers.customer"], r => r.Name),
        new("bank_account", texts["debit.bank_account"], r => r.Item.MaskedAccount),
        new("bills", texts["debit.bills"], r => r.Item.BillKeys.Count),
        new("amount", texts["debit.total"], r => r.Item.Amount) { Sum = r => r.Item.Amount },
        new("collected", texts["debit.collected"], r => r.Item.Got) { Sum = r => r.Item.Got },
        new("state", texts["settlement.state"], r => texts["debit.item_state." + r.Item.State]),
        new("code", texts["debit.reason"], r => r.Meaning),
        new("payment", texts["debit.payment"], r => r.Item.PaymentNumber) { IsExtra = true },
    ];

    public static BadgeKind Kind(DebitBatchState state) => state switch { DebitBatchState.Draft => BadgeKind.Warn, DebitBatchState.Released or DebitBatchState.Booking => BadgeKind.Now, DebitBatchState.Answered => BadgeKind.Good, _ => BadgeKind.Done };

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/debits/export", async (HttpRequest request, DebitList list, Texts texts, CancellationToken ct) =>
        {
            var query = ListQuery.Of(request);
            return ListExport.Of(query, await list.All(query, ct), Columns(texts), "debits", texts["debit.title"]);
        }).RequireAuthorization("debits.see").ExcludeFromDescription();
        pages.MapPost("/debits/sign", async ([FromForm] SignForm form, SignDebit sign, HttpContext http, CancellationToken ct) =>
        {
            Refused.IfField(form.StartsOn is null, "StartsOn", "debit.days_wrong");
            await sign.Handle(new(form.RequestId, form.AccountNumber ?? "", form.BankCode ?? "", form.BankAccount ?? "", form.Holder ?? "", string.IsNullOrWhiteSpace(form.Limit) ? null : MoneyText.Read(form.Limit, "Limit").Fen,
                form.PaperNumber ?? "", form.StartsOn!.Value, form.EndsOn), ct);
            return Fragment.Go(http, "/account/" + form.AccountNumber);
        }).RequireAuthorization("debits.sign").ExcludeFromDescription();
        pages.MapPost("/debits/end", async ([FromForm] Guid requestId, [FromForm] long accountId, [FromForm] short sequence, [FromForm] string? reason, EndDebit end, HttpContext http, CancellationToken ct) =>
        {
            await end.Handle(new(requestId, accountId, sequence, reason ?? ""), ct);
            return Fragment.Go(http, "/account/" + Customers.AccountNumber.Of(accountId));
        }).RequireAuthorization("debits.sign").ExcludeFromDescription();
        pages.MapPost("/debits/make", async ([FromForm] MakeDebits.Command command, MakeDebits make, HttpContext http, CancellationToken ct) =>
            Fragment.Go(http, "/debits/" + await make.Handle(command, ct))).RequireAuthorization("debits.make").ExcludeFromDescription();
        pages.MapPost("/debits/release", async ([FromForm] ReleaseDebits.Command command, ReleaseDebits release, HttpContext http, CancellationToken ct) =>
        {
            await release.Handle(command, ct);
            return Fragment.Go(http, "/debits/" + command.BatchId);
        }).RequireAuthorization("debits.make").ExcludeFromDescription();
        pages.MapPost("/debits/withdraw", async ([FromForm] Guid requestId, [FromForm] Guid batchId, [FromForm] string? reason, WithdrawDebits withdraw, HttpContext http, CancellationToken ct) =>
        {
            await withdraw.Handle(new(requestId, batchId, reason ?? ""), ct);
            return Fragment.Go(http, "/debits/" + batchId);
        }).RequireAuthorization("debits.make").ExcludeFromDescription();
        pages.MapPost("/debits/return", async ([FromForm] ReturnDebit.Command command, ReturnDebit give, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var done = await give.Handle(command, ct);
            return Fragment.Go(http, "/debits/" + command.BatchId, texts["debit.returned_said", done.Number, new Money(done.AmountFen), new Money(done.FeeFen)]);
        }).RequireAuthorization("debits.make").ExcludeFromDescription();
        pages.MapGet("/debits/{id:guid}/file", async (Guid id, DebitList list, CancellationToken ct) =>
        {
            var (name, content) = await list.FileOf(id, ct);
            return Results.File(content, "application/octet-stream", name);
        }).RequireAuthorization("debits.make").ExcludeFromDescription();
        pages.MapPost("/debits/answer", async ([FromForm] Guid requestId, [FromForm] Guid batchId, IFormFile? file, TakeDebitAnswer take, HttpContext http, CancellationToken ct) =>
        {
            var result = await take.Handle(requestId, batchId, await Content(file), ct);
            return result.Mistakes.Count > 0 ? (IResult)Fragment.Of<DebitMistakes>(new { result.Mistakes }) : Fragment.Go(http, "/debits/" + batchId);
        }).WithMetadata(new RequestSizeLimitAttribute(DebitAnswer.MostBytes * 2), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = DebitAnswer.MostBytes * 2 })
            .RequireAuthorization("debits.make").ExcludeFromDescription();
    }

    public static void MapApi(IEndpointRouteBuilder api)
    {
        var debits = api.MapGroup("/debits").WithTags("Direct debits");
        debits.MapPost("/agreements", (SignDebit.Command command, SignDebit sign, CancellationToken ct) => sign.Handle(command, ct)).RequireAuthorization("debits.sign").WithName("signDebit");
        debits.MapPost("/agreements/end", (EndDebit.Command command, EndDebit end, CancellationToken ct) => end.Handle(command, ct)).RequireAuthorization("debits.sign").WithName("endDebit");
        debits.MapGet("/due", async (string bank, DateOnly dueUpTo, DateOnly collectOn, HallDb db, DueDebits due, CancellationToken ct) =>
        {
            var list = await due.Of(db, bank, dueUpTo, collectOn, ct);
            return new { items = list.Items.Count, totalFen = list.Total.Fen, list.Resting, list.OverLimit, rows = list.Items.Select(i => new { i.Agreement.AccountNumber, amountFen = i.Amount.Fen, bills = i.Bills.Select(b => b.Number), i.LeftOut }) };
        }).RequireAuthorization("debits.make").WithName("dueDebits").WithSummary("What a batch would ask a bank for.");
        debits.MapPost("/", (MakeDebits.Command command, MakeDebits make, CancellationToken ct) => make.Handle(command, ct)).RequireAuthorization("debits.make").WithName("makeDebits");
        debits.MapPost("/release", (ReleaseDebits.Command command, ReleaseDebits release, CancellationToken ct) => release.Handle(command, ct)).RequireAuthorization("debits.make").WithName("releaseDebits").WithSummary("Another person has to have agreed to the batch's sum.");
        debits.MapPost("/withdraw", (WithdrawDebits.Command command, WithdrawDebits withdraw, CancellationToken ct) => withdraw.Handle(command, ct)).RequireAuthorization("debits.make").WithName("withdrawDebits");
        debits.MapPost("/return", (ReturnDebit.Command command, ReturnDebit give, CancellationToken ct) => give.Handle(command, ct)).RequireAuthorization("debits.make").WithName("returnDebit")
            .WithSummary("The bank takes back what it had collected of an account; another person has to have agreed.");
        debits.MapGet("/", async (HttpRequest request, DebitList list, CancellationToken ct) =>
        {
            var (rows, total) = await list.Page(ListQuery.Of(request), ct);
            return new { total, rows = rows.Select(r => new { r.Batch.Id, r.Batch.Number, r.Batch.BankCode, r.Batch.CollectOn, r.Batch.Items, r.Batch.TotalFen, r.Batch.State, r.Batch.Collected, r.Batch.CollectedFen }), months = await list.Months(ct) };
        }).RequireAuthorization("debits.see").WithName("debits").WithSummary("Batches of direct debits and how they went by month; query: q, state, bank, page, size.");
        debits.MapGet("/{id:guid}/file", async (Guid id, DebitList list, CancellationToken ct) =>
        {
            var (name, content) = await list.FileOf(id, ct);
            return Results.File(content, "application/octet-stream", name);
        }).RequireAuthorization("debits.make").WithName("debitFile");
        debits.MapPost("/{id:guid}/answer", async (Guid id, Guid requestId, HttpRequest request, TakeDebitAnswer take, CancellationToken ct) =>
        {
            using var content = new MemoryStream();
            await request.Body.CopyToAsync(content, ct);
            return await take.Handle(requestId, id, content.ToArray(), ct);
        }).Accepts<byte[]>("application/octet-stream").WithMetadata(new RequestSizeLimitAttribute(DebitAnswer.MostBytes * 2)).RequireAuthorization("debits.make").WithName("takeDebitAnswer")
            .WithSummary("The bank's answer as it came; with mistakes nothing is booked and they are told.");
    }

    private static async Task<byte[]> Content(IFormFile? file)
    {
        Refused.IfField(file is null, "File", "file.empty");
        Refused.IfField(file!.Length > DebitAnswer.MostBytes, "File", "file.too_large", DebitAnswer.MostBytes / 1024 / 1024);
        using var content = new MemoryStream((int)file.Length);
        await file.CopyToAsync(content);
        return content.ToArray();
    }
}
