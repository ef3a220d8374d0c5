using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;

namespace OpenHall.Reconciliation;

/// <summary>Accounts, statements and differences for programs.</summary>
static class ReconciliationApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var bank = api.MapGroup("/bank").WithTags("Bank");
        bank.MapPost("/accounts", (AddMoneyAccount.Command command, AddMoneyAccount add, CancellationToken ct) => add.Handle(command, ct)).RequireAuthorization("bank.accounts").WithName("addMoneyAccount");
        bank.MapGet("/accounts", async (BankDesk desk, CancellationToken ct) => (await desk.Accounts(ct)).Select(AccountNow.Of)).RequireAuthorization("bank.see").WithName("moneyAccounts");
        bank.MapPost("/accounts/compare", (CompareAccount.Command command, CompareAccount compare, CancellationToken ct) => compare.Handle(command, ct)).RequireAuthorization("bank.import").WithName("compareAccount");
        bank.MapPost("/statements", async (Guid requestId, Guid? account, string? name, HttpRequest request, ImportStatement import, CancellationToken ct) =>
            await import.Handle(requestId, account, name ?? "statement", await BankPages.Read(request.Body, ct), ct))
            .WithMetadata(new RequestSizeLimitAttribute(SheetFile.MostBytes + 1024)).RequireAuthorization("bank.import").WithName("importStatement").Accepts<byte[]>("application/octet-stream");
        bank.MapGet("/statements/{id:guid}", async (Guid id, HttpRequest request, BankDesk desk, CancellationToken ct) => StatementNow.Of(await desk.StatementOf(id, ListQuery.Of(request), ct)))
            .RequireAuthorization("bank.see").WithName("statement");
        bank.MapGet("/findings", async (HttpRequest request, BankDesk desk, CancellationToken ct) =>
            (await desk.Findings(ListQuery.Of(request)).PageOf(ListQuery.Of(request)).ToListAsync(ct)).Select(FindingNow.Of)).RequireAuthorization("bank.see").WithName("moneyFindings");
        bank.MapPost("/findings/settle", (SettleFinding.Command command, SettleFinding settle, CancellationToken ct) => settle.Handle(command, ct)).RequireAuthorization("findings.settle").WithName("settleFinding");
        bank.MapPost("/findings/give", (GiveFinding.Command command, GiveFinding give, CancellationToken ct) => give.Handle(command, ct)).RequireAuthorization("findings.settle").WithName("giveFinding");
    }
}

/// <summary>An account as programs see it.</summary>
public sealed record AccountNow(Guid Id, string Name, MoneyAccountKind Kind, string Number, Guid? HallId, DateOnly? From, DateOnly? To, int Lines, int Matched, int OpenFindings)
{
    internal static AccountNow Of(BankDesk.AccountRow r) => new(r.Account.Id, r.Account.Name, r.Account.Kind, r.Account.Number, r.Account.HallId, r.From, r.To, r.Lines, r.Matched, r.Open);
}

/// <summary>A statement with its mistakes and a page of its lines.</summary>
public sealed record StatementNow(Guid Id, string FileName, string Layout, string Format, StatementState State, DateOnly? From, DateOnly? To, int Lines, int NewLines, int Skipped, long InFen, long OutFen, long? OpeningFen, long? ClosingFen,
    int Totals, bool BalancesRun, bool WasReversed, int MistakeCount, IReadOnlyList<LineNote> Mistakes, IReadOnlyList<StatementNow.Row> Rows)
{
    public sealed record Row(int Line, DateOnly Day, string? Time, long AmountFen, long? BalanceFen, string Reference, string OrderReference, string Party, string Note, MatchReason? Matched, string? Against);

    internal static StatementNow Of(BankDesk.StatementView v) => new(v.Statement.Id, v.Statement.FileName, v.Statement.Layout, v.Statement.Format, v.Statement.State, v.Statement.FromDay, v.Statement.ToDay, v.Statement.Lines, v.Statement.NewLines,
        v.Statement.Skipped, v.Statement.InFen, v.Statement.OutFen, v.Statement.OpeningFen, v.Statement.ClosingFen, v.Statement.Totals, v.Statement.BalancesRun, v.Statement.WasReversed, v.Statement.MistakeCount, v.Statement.MistakeNotes(),
        [.. v.Lines.Select(l => new Row(l.Line.Line, l.Line.Day, l.Line.Time, l.Line.AmountFen, l.Line.BalanceFen, l.Line.Reference, l.Line.OrderReference, l.Line.Party, l.Line.Note, l.Reason, l.Against))]);
}

/// <summary>A difference as programs see it.</summary>
public sealed record FindingNow(Guid Id, FindingKind Kind, FindingState State, DateOnly Day, long? StatementFen, long? BooksFen, string Number, string Party, Guid? OwnerId, string OwnerName, DateOnly DueOn, FindingCause? Cause, string? Note)
{
    internal static FindingNow Of(MoneyFinding f) => new(f.Id, f.Kind, f.State, f.Day, f.StatementFen, f.BooksFen, f.Number, f.Party, f.OwnerId, f.OwnerName, f.DueOn, f.Cause, f.Note);
}
