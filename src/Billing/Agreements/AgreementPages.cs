using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Doors to instalment agreements, for pages and programs.</summary>
static class AgreementPages
{
    public sealed record Form
    {
        public Guid RequestId { get; init; }
        public string? AccountNumber { get; init; }
        public string[]? Bills { get; init; }
        public int? Parts { get; init; }
        public string? Down { get; init; }
        public DateOnly? NextDue { get; init; }
        public string? Note { get; init; }
    }

    public static IReadOnlyList<Column<AgreementRow>> Columns(Texts texts) =>
    [
        new("number", texts["agreement.number"], r => r.Agreement.Number),
        new("account", texts["customers.account"], r => r.Agreement.AccountNumber),
        new("customer", texts["customers.customer"], r => r.Name),
        new("signed", texts["agreement.signed_on"], r => r.Agreement.SignedOn),
        new("total", texts["agreement.total"], r => r.Agreement.Total) { Sum = r => r.Agreement.Total },
        new("parts", texts["agreement.parts"], r => $"{r.Standing.Parts.Count(p => p.IsPaid)} / {r.Agreement.Parts}"),
        new("covered", texts["agreement.covered"], r => r.Standing.Covered) { Sum = r => r.Standing.Covered },
        new("remaining", texts["agreement.remaining"], r => r.Standing.Remaining) { Sum = r => r.Standing.Remaining },
        new("due", texts["agreement.due_now"], r => r.Agreement.State == AgreementState.Active ? r.Standing.DueNow : null),
        new("next", texts["agreement.next_due"], r => r.Agreement.State == AgreementState.Active ? r.Standing.Next?.Part.DueOn : null),
        new("state", texts["billing.state"], r => texts["agreement.state." + r.Agreement.State]),
        new("by", texts["billing.by"], r => r.Agreement.AskedByName) { IsExtra = true },
        new("approved", texts["agreement.approved_by"], r => r.Agreement.ApprovedByName) { IsExtra = true },
    ];

