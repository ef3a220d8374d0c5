using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Reconciliation;

/// <summary>Posts of the pages of statements and differences.</summary>
static class BankPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var bank = pages.MapGroup("/bank").ExcludeFromDescription();
        bank.MapPost("/accounts", async ([FromForm] AddMoneyAccount.Command command, AddMoneyAccount add, CancellationToken ct) =>
        {
            await add.Handle(command, ct);
            return Results.NoContent();
        }).RequireAuthorization("bank.accounts");
        bank.MapPost("/import", async ([FromForm] Guid requestId, [FromForm] Guid? moneyAccountId, IFormFile? file, ImportStatement import, HttpContext http, Texts texts) =>
        {
            Refused.IfField(file is null, "File", "file.empty");
            Refused.IfField(file!.Length > SheetFile.MostBytes, "File", "file.too_large", SheetFile.MostBytes / 1024 / 1024);
            await using var content = file.OpenReadStream();
            var imported = await import.Handle(requestId, moneyAccountId, file.FileName, await Read(content, default));
            var said = imported.Mistakes > 0 ? null : texts["bank.imported_said", imported.NewLines, imported.Matched, imported.Findings];
            return Fragment.Go(http, "/bank/statements/" + imported.StatementId, said);
        }).WithMetadata(new RequestSizeLimitAttribute(SheetFile.MostBytes + 1024 * 1024), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = SheetFile.MostBytes + 1024 * 1024 }).RequireAuthorization("bank.import");
        bank.MapPost("/compare", async ([FromForm] CompareAccount.Command command, CompareAccount compare, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var compared = await compare.Handle(command, ct);
            return Fragment.Go(http, "/bank", texts["bank.compared_said", compared.Matched, compared.Findings]);
        }).RequireAuthorization("bank.import");
        var findings = bank.MapGroup("/findings");
        findings.MapPost("/settle", async ([FromForm] SettleFinding.Command command, SettleFinding settle, CancellationToken ct) =>
        {
            await settle.Handle(command, ct);
            return Results.NoContent();
        }).RequireAuthorization("findings.settle");
        findings.MapPost("/give", async ([FromForm] GiveFinding.Command command, GiveFinding give, CancellationToken ct) =>
        {
            await give.Handle(command, ct);
            return Results.NoContent();
        }).RequireAuthorization("findings.settle");
        findings.MapGet("/export", async (HttpRequest request, BankDesk desk, Texts texts, CancellationToken ct) =>
        {
            var query = ListQuery.Of(request);
            return ListExport.Of(query, await desk.Findings(query).Take(ListExport.MaxRows).ToListAsync(ct), Columns(texts), "findings", texts["finding.title"]);
        }).RequireAuthorization("bank.see");
    }

    public static IReadOnlyList<Column<MoneyFinding>> Columns(Texts texts) =>
    [
        new("kind", texts["finding.kind"], f => texts["finding.kind." + f.Kind]),
        new("day", texts["finding.day"], f => f.Day),
        new("number", texts["finding.number"], f => f.Number),
        new("party", texts["finding.party"], f => f.Party),
        new("statement", texts["finding.in_statement"], f => f.StatementFen is { } fen ? new Money(fen) : null) { IsFigure = true },
        new("books", texts["finding.in_books"], f => f.BooksFen is { } fen ? new Money(fen) : null) { IsFigure = true },
        new("difference", texts["finding.difference"], f => f.Difference) { Sum = f => f.Difference },
        new("owner", texts["finding.owner"], f => f.OwnerName),
        new("due", texts["finding.due"], f => f.DueOn),
        new("cause", texts["finding.cause"], f => f.Cause is { } cause ? texts["finding.cause." + cause] : null) { IsExtra = true },
        new("note", texts["finding.note"], f => f.Note) { IsExtra = true },
        new("settled_by", texts["finding.settled_by"], f => f.SettledByName) { IsExtra = true },
    ];

    /// <exception cref="Refused">file.too_large</exception>
    public static async Task<byte[]> Read(Stream content, CancellationToken ct)
    {
        using var all = new MemoryStream();
        var piece = new byte[81920];
        for (int read; (read = await content.ReadAsync(piece, ct)) > 0;)
        {
            all.Write(piece, 0, read);
            Refused.IfField(all.Length > SheetFile.MostBytes, "File", "file.too_large", SheetFile.MostBytes / 1024 / 1024);
        }

        return all.ToArray();
    }
}
