using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>Doors to write-offs, for pages and programs.</summary>
static class WriteOffPages
{
    public sealed record Form
    {
        public Guid RequestId { get; init; }
        public string? AccountNumber { get; init; }
        public string[]? Bills { get; init; }
        public WriteOffReason Reason { get; init; }
        public string? Note { get; init; }
    }

    public static IReadOnlyList<Column<WriteOffRow>> Columns(Texts texts) =>
    [
        new("number", texts["writeoff.number"], r => r.WriteOff.Number),
        new("account", texts["customers.account"], r => r.WriteOff.AccountNumber),
        new("customer", texts["customers.customer"], r => r.Name),
        new("reason", texts["writeoff.reason"], r => texts["writeoff.reason." + r.WriteOff.Reason]),
        new("total", texts["billing.amount"], r => r.WriteOff.Total) { Sum = r => r.WriteOff.Total },
        new("recovered", texts["writeoff.recovered"], r => r.Recovered) { Sum = r => r.Recovered },
        new("booked", texts["writeoff.booked_on"], r => r.WriteOff.BookedOn),
        new("state", texts["billing.state"], r => texts["writeoff.state." + r.WriteOff.State]),
        new("by", texts["writeoff.proposed_by"], r => r.WriteOff.ProposedByName),
        new("approved", texts["agreement.approved_by"], r => r.WriteOff.ApprovedByName),
    ];

    public static BadgeKind Kind(WriteOffState state) => state switch { WriteOffState.Proposed => BadgeKind.Warn, WriteOffState.Done => BadgeKind.Bad, _ => BadgeKind.Done };

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/writeoffs/export", async (HttpRequest request, WriteOffList list, Texts texts, CancellationToken ct) =>
        {
            var query = ListQuery.Of(request);
            return ListExport.Of(query, await list.All(query, ct), Columns(texts), "writeoffs", texts["writeoff.list"]);
        }).RequireAuthorization("arrears.see").ExcludeFromDescription();
        pages.MapPost("/writeoffs/propose", async ([FromForm] Form form, ProposeWriteOff propose, HttpContext http, CancellationToken ct) =>
        {
            var done = await propose.Handle(new(form.RequestId, form.AccountNumber ?? "", form.Bills ?? [], form.Reason, form.Note ?? ""), ct);
            return Fragment.Go(http, $"/writeoff/{done.AccountId}/{done.Sequence}");
        }).RequireAuthorization("writeoff.propose").ExcludeFromDescription();
        pages.MapPost("/writeoffs/book", async ([FromForm] BookWriteOff.Command command, BookWriteOff book, HttpContext http, CancellationToken ct) =>
        {
            await book.Handle(command, ct);
            return Fragment.Go(http, $"/writeoff/{command.AccountId}/{command.Sequence}");
        }).RequireAuthorization("writeoff.propose").ExcludeFromDescription();
        pages.MapPost("/writeoffs/withdraw", async ([FromForm] WithdrawWriteOff.Command command, WithdrawWriteOff withdraw, HttpContext http, CancellationToken ct) =>
        {
            await withdraw.Handle(command, ct);
            return Fragment.Go(http, $"/writeoff/{command.AccountId}/{command.Sequence}");
        }).RequireAuthorization("writeoff.propose").ExcludeFromDescription();
    }

    public static void MapApi(IEndpointRouteBuilder api)
    {
        var offs = api.MapGroup("/writeoffs").WithTags("Write-offs");
        offs.MapPost("/", (ProposeWriteOff.Command command, ProposeWriteOff propose, CancellationToken ct) => propose.Handle(command, ct)).RequireAuthorization("writeoff.propose").WithName("proposeWriteOff")
            .WithSummary("Proposes to give up overdue bills; evidence is attached with owner kind writeoff and the number as key.");
        offs.MapPost("/book", (BookWriteOff.Command command, BookWriteOff book, CancellationToken ct) => book.Handle(command, ct)).RequireAuthorization("writeoff.propose").WithName("bookWriteOff")
            .WithSummary("Books a proposal; by its amount another person has to have agreed.");
        offs.MapPost("/withdraw", (WithdrawWriteOff.Command command, WithdrawWriteOff withdraw, CancellationToken ct) => withdraw.Handle(command, ct)).RequireAuthorization("writeoff.propose").WithName("withdrawWriteOff");
        offs.MapGet("/", async (HttpRequest request, WriteOffList list, CancellationToken ct) =>
        {
            var (rows, total, years) = await list.Page(ListQuery.Of(request), ct);
            return new
            {
                total, years = years.Select(y => new { y.Year, y.Count, writtenOffFen = y.WrittenOff.Fen, recoveredFen = y.Recovered.Fen }),
                rows = rows.Select(r => new { r.WriteOff.Number, r.WriteOff.AccountId, r.WriteOff.AccountNumber, r.WriteOff.Sequence, r.WriteOff.Reason, r.WriteOff.TotalFen, recoveredFen = r.Recovered.Fen, r.WriteOff.State, r.WriteOff.BookedOn, r.WriteOff.ProposedByName, r.WriteOff.ApprovedByName }),
            };
        }).RequireAuthorization("arrears.see").WithName("writeOffs").WithSummary("Write-offs with totals by year; query: q, state, year, page, size.");
    }
}