    public static BadgeKind Kind(AgreementStanding s) => s.Agreement.State switch
    {
        AgreementState.Active => s.DueNow > Money.Zero ? BadgeKind.Warn : BadgeKind.Now,
        AgreementState.Kept => BadgeKind.Good,
        AgreementState.Broken => BadgeKind.Bad,
        _ => BadgeKind.Done,
    };

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/agreements/export", async (HttpRequest request, AgreementList list, Texts texts, CancellationToken ct) =>
        {
            var query = ListQuery.Of(request);
            return ListExport.Of(query, await list.All(query, ct), Columns(texts), "agreements", texts["agreement.list"]);
        }).RequireAuthorization("arrears.see").ExcludeFromDescription();
        pages.MapPost("/agreements/plan", async ([FromForm] Form form, AgreementList list, InstalmentTerms terms, CancellationToken ct) =>
        {
            IReadOnlyList<PlannedPart> plan = [];
            var sum = Money.Zero;
            // What does not fit is said where the plan would stand, while the clerk is still typing.
            return await Refusals.Catch(async () =>
            {
                var (_, total, command) = await Read(form, list, ct);
                (sum, plan) = (total, InstalmentPlan.Of(terms, total, new(command.DownFen), command.Parts, list.Today, command.NextDue));
            }) is { } refusal ? (IResult)Fragment.Of<RefusalNote>(new { Refusal = refusal }) : Fragment.Of<PlanTable>(new { Total = sum, Plan = plan });
        }).RequireAuthorization("instalment.agree").ExcludeFromDescription();
        pages.MapPost("/agreements/sign", async ([FromForm] Form form, AgreementList list, AgreeInstalments agree, HallDb db, HttpContext http, CancellationToken ct) =>
        {
            var (account, _, command) = await Read(form, list, ct);
            var agreed = await agree.Handle(command, ct);
            return Fragment.Go(http, $"/agreement/{account}/{agreed.Number[(agreed.Number.LastIndexOf('-') + 1)..]}");
        }).RequireAuthorization("instalment.agree").ExcludeFromDescription();
        pages.MapPost("/agreements/end", async ([FromForm] Guid requestId, [FromForm] long accountId, [FromForm] short sequence, [FromForm] string? reason, EndAgreement end, HttpContext http, CancellationToken ct) =>
        {
            await end.Handle(new(requestId, accountId, sequence, reason ?? ""), ct);
            return Fragment.Go(http, $"/agreement/{accountId}/{sequence}");
        }).RequireAuthorization("instalment.agree").ExcludeFromDescription();
    }

    public static void MapApi(IEndpointRouteBuilder api)
    {
        var agreements = api.MapGroup("/agreements").WithTags("Instalment agreements");
        agreements.MapPost("/", (AgreeInstalments.Command command, AgreeInstalments agree, CancellationToken ct) => agree.Handle(command, ct)).RequireAuthorization("instalment.agree").WithName("agreeInstalments")
            .WithSummary("Overdue bills are to be paid in parts; above the pack's amount another person has to have agreed.");
        agreements.MapPost("/end", (EndAgreement.Command command, EndAgreement end, CancellationToken ct) => end.Handle(command, ct)).RequireAuthorization("instalment.agree").WithName("endAgreement");
        agreements.MapGet("/", async (HttpRequest request, AgreementList list, CancellationToken ct) =>
        {
            var (rows, total, totals) = await list.Page(ListQuery.Of(request), ct);
            return new { total, totals.Active, totals.Late, totals.Kept, totals.Broken, remainingFen = totals.Remaining.Fen, rows = rows.Select(r => Of(r.Standing)) };
        }).RequireAuthorization("arrears.see").WithName("agreements").WithSummary("Instalment agreements; query: q, state, late (yes), page, size.");
        agreements.MapGet("/{account:long}/{sequence:int}", async (long account, short sequence, AgreementList list, CancellationToken ct) => Of((await list.Of(account, sequence, ct)).Standing))
            .RequireAuthorization("bills.see").WithName("agreement");
    }

    private static object Of(AgreementStanding s) => new
    {
        s.Agreement.Number, s.Agreement.AccountId, s.Agreement.AccountNumber, s.Agreement.Sequence, s.Agreement.SignedOn, s.Agreement.TotalFen, s.Agreement.State, coveredFen = s.Covered.Fen, remainingFen = s.Remaining.Fen,
        dueFen = s.DueNow.Fen, s.Agreement.AskedByName, s.Agreement.ApprovedByName, s.Agreement.MissedPart, s.Agreement.Reason,
        parts = s.Parts.Select(p => new { p.Part.Part, p.Part.DueOn, p.Part.AmountFen, leftFen = p.Left.Fen, p.IsDue, p.IsMissed }),
    };

    /// <summary>A ticked bill carries what the page showed for it: <c>number:fen</c>.</summary>
    private static async Task<(long AccountId, Money Total, AgreeInstalments.Command Command)> Read(Form form, AgreementList list, CancellationToken ct)
    {
        var draft = await list.Draft(form.AccountNumber ?? "", ct);
        var ticked = (form.Bills ?? []).Select(b => b.Split(':')).ToList();
        Refused.If(ticked.Exists(b => b.Length != 2 || !long.TryParse(b[1], System.Globalization.CultureInfo.InvariantCulture, out _)), "request.unreadable");
        Refused.IfField(ticked.Count == 0, "Bills", "agreement.no_bills", InstalmentAgreement.MostBills);
        var mistakes = new List<Refused>();
        if (form.Parts is null) mistakes.Add(new("agreement.parts_missing") { Field = "Parts" });
        if (form.NextDue is null) mistakes.Add(new("agreement.date_missing") { Field = "NextDue" });
        Refused.IfAny(mistakes);
        var total = new Money(ticked.Sum(b => long.Parse(b[1], System.Globalization.CultureInfo.InvariantCulture)));
        return (draft.File.Account.Id, total, new(form.RequestId, draft.File.Account.Number, [.. ticked.Select(b => b[0])], total.Fen, form.Parts!.Value, MoneyText.Read(form.Down, "Down").Fen, form.NextDue!.Value, form.Note));
    }
}
